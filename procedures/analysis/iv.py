"""Figures of a current-voltage curve (IEC 60904-1:2020) with a leading axis of draws.

Arrays `voltage` (V) and `current` (A) have the shape (draws, n). Current is counted positive
while the device delivers power. A single curve is one of one draw: shape (1, n).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from procedures.analysis import polynomials

Array = NDArray[np.float64]

DEGREE = 6
"""Degree of the polynomial of power in voltage.

ASTM E948-16, 9.3 takes the fourth degree over 75 %..115 % of the voltage at the maximum, which
reads a curve with a fill factor of 0.87 0.3 % too high; the sixth over 85 %..110 % is right to
0.01 % for fill factors of 0.75 to 0.87 (tests/procedures/analysis/test_iv.py).
"""

VOLTAGES = (0.85, 1.10)
"""Points are fitted whose voltage lies within these shares of that at the largest product."""

CURRENTS = (0.75, 1.15)
"""The same for their current (ASTM E948-16, 9.3)."""


class MaximumPower(NamedTuple):
    """Maximum power in W and its voltage in V, each of shape (draws,)."""

    power: Array
    voltage: Array


def window_around_maximum(voltage: Array, current: Array) -> NDArray[np.bool_]:
    """Which points of one curve, both of shape (n,), the fit of the maximum uses.

    Those near the largest product, by `VOLTAGES` and `CURRENTS`.
    """
    power = voltage * current
    best = int(np.argmax(power))
    return _within(voltage, VOLTAGES, best) & _within(current, CURRENTS, best)


def _within(values: Array, shares: tuple[float, float], best: int) -> NDArray[np.bool_]:
    return (values >= shares[0] * values[best]) & (values <= shares[1] * values[best])


def maximum_power(voltage: Array, current: Array) -> MaximumPower:
    """Maximum of voltage x current by a polynomial of sixth degree through all points given.

    The points are those of `window_around_maximum`, at least 12. The largest product of noisy
    points lies above the true maximum; a fit does not. Source: after ASTM E948-16, 9.3;
    K. Emery, in Handbook of Photovoltaic Science and Engineering (2011), 18.3.
    """
    if voltage.shape[-1] < 2 * DEGREE:
        raise ValueError(
            f"{voltage.shape[-1]} points near the maximum, at least {2 * DEGREE} are needed"
        )
    centre = (voltage.max() + voltage.min()) / 2
    half = (voltage.max() - voltage.min()) / 2
    x = (voltage - centre) / half
    coefficients = polynomials.fit(x, voltage * current, DEGREE)
    place, power = polynomials.maximum(coefficients, float(x.min()), float(x.max()))
    return MaximumPower(power, centre + half * place)


def short_circuit_current(voltage: Array, current: Array, share: float = 0.2) -> Array:
    """Current at 0 V in A by a straight line, shape (draws,).

    The line goes through the points with |V| <= `share` of the largest voltage. Source:
    IEC 60904-1:2020 (short-circuit current by linear extrapolation or interpolation).
    """
    return _line_at_zero(voltage, current, np.abs(voltage[0]) <= share * np.abs(voltage[0]).max())


def open_circuit_voltage(voltage: Array, current: Array, share: float = 0.15) -> Array:
    """Voltage at 0 A in V by a parabola through the points nearest to it, shape (draws,).

    Those with |I| <= `share` of the largest current; at least 4 points, on both sides or one.
    """
    largest = np.abs(current[0]).max()
    near = np.abs(current[0]) <= share * largest
    if np.count_nonzero(near) < 4:
        near = np.argsort(np.abs(current[0]))[:4]
    x = current[:, near] / largest
    return polynomials.fit(x, voltage[:, near], 2)[:, 0]


def _line_at_zero(x: Array, y: Array, near: NDArray[np.bool_]) -> Array:
    scale = np.abs(x[0]).max()
    return polynomials.fit(x[:, near] / scale, y[:, near], 1)[:, 0]


def fill_factor(power: Array, voltage_oc: Array, current_sc: Array) -> Array:
    """Fill factor Pmax / (Voc Isc), dimensionless, from W, V and A."""
    return power / (voltage_oc * current_sc)


def efficiency(power: Array, irradiance: Array | float, area: Array) -> Array:
    """Power conversion efficiency Pmax / (E A), dimensionless, from W, W/m2 and m2."""
    return power / (irradiance * area)


def hysteresis_index(reverse: Array, forward: Array) -> Array:
    """Hysteresis index (P_reverse - P_forward) / P_reverse, dimensionless.

    Source: S. N. Habisreutinger et al., ACS Energy Lett. 3 (2018) 2472.
    """
    return (reverse - forward) / reverse
