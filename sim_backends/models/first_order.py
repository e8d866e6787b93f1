"""First-order lags that follow inputs which are straight between knots: exact for any step.

tau y' = x - y with x(s) = x0 + slope s has the solution
y(s) = x0 + slope (s - tau) + (y0 - x0 + slope tau) exp(-s / tau).
All arguments are broadcast against each other; times in s.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_FINEST = 1e-4
"""Shortest piece in s into which a curve is cut: a jump in between becomes a steep straight."""


def follow(y0: Any, x0: Any, slope: Any, tau: Any, s: Any) -> Array:
    """Output `s` after it was `y0` and the input `x0`, in the unit of both."""
    return x0 + slope * (s - tau) + (y0 - x0 + slope * tau) * np.exp(-s / tau)


def area(y0: Any, x0: Any, slope: Any, tau: Any, s: Any) -> Array:
    """Integral of the output over the `s` after it was `y0`, in its unit times s."""
    left = y0 - x0 + slope * tau
    return x0 * s + slope * (0.5 * s * s - tau * s) + left * tau * (1.0 - np.exp(-s / tau))


def straight(
    curve: Callable[[float], float], start: float, end: float, tolerance: float
) -> list[float]:
    """Times at which `curve` is cut between `start` and `end` in s, so that straight pieces follow
    it within about `tolerance`; both ends are in the list."""

    def cut(a: float, fa: float, b: float, fb: float) -> list[float]:
        middle = 0.5 * (a + b)
        if b - a <= _FINEST:
            return [b]
        fm = curve(middle)
        quarters = curve(0.75 * a + 0.25 * b) - 0.75 * fa - 0.25 * fb
        if abs(fm - 0.5 * (fa + fb)) <= tolerance and abs(quarters) <= tolerance:
            return [b]
        return cut(a, fa, middle, fm) + cut(middle, fm, b, fb)

    return [start, *cut(start, curve(start), end, curve(end))]
