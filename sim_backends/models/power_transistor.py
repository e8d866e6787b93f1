"""A high-voltage lateral transistor and a lateral diode: forward current, leakage, breakdown.

Off, a surface leakage flows that is in proportion to the voltage at low fields; towards the knee
the current at the drain-side gate edge grows exponentially (field emission with multiplication, K.
Zeng et al., IEEE Electron Device Lett. 39 (2018) 1385, figures of off-state curves). The diode is
thermionic with a resistance in series and a leakage in parallel (S. Sze, K. Ng, Physics of
Semiconductor Devices, 3rd ed., section 3.3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, expm1

from sim_backends.data.gallium_oxide import HOME_TEMPERATURE, LEAK_PER_KELVIN, WIDTH
from sim_backends.models.lateral_mosfet import Channel, channel_current, thermal_voltage
from sim_backends.models.roots import root

KNEE_CURRENT = 1e-6
"""A per mm of width that flows through the breakdown path at its knee."""

MOST = 1e4
"""V between which a voltage is looked for."""


@dataclass(frozen=True, slots=True)
class PowerTransistor:
    """`channel`; `leak` in S at 25 degC; `knee` in V of the breakdown and `steep` in V per factor e
    beyond it."""

    channel: Channel
    leak: float
    knee: float = 2600.0
    steep: float = 18.0


@dataclass(frozen=True, slots=True)
class Rectifier:
    """`saturation` current in A, ideality `n`, `series` resistance in ohm, `leak` in S."""

    saturation: float
    n: float
    series: float
    leak: float


def warm_leak(leak: float, temperature: float) -> float:
    """`leak` in S at `temperature` in degC."""
    return leak * exp(LEAK_PER_KELVIN * (temperature - HOME_TEMPERATURE))


def transistor_current(
    one: PowerTransistor, gate: float, drain: float, temperature: float, shift: float = 0.0
) -> float:
    """Drain current in A; `shift` in V of the threshold."""
    beyond = KNEE_CURRENT * WIDTH * 1e3 * exp(min((drain - one.knee) / one.steep, 60.0))
    leaked = warm_leak(one.leak, temperature) * drain
    through = channel_current(one.channel, gate, drain, temperature, shift)
    return through + leaked + (beyond if drain > 0.0 else 0.0)


def rectifier_current(one: Rectifier, voltage: float, temperature: float) -> float:
    """Current in A from anode to cathode at `voltage` in V."""
    slope = one.n * thermal_voltage(temperature)
    leaked = warm_leak(one.leak, temperature) * voltage
    if voltage <= 0.0:
        return one.saturation * expm1(voltage / slope) + leaked
    most = min(voltage / one.series, one.saturation * exp(min(voltage / slope, 200.0)))

    def excess(current: float) -> float:
        inner = min((voltage - current * one.series) / slope, 200.0)
        return one.saturation * expm1(inner) - current

    return leaked + root(excess, 0.0, most, 1e-12 * most)


def breakdown_voltage(one: PowerTransistor, gate: float, criterion: float) -> float:
    """Drain voltage in V at which `criterion` in A flows, at `gate` in V and 25 degC."""

    def excess(drain: float) -> float:
        return transistor_current(one, gate, drain, HOME_TEMPERATURE) - criterion

    return root(excess, 0.0, MOST, 1e-9)


def threshold_at(one: PowerTransistor, drain: float, criterion: float) -> float:
    """Gate voltage in V at which `criterion` in A flows at `drain` in V and 25 degC."""

    def excess(gate: float) -> float:
        return transistor_current(one, gate, drain, HOME_TEMPERATURE) - criterion

    return root(excess, -30.0, 30.0, 1e-11)


def with_threshold(one: PowerTransistor, threshold: float) -> PowerTransistor:
    """`one` with the channel's `threshold` in V."""
    return replace(one, channel=replace(one.channel, threshold=threshold))
