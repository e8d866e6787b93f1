"""True errors and noise of a simulated measuring or sourcing function.

Limits of error are +-(gain x |value| + offset) by range, as data sheets state them. Each emulated
instrument has its own true gain and offset error on each range, drawn once, rectangular within
those limits; noise is drawn for each reading.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np


@dataclass(frozen=True, slots=True)
class Spec:
    """One data sheet line: `range`, `offset` and `noise` in the function's unit, `gain` a fraction.

    `noise` is the standard deviation of one reading at 1 power line cycle, `overrange` the
    largest value that the range takes, as a multiple of it.
    """

    range: float
    gain: float
    offset: float
    noise: float = 0.0
    overrange: float = 1.05


class Channel:
    """One function of one instrument with the true errors of that very instrument."""

    def __init__(self, specs: Sequence[Spec], rng: np.random.Generator) -> None:
        self.specs = tuple(sorted(specs, key=lambda spec: spec.range))
        self.ranges = tuple(spec.range for spec in self.specs)
        self.tops = tuple(spec.range * spec.overrange for spec in self.specs)
        self._rng = rng
        draws = rng.uniform(-1.0, 1.0, size=(len(self.specs), 2))
        self._gain = [1.0 + s.gain * float(d[0]) for s, d in zip(self.specs, draws, strict=True)]
        self._offset = [s.offset * float(d[1]) for s, d in zip(self.specs, draws, strict=True)]
        self._noise = [s.noise for s in self.specs]

    def fit(self, value: float) -> int:
        """Index of the lowest range that takes `value`; the highest one where none does."""
        size = abs(value)
        for index, top in enumerate(self.tops):
            if size <= top:
                return index
        return len(self.tops) - 1

    def convert(self, value: float, index: int, noise_factor: float = 1.0) -> float:
        """`value` through this instrument's true errors on range `index`, with noise."""
        true = value * self._gain[index] + self._offset[index]
        noise = self._noise[index] * noise_factor
        return true + noise * float(self._rng.standard_normal()) if noise else true

    def over(self, value: float, index: int) -> bool:
        """Whether `value` overloads range `index`."""
        return abs(value) > self.tops[index]


def noise_factor(nplc: float, table: Sequence[tuple[float, float]]) -> float:
    """Noise relative to that at 1 power line cycle, from (nplc, factor) pairs, log-log between."""
    points = sorted(table)
    if nplc <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if nplc <= x1:
            part = (math.log(nplc) - math.log(x0)) / (math.log(x1) - math.log(x0))
            return math.exp(math.log(y0) + part * (math.log(y1) - math.log(y0)))
    return points[-1][1]
