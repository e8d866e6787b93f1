"""An inverter of an enhancement driver and a depletion load with its gate at the output.

The output settles where driver and load carry the same current; nothing else is drawn from it (J.
Rabaey, Digital Integrated Circuits, 2nd ed., section 5.3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim_backends.data.gallium_oxide import HOME_TEMPERATURE
from sim_backends.models.lateral_mosfet import Channel, channel_current
from sim_backends.models.roots import root


@dataclass(frozen=True, slots=True)
class InverterGate:
    """`driver` and `load` channels, and the `supply` in V that the gate is made for."""

    driver: Channel
    load: Channel
    supply: float


def output_voltage(
    gate: InverterGate, vin: float, supply: float, temperature: float, shift: float = 0.0
) -> float:
    """Output in V at input `vin` and `supply` in V; `shift` in V of the driver's threshold."""
    if supply <= 0.0:
        return 0.0

    def excess(output: float) -> float:
        down = channel_current(gate.driver, vin, output, temperature, shift)
        return down - channel_current(gate.load, 0.0, supply - output, temperature)

    return root(excess, 0.0, supply, 1e-9)


def supply_current(
    gate: InverterGate, vin: float, supply: float, temperature: float, shift: float = 0.0
) -> float:
    """Current in A from a supply of `supply` V at input `vin` in V."""
    output = output_voltage(gate, vin, supply, temperature, shift)
    return channel_current(gate.load, 0.0, supply - output, temperature)


def switching_threshold(gate: InverterGate) -> float:
    """Input in V at which the output equals it, at the gate's supply and 25 degC."""

    def excess(vin: float) -> float:
        down = channel_current(gate.driver, vin, vin, HOME_TEMPERATURE)
        return down - channel_current(gate.load, 0.0, gate.supply - vin, HOME_TEMPERATURE)

    return root(excess, 0.0, gate.supply, 1e-12)


def with_threshold(gate: InverterGate, threshold: float) -> InverterGate:
    """`gate` whose driver has this `threshold` in V."""
    return replace(gate, driver=replace(gate.driver, threshold=threshold))
