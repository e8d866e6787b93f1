"""Known devices of power analyzer, supply, oscilloscope, source meter and impedance analyzer.

The power analyzer stands between the mains and a load that takes a lagging current with a third
harmonic; the supply's three outputs have a resistor each; the oscilloscope sees a sine, a train of
pulses, a direct voltage and an open probe; the impedance analyzer has a resistor in series with a
parallel RC. The source meter of this group takes the port `resistor`. The high-current supply heats
a bar; the battery impedance meter has a large cell at rest.
"""

from __future__ import annotations

from typing import Any

from sim_backends.models.ac_circuit import AcLoad
from sim_backends.models.mains import Mains
from sim_backends.models.reference.randles_cell import RandlesCell
from sim_backends.models.reference.resistor import ReferenceResistor
from sim_backends.models.signal import pulse, sine, still
from sim_backends.worlds.reference.truth import Truth

LINE_VOLTAGE, LINE_FREQUENCY = 230.0, 50.0
"""V rms and Hz at the power analyzer."""

LINE_CURRENT, POWER_FACTOR, THIRD = 2.0, 0.8, 0.1
"""Fundamental of the load's current in A rms, its lagging power factor, share of harmonic 3."""

LOADS = (100.0, 50.0, 10.0)
"""Ohm at CH1, CH2 and CH3 of the supply."""

SINE_AMPLITUDE, SINE_FREQUENCY = 1.0, 1000.0
"""Peak in V and frequency in Hz of the sine at the oscilloscope's first channel."""

PULSE_HIGH, PULSE_FREQUENCY, PULSE_DUTY, PULSE_EDGE = 3.0, 10e3, 0.25, 1e-6
"""High level in V (low: 0 V), frequency in Hz, share of high, and edges in s of the pulses."""

STILL = 0.5
"""Direct voltage in V at the third channel."""

SERIES, PARALLEL, CAPACITANCE = 100.0, 10e3, 100e-9
"""Series and parallel resistance in ohm, and capacitance in F parallel to the latter."""

BAR = 2e-3
"""Ohm of the bar at the high-current supply."""

CELL = (1.2e-3, 0.9e-3, 5.0, 1.86)
"""Series and parallel resistance in ohm, capacitance in F and rest voltage in V of the cell."""

SPOT = 1000.0
"""Frequency in Hz at which the impedance's truth is told: the analyzer's own default."""


def ports(seed: int, t0: float) -> tuple[dict[str, Any], dict[str, Truth]]:
    """Ports by name and the truth at each; nothing here is drawn or depends on `t0` in s."""
    mains = Mains(LINE_VOLTAGE, LINE_FREQUENCY)
    load = AcLoad(mains, LINE_CURRENT / LINE_VOLTAGE, POWER_FACTOR, {3: THIRD})
    network, cell = RandlesCell(SERIES, PARALLEL, CAPACITANCE), RandlesCell(*CELL)
    devices: dict[str, Any] = {
        "ac_load": load,
        "supply_loads": tuple(ReferenceResistor(ohms) for ohms in LOADS),
        "signals": (
            sine(SINE_AMPLITUDE, SINE_FREQUENCY),
            pulse(0.0, PULSE_HIGH, PULSE_FREQUENCY, PULSE_DUTY, PULSE_EDGE),
            still(STILL),
            still(),
        ),
        "rc_network": network,
        "heater_bar": ReferenceResistor(BAR),
        "large_cell": cell,
    }
    return devices, _truth(network, cell)


def _truth(network: RandlesCell, cell: RandlesCell) -> dict[str, Truth]:
    current = LINE_CURRENT * (1.0 + THIRD**2) ** 0.5
    z, large = network.impedance(SPOT, 0.0, 0.0), cell.impedance(SPOT, 0.0, 0.0)
    return {
        "ac_load": {
            "voltage": (LINE_VOLTAGE, "V"),
            "current": (current, "A"),
            "power": (LINE_VOLTAGE * LINE_CURRENT * POWER_FACTOR, "W"),
            "apparent_power": (LINE_VOLTAGE * current, "V*A"),
            "frequency": (LINE_FREQUENCY, "Hz"),
        },
        "supply_loads": {
            f"channel_{n}_resistance": (ohms, "ohm") for n, ohms in enumerate(LOADS, 1)
        },
        "signals": {
            "channel_1_amplitude": (SINE_AMPLITUDE, "V"),
            "channel_1_frequency": (SINE_FREQUENCY, "Hz"),
            "channel_2_amplitude": (PULSE_HIGH, "V"),
            "channel_2_frequency": (PULSE_FREQUENCY, "Hz"),
            "channel_3_voltage": (STILL, "V"),
        },
        "rc_network": {
            "resistance": (z.real, "ohm"),
            "reactance": (z.imag, "ohm"),
            "frequency": (SPOT, "Hz"),
        },
        "heater_bar": {"resistance": (BAR, "ohm")},
        "large_cell": {
            "resistance": (large.real, "ohm"),
            "reactance": (large.imag, "ohm"),
            "voltage": (cell.volts, "V"),
        },
    }
