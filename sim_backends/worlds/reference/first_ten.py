"""Known devices of the instruments one to ten: electrical, light, heat, air, battery and mains."""

from __future__ import annotations

from typing import Any

from sim_backends.models.battery_pack import BatteryPack, PackParameters, StoragePlant
from sim_backends.models.gas import Air, GasChamber
from sim_backends.models.mains import Mains
from sim_backends.models.reference.mechanical import EmptyClamp
from sim_backends.models.reference.optical import SteadyLamp, SteadyMixedLamp
from sim_backends.models.reference.randles_cell import RandlesCell
from sim_backends.models.reference.resistor import ReferenceResistor
from sim_backends.models.reference.scanner import WiredScanner
from sim_backends.models.reference.steady_beam import SteadyBeam
from sim_backends.models.reference.thermal import Block
from sim_backends.models.reference.thermocouple import ReferencePlatinum, ReferenceThermocouple
from sim_backends.models.ups_plant import BatteryParameters, LeadAcidBattery, UpsPlant
from sim_backends.streams import stream
from sim_backends.worlds.reference.truth import Truth

RESISTANCE = 1000.0
"""Resistor in ohm."""

SOURCE_VOLTAGE, INTERNAL = 0.75, 10.0
"""Voltage in V of a steady source, and the resistance in ohm behind which it lies."""

CELL_RESISTANCE = 10e3
"""Dummy cell of a potentiostat in ohm."""

SOLUTION, CHARGE_TRANSFER, DOUBLE_LAYER = 200.0, 10e3, 1e-6
"""Randles cell: resistances in ohm of solution and charge transfer, double layer in F."""

HOT, COLD, WARM = 150.0, -20.0, 60.0
"""Temperatures in degC of a thermocouple K, a thermocouple T and a Pt100."""

BEAM_POWER, BEAM_WAVELENGTH = 1e-3, 635e-9
"""Power in W and wavelength in m of a steady beam."""

ROOM = 23.0
"""Temperature in degC."""

AIR = Air(carbon_dioxide=800e-6, temperature=ROOM, humidity=45.0)
"""A gas mixture."""

GRID_VOLTAGE, GRID_FREQUENCY = 230.0, 50.0
"""Mains in V, line to neutral, and Hz."""

CHARGE = 0.6
"""State of charge of a battery pack at rest, 0..1."""

LOAD = 400.0
"""Load of a UPS in W."""

GRID: Truth = {
    "grid_voltage": (GRID_VOLTAGE, "V"),
    "grid_frequency": (GRID_FREQUENCY, "Hz"),
}
MIXTURE: Truth = {
    "carbon_dioxide": (AIR.carbon_dioxide * 1e6, "ppm"),
    "temperature": (AIR.temperature, "degC"),
}
TRUTH: dict[str, Truth] = {
    "resistor": {"resistance": (RESISTANCE, "ohm")},
    "resistor_pair": {"resistance": (RESISTANCE, "ohm")},
    "voltage_source": {"voltage": (SOURCE_VOLTAGE, "V")},
    "scanner_card": {
        "channel_1_voltage": (SOURCE_VOLTAGE, "V"),
        "channel_2_resistance": (RESISTANCE, "ohm"),
    },
    "dummy_cell": {
        "resistance": (CELL_RESISTANCE, "ohm"),
        "open_circuit_potential": (0.0, "V"),
    },
    "randles_cell": {
        "solution_resistance": (SOLUTION, "ohm"),
        "charge_transfer_resistance": (CHARGE_TRANSFER, "ohm"),
        "double_layer_capacitance": (DOUBLE_LAYER, "F"),
        "open_circuit_potential": (0.0, "V"),
    },
    "multiplexer": {
        "channel_101_temperature": (HOT, "degC"),
        "channel_102_temperature": (COLD, "degC"),
        "channel_103_temperature": (WARM, "degC"),
        "channel_104_voltage": (SOURCE_VOLTAGE, "V"),
        "channel_105_resistance": (RESISTANCE, "ohm"),
    },
    "beam": {"power": (BEAM_POWER, "W"), "wavelength": (BEAM_WAVELENGTH, "m")},
    "block": {"temperature": (ROOM, "degC")},
    "lamp": {"irradiance": (0.0, "W/m**2")},
    "mixed_lamp": {"irradiance": (0.0, "W/m**2")},
    "clamp": {"cycles": (0.0, "dimensionless")},
    "air": MIXTURE,
    "open_air": MIXTURE
    | {
        "humidity": (AIR.humidity, "%"),
        "pressure": (AIR.pressure, "Pa"),
    },
    "ups": {
        "input_voltage": (GRID_VOLTAGE, "V"),
        "input_frequency": (GRID_FREQUENCY, "Hz"),
        "output_power": (LOAD, "W"),
        "state_of_charge": (100.0, "%"),
    },
}
"""What an ideal instrument would read, by port, as {quantity: (value, unit)}."""


def ports(seed: int, t0: float) -> tuple[dict[str, Any], dict[str, Truth]]:
    """Ports by name at run time `t0` in s, and the truth at each."""
    mains = Mains(GRID_VOLTAGE, GRID_FREQUENCY)
    pack = BatteryPack(
        PackParameters(ambient=ROOM), charge=CHARGE, rng=stream(seed, "reference", "pack"), t0=t0
    )
    battery = LeadAcidBattery(BatteryParameters(ambient=ROOM), t0=t0)
    storage: Truth = {
        "voltage": (pack.read(t0).voltage, "V"),
        "current": (0.0, "A"),
        "state_of_charge": (100.0 * pack.state_of_charge(t0), "%"),
        "temperature": (ROOM, "degC"),
        **GRID,
    }
    devices = {
        **_electrical(),
        "beam": SteadyBeam(BEAM_POWER, BEAM_WAVELENGTH),
        "block": Block(ROOM),
        "lamp": SteadyLamp(),
        "mixed_lamp": SteadyMixedLamp(),
        "clamp": EmptyClamp(),
        "air": GasChamber(AIR, t0=t0),
        "open_air": GasChamber(AIR, t0=t0),
        "storage": StoragePlant(pack, mains),
        "ups": UpsPlant(mains, battery, watts=LOAD),
    }
    return devices, TRUTH | {"storage": storage}


def _electrical() -> dict[str, Any]:
    resistor = ReferenceResistor(RESISTANCE)
    source = ReferenceResistor(INTERNAL, SOURCE_VOLTAGE)
    return {
        "resistor": resistor,
        "resistor_pair": (resistor, resistor),
        "voltage_source": source,
        "scanner_card": WiredScanner(None, {1: source, 2: resistor}),
        "multiplexer": WiredScanner(
            None,
            {
                101: ReferenceThermocouple("K", HOT),
                102: ReferenceThermocouple("T", COLD),
                103: ReferencePlatinum(WARM),
                104: source,
                105: resistor,
            },
        ),
        "dummy_cell": ReferenceResistor(CELL_RESISTANCE),
        "randles_cell": RandlesCell(SOLUTION, CHARGE_TRANSFER, DOUBLE_LAYER),
    }
