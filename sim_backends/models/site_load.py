"""The load of a small data centre: what its UPS units carry over a day, with a fast unrest."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sim_backends.models.noise import Flicker
from sim_backends.models.signal import FloatArray

DAY = 86400.0


class SiteLoad:
    """`peaks` in W of each UPS's load, its valley by the share `swing` lower; `shape` gives 0..1
    at each full hour of the day (0: valley). Run time 0 is midnight. `factor` is the power factor
    (lagging), `unrest` disturbs all loads alike.
    """

    def __init__(
        self,
        peaks: Sequence[float],
        swing: float,
        shape: Sequence[float],
        factor: float,
        unrest: Flicker,
    ) -> None:
        self.peaks = tuple(peaks)
        self._swing = swing
        self._shape = [*shape, shape[0]]
        self._hours = np.linspace(0.0, DAY, len(self._shape))
        self._unrest = unrest
        self.tangent = math.tan(math.acos(factor))
        self.factor = factor

    def unit(self, number: int, t: float) -> tuple[float, float]:
        """(W, VA) of the load of UPS `number`, counted from 0."""
        watts = self.peaks[number] * self._share(t)
        return watts, watts / self.factor

    def total(self, t: FloatArray) -> FloatArray:
        """W of all loads at each of `t`, which goes over some seconds at most."""
        ends = [self._share(float(t[0])), self._share(float(t[-1]))]
        return sum(self.peaks) * np.interp(t, [t[0], t[-1]], ends)

    def whole(self, t: float) -> float:
        """W of all loads at `t`."""
        return sum(self.peaks) * self._share(t)

    def _share(self, t: float) -> float:
        place = float(np.interp(t % DAY, self._hours, self._shape))
        return (1.0 - self._swing * (1.0 - place)) * (1.0 + self._unrest.at(t))
