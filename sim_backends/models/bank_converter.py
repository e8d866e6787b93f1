"""A bank's converter to the grid: losses over power, limits of current.

Loss of a two-stage converter as a polynomial of its power at the grid: standby, proportional
(switching, diode and magnetic), quadratic (ohmic) part: Schmidt and Sauer, Solar Energy 57 (1996)
(2) 101; Notton et al., Renewable Energy 35 (2010) 541.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Converter:
    """`rated` W at the grid in both directions; `standby` W taken from the grid while it is ready;
    `proportional` loss for each watt, `ohmic` the same at rated power in addition; `current` A that
    it takes from or gives into its bank at most."""

    rated: float
    standby: float
    proportional: float
    ohmic: float
    current: float


def direct(converter: Converter, power: float) -> float:
    """Power in W at the bank, positive in discharge, for `power` in W at the grid."""
    size = abs(power)
    return power + size * (converter.proportional + converter.ohmic * size / converter.rated)


def alternating(converter: Converter, power: float) -> float:
    """Power in W at the grid for `power` in W at the bank: the inverse of `direct`."""
    if power == 0.0:
        return 0.0
    sign = 1.0 if power > 0.0 else -1.0
    a, b, size = converter.ohmic / converter.rated, sign + converter.proportional, abs(power)
    # size = sign * x + proportional x + a x^2 of the size x at the grid, sign taken out
    if a == 0.0:
        return power / (1.0 + sign * converter.proportional)
    if sign > 0.0:
        return (sqrt(b * b + 4.0 * a * size) - b) / (2.0 * a)
    return -_charging(a, 1.0 - converter.proportional, size)


def _charging(a: float, b: float, size: float) -> float:
    """The smaller root x of b x - a x^2 = size; the most that can come through where there is
    none."""
    left = max(b * b - 4.0 * a * size, 0.0)
    return (b - sqrt(left)) / (2.0 * a)
