"""Root of a function of one number in a bracket: scipy's Brent, with its type."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from scipy.optimize import brentq


def root(f: Callable[[float], float], low: float, high: float, resolution: float) -> float:
    """The x in [low, high] where `f` changes its sign, to `resolution` in x's own unit.

    `ValueError` where `f` has the same sign at both ends. R. P. Brent, Algorithms for
    Minimization without Derivatives (1973), ch. 4.
    """
    return cast(float, brentq(f, low, high, xtol=resolution))
