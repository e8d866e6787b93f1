"""Power behind a first-order lag whose set value changes in steps: known at any recent time."""

from __future__ import annotations

from bisect import bisect_right
from math import exp

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

KEPT = 600
"""Changes that are remembered."""


class PowerEnvelope:
    """The output in W follows its set value with the time constant `lag` in s; exact between
    changes. At rest at `value` from `t0` on."""

    def __init__(self, lag: float, value: float, t0: float) -> None:
        self._lag = lag
        self._times = [t0]
        self._set = [value]
        self._begun = [value]

    def change(self, value: float, t: float) -> None:
        """From `t` on the set value is `value` in W; times never go back."""
        if value == self._set[-1]:
            return
        begun = self.at(t)
        self._times.append(t)
        self._set.append(value)
        self._begun.append(begun)
        if len(self._times) > 2 * KEPT:
            for kept in (self._times, self._set, self._begun):
                del kept[:KEPT]

    def at(self, t: float) -> float:
        """Output in W at `t`."""
        n = max(bisect_right(self._times, t) - 1, 0)
        memory = exp(-max(t - self._times[n], 0.0) / self._lag)
        return self._set[n] + (self._begun[n] - self._set[n]) * memory

    def over(self, t: Array) -> Array:
        """Output in W at each of the times `t` in s, any shape."""
        n = np.maximum(np.searchsorted(self._times, t, side="right") - 1, 0)
        set_, begun = np.array(self._set)[n], np.array(self._begun)[n]
        since = np.maximum(t - np.array(self._times)[n], 0.0)
        return set_ + (begun - set_) * np.exp(-since / self._lag)
