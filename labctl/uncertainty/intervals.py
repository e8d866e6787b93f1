"""From draws to an interval (JCGM 101, 7.7)."""

from __future__ import annotations

import numpy as np

from labctl.uncertainty.shapes import Draws

COVERAGE = 0.95
"""Probability that an interval is stated for."""


def symmetric(draws: Draws) -> tuple[float, float]:
    """The probabilistically symmetric 95 % interval of `draws`, shape (n,), in their unit."""
    lo, hi = np.quantile(draws, ((1.0 - COVERAGE) / 2, (1.0 + COVERAGE) / 2))
    return float(lo), float(hi)


def shortest(draws: Draws) -> tuple[float, float]:
    """The shortest 95 % interval of `draws`, shape (n,), in their unit."""
    ordered = np.sort(draws)
    held = round(COVERAGE * len(ordered))
    if held >= len(ordered):
        return float(ordered[0]), float(ordered[-1])
    begin = int(np.argmin(ordered[held:] - ordered[: len(ordered) - held]))
    return float(ordered[begin]), float(ordered[begin + held])
