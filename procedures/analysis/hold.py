"""Mean of a power over a hold, from looks at it that are spread over the hold. Pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from labctl.uncertainty import Draws

Array = NDArray[np.float64]

LEAST = 4
"""Looks that a straight line through a quarter of them needs at least."""


def mean_over(seconds: Array, looks: Draws, window: tuple[float, float]) -> Draws:
    """Mean over `window` in s of what was looked at when `seconds` (shape (n,), ascending), in the
    unit of `looks` (shape (rows, n)); shape (rows,).

    Straight between the looks, and level between the window's ends and the looks next to them.
    ValueError where a look lies outside the window.
    """
    begin, end = window
    if not (begin <= seconds[0] and seconds[-1] <= end):
        raise ValueError(f"looks from {seconds[0]:g} s to {seconds[-1]:g} s are not in the window")
    edges = np.concatenate(([begin], seconds, [end]))
    spans = np.diff(edges)
    weights = 0.5 * (spans[:-1] + spans[1:])
    weights[0] += 0.5 * spans[0]
    weights[-1] += 0.5 * spans[-1]
    return looks @ (weights / (end - begin))


def end_slope(seconds: Array, values: Array) -> float:
    """The steeper of the slopes of `values` (shape (n,)) over `seconds` in the first and in the
    last quarter, in their unit per second; at least `LEAST` looks."""
    if len(values) < LEAST:
        raise ValueError(f"{len(values)} looks tell no slope")
    part = max(len(values) // 4, 2)
    slopes = [
        float(np.polynomial.polynomial.polyfit(seconds[where], values[where], 1)[1])
        for where in (slice(part), slice(-part, None))
    ]
    return max(slopes, key=abs)
