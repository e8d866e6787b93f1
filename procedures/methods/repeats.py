"""The mean of a figure that was measured several times."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from labctl.uncertainty import Draws, MonteCarlo


def mean_of(mc: MonteCarlo, each: Sequence[Draws], name: str) -> Draws:
    """Draws of the mean of repeated figures in their unit, with the scatter that they show, shape
    (draws + 1,) as each of `each`; `name` tells the scatter from that of others (JCGM 101,
    6.4.9)."""
    values = np.array([float(one[0]) for one in each])
    scatter = mc.repeated(f"repeatability/{name}", values) - float(values.mean())
    return np.mean(each, axis=0) + scatter[:, 0]
