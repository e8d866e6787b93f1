"""Weights of sums that stand for integrals."""

from __future__ import annotations

import numpy as np

from labctl.uncertainty.shapes import Draws


def trapezoid(time: Draws) -> Draws:
    """Weights w (shape (n,)) in s with w @ y = integral of y over `time` in s, ascending."""
    steps = np.diff(time)
    out = np.zeros_like(time)
    out[:-1] += steps / 2
    out[1:] += steps / 2
    return out
