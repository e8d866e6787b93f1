"""A lateral field-effect transistor: charge control from the subthreshold region to saturation.

The channel current interpolates between both regions by charge sheets at source and drain (C. Enz,
F. Krummenacher, E. Vittoz, Analog Integr. Circuits Signal Process. 8 (1995) 83):
I = 2 n beta vt^2 [F((Vg - Vt) / 2 n vt) - F((Vg - Vt - n Vd) / 2 n vt)] (1 + lambda Vd), with
F(x) = ln(1 + e^x)^2 and vt = kT/q. Contacts and drift region are a resistance in series.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log1p

from sim_backends.data.gallium_oxide import (
    BOLTZMANN_OVER_CHARGE,
    CELSIUS,
    GAIN_PER_KELVIN,
    HOME_TEMPERATURE,
)
from sim_backends.models.roots import root


@dataclass(frozen=True, slots=True)
class Channel:
    """`threshold` in V with its change `per_kelvin` in V/K; `beta` in A/V2; swing factor `n`;
    `modulation` in 1/V; `series` resistance in ohm. All at 25 degC."""

    threshold: float
    beta: float
    n: float
    modulation: float
    series: float = 0.0
    per_kelvin: float = 0.0


def thermal_voltage(temperature: float) -> float:
    """kT/q in V at `temperature` in degC."""
    return BOLTZMANN_OVER_CHARGE * (temperature + CELSIUS)


def channel_current(
    channel: Channel, gate: float, drain: float, temperature: float, shift: float = 0.0
) -> float:
    """Drain current in A at `gate` and `drain` in V against the source, in either direction.

    `shift` in V is what traps add to the threshold.
    """
    if drain < 0.0:
        # Source and drain change their parts.
        return -channel_current(channel, gate - drain, -drain, temperature, shift)
    if channel.series <= 0.0 or drain == 0.0:
        return _intrinsic(channel, gate, drain, temperature, shift)
    most = drain / channel.series
    free = _intrinsic(channel, gate, drain, temperature, shift)
    if free * channel.series < 1e-9 * drain:
        return free

    def excess(current: float) -> float:
        inner = drain - current * channel.series
        return _intrinsic(channel, gate, inner, temperature, shift) - current

    return root(excess, 0.0, min(most, free), 1e-12 * free)


def _intrinsic(
    channel: Channel, gate: float, drain: float, temperature: float, shift: float
) -> float:
    warmer = temperature - HOME_TEMPERATURE
    threshold = channel.threshold + channel.per_kelvin * warmer + shift
    vt = thermal_voltage(temperature)
    scale = 2.0 * channel.n * vt
    source = _charge((gate - threshold) / scale)
    far = _charge((gate - threshold - channel.n * drain) / scale)
    beta = channel.beta * (1.0 + GAIN_PER_KELVIN * warmer)
    return 2.0 * channel.n * beta * vt * vt * (source - far) * (1.0 + channel.modulation * drain)


def _charge(x: float) -> float:
    """ln(1 + e^x) squared."""
    soft = x + log1p(exp(-x)) if x > 0.0 else log1p(exp(x))
    return soft * soft
