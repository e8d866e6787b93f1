"""A lateral transistor with field plate, off: leakage, then breakdown at the drain-side gate edge.

The leakage is emission from traps that the field assists (Poole-Frenkel): V exp(b sqrt(V)),
thermally activated. Beyond a knee the current grows exponentially and steeper and steeper, as
multiplication does towards its divergence: I_k exp(x + c x^2) with x = (V - V_k) / s; the knee
rises with temperature. Sources stand in `sim_backends/data/gate_edge.py`. The channel is that of
`sim_backends/models/lateral_mosfet.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, sqrt

from sim_backends.data import gate_edge as data
from sim_backends.data.gallium_oxide import HOME_TEMPERATURE
from sim_backends.models.lateral_mosfet import Channel, channel_current
from sim_backends.models.roots import root

MOST = 1e4
"""V between which a voltage is looked for."""

LARGEST = 40.0
"""Exponent beyond which a current grows no more."""


@dataclass(frozen=True, slots=True)
class GateEdge:
    """`channel`; `leak` in A at 1 kV, growing with `field` in 1/sqrt(V); `knee` and `steep` in V,
    `bend`, `per_kelvin` in 1/K of the knee; parts of the off current through `gate` and `chuck`."""

    channel: Channel
    leak: float
    field: float
    knee: float
    steep: float
    bend: float
    per_kelvin: float
    gate: float
    chuck: float


def off_current(one: GateEdge, drain: float, temperature: float) -> float:
    """Current in A that leaks and multiplies, at `drain` in V and `temperature` in degC; what the
    channel carries is not in it."""
    if drain <= 0.0:
        return one.leak * drain * 1e-3
    warmer = temperature - HOME_TEMPERATURE
    growth = one.field * (sqrt(drain) - sqrt(1e3))
    leaked = one.leak * drain * 1e-3 * exp(growth + data.LEAK_PER_KELVIN * warmer)
    x = (drain - one.knee * (1.0 + one.per_kelvin * warmer)) / one.steep
    exponent = x + one.bend * x * x if x > 0.0 else x
    return leaked + data.KNEE_CURRENT * exp(min(exponent, LARGEST))


def drain_current(one: GateEdge, gate: float, drain: float, temperature: float) -> float:
    """Drain current in A at `gate` and `drain` in V against the source."""
    through = channel_current(one.channel, gate, drain, temperature)
    return through + off_current(one, drain, temperature)


def breakdown_voltage(one: GateEdge, gate: float, criterion: float) -> float:
    """Drain voltage in V at which `criterion` in A flows into the drain, at `gate` in V and 25
    degC."""

    def excess(drain: float) -> float:
        return drain_current(one, gate, drain, HOME_TEMPERATURE) - criterion

    return root(excess, 0.0, MOST, 1e-9)


def scarred(one: GateEdge) -> GateEdge:
    """What is left of `one` after it broke down."""
    return replace(one, knee=data.SCAR * one.knee)
