"""Known devices of a chamber controller, a data gateway, a battery cycler and a CO2 probe."""

from __future__ import annotations

from typing import Any

from sim_backends.models.battery_cell import BatteryCell, CellParameters
from sim_backends.models.climate_chamber import ClimateChamber
from sim_backends.models.gas import Air, GasChamber
from sim_backends.models.reference.sensor_rack import SensorRack
from sim_backends.models.reference.thermal import Block
from sim_backends.worlds.reference.truth import Truth

ROOM, HUMIDITY = 23.0, 45.0
"""Temperature in degC and relative humidity in %."""

CELLS = (0.5, 0.8)
"""States of charge, 0..1, of the cells on the cycler's channels, at rest."""

AIR = Air(carbon_dioxide=1000e-6, temperature=ROOM, humidity=HUMIDITY)
"""A gas mixture."""

_ROOM_TRUTH: Truth = {
    "room_temperature": (ROOM, "degC"),
    "room_humidity": (HUMIDITY, "%"),
    "room_pressure": (AIR.pressure, "Pa"),
    "plate_temperature": (ROOM, "degC"),
    "plate_heater": (0.0, "%"),
}
TRUTH: dict[str, Truth] = {
    "chamber": {"temperature": (ROOM, "degC"), "humidity": (HUMIDITY, "%")},
    "rack": _ROOM_TRUTH,
    "probe_air": {
        "carbon_dioxide": (AIR.carbon_dioxide * 1e6, "ppm"),
        "temperature": (AIR.temperature, "degC"),
        "humidity": (AIR.humidity, "%"),
        "pressure": (AIR.pressure, "Pa"),
    },
}
"""What an ideal instrument would read, by port, as {quantity: (value, unit)}."""


def ports(seed: int, t0: float) -> tuple[dict[str, Any], dict[str, Truth]]:
    """Ports by name at run time `t0` in s, and the truth at each; nothing here is drawn."""
    parameters = CellParameters(ambient=ROOM)
    cells = tuple(BatteryCell(parameters, charge=charge, t0=t0) for charge in CELLS)
    truth: Truth = {"current": (0.0, "A")}
    for number, cell in enumerate(cells, 1):
        truth[f"channel_{number}_voltage"] = (cell.voltage(t0), "V")
    devices = {
        "chamber": ClimateChamber(ambient=ROOM, humidity=HUMIDITY, t0=t0),
        "rack": SensorRack(AIR, Block(ROOM)),
        "cells": cells,
        "probe_air": GasChamber(AIR, t0=t0),
    }
    return devices, TRUTH | {"cells": truth}
