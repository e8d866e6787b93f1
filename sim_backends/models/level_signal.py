"""A digital output against ground: 0 V or 5 V, from edge to edge."""

from __future__ import annotations

import numpy as np

from sim_backends.models.signal import FloatArray

HIGH = 5.0
"""V of the high level."""

MARK = 0.05
"""Seconds for which a site controller's command output stays high (`power_ports.SitePort`)."""

_KEPT = 32
"""Edges that are remembered."""


class LevelSignal:
    """A low output whose edges reach the outside `late` s after they were meant (negative: before).

    Fits `SignalPort`.
    """

    def __init__(self, late: float = 0.0) -> None:
        self._late = late
        self._edges: list[tuple[float, bool]] = []

    def set(self, high: bool, t: float) -> None:
        """High or low from run time `t` in s on, in place of what was to come then."""
        t += self._late
        self._edges = [*(edge for edge in self._edges if edge[0] < t), (t, high)][-_KEPT:]

    def pulse(self, t: float, length: float) -> None:
        """High from `t` on for `length` s."""
        self.set(True, t)
        self.set(False, t + length)

    def voltage(self, t: FloatArray) -> FloatArray:
        """V at each of `t`."""
        levels = np.array([0.0, *(HIGH * high for _, high in self._edges)])
        return levels[np.searchsorted([at for at, _ in self._edges], t, side="right")]

    def mean(self) -> float:
        """V, about 0: it is seldom high."""
        return 0.0

    def crossing(self, level: float, rising: bool, after: float) -> float | None:
        """First edge of this way from `after` in s on; None for a level that is never passed."""
        if not 0.0 < level < HIGH:
            return None
        before = False
        for at, high in self._edges:
            if high != before and high == rising and at >= after:
                return at
            before = high
        return None
