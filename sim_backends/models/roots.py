"""Root of a function of one number in a bracket."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

from labctl.errors import Defect

MOST = 200
"""Steps; bisection alone brings any bracket of numbers to its last bit in fewer than 100."""


def root(f: Callable[[float], float], low: float, high: float, resolution: float) -> float:
    """The x in [low, high] where `f` changes its sign, to `resolution` in x's own unit.

    `ValueError` where `f` has the same sign at both ends. Bisection, or inverse quadratic
    interpolation where that is safe: T. R. Chandrupatla, Adv. Eng. Softw. 28 (1997) 145.
    """
    new, old = low, high
    f_new, f_old = f(new), f(old)
    if f_new == 0 or f_old == 0:
        return new if f_new == 0 else old
    if f_new * f_old > 0:
        raise ValueError(f"no change of sign between {low} and {high}")
    share = 0.5
    for _ in range(MOST):
        x = new + share * (old - new)
        f_x = f(x)
        older, f_older = new, f_new
        if (f_x > 0) == (f_new > 0):
            new, f_new = x, f_x
        else:
            older, f_older, old, f_old, new, f_new = old, f_old, new, f_new, x, f_x
        nearest, f_nearest = (new, f_new) if abs(f_new) < abs(f_old) else (old, f_old)
        least = (resolution / 2 + 2e-16 * abs(nearest)) / max(abs(old - new), 1e-300)
        if least > 0.5 or f_nearest == 0:
            return nearest
        share = _share((new, f_new), (old, f_old), (older, f_older))
        share = min(max(share, least), 1.0 - least)
    raise Defect(f"no root found between {low} and {high} in {MOST} steps")


def _share(new: tuple[float, float], old: tuple[float, float], older: tuple[float, float]) -> float:
    """Where to look next between `new` (0) and `old` (1), each a pair of x and f(x)."""
    (a, f_a), (b, f_b), (c, f_c) = new, old, older
    if f_c in (f_a, f_b) or c in (a, b):
        return 0.5
    place, height = (a - b) / (c - b), (f_a - f_b) / (f_c - f_b)
    if not 1.0 - sqrt(1.0 - place) < height < sqrt(place):
        return 0.5
    first = f_a / (f_b - f_a) * f_c / (f_b - f_c)
    return first + (c - a) / (b - a) * f_a / (f_c - f_a) * f_b / (f_c - f_b)
