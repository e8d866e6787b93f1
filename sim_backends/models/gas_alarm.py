"""The alarm of a gas sensor array: a threshold on a score of its films, one decision an exposure.

An exposure begins when the gas at the array changes. Once its films have settled the unit computes
a score: the target gas raises it, so do interfering vapour and humidity, and it is noisy and drifts
slowly. It alarms when the score passes the threshold, until the next exposure.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

from sim_backends.models.noise import Drift
from sim_backends.streams import stream

DECIDES = 12.0
"""s after a change at which the unit decides."""

DRIFT, DRIFT_TIME = 0.02, 3600.0
"""Standard deviation of the score's slow part, in units of its noise, and s of its memory."""

TARGET, VAPOUR, WATER = 0.8, 0.006, 1.2
"""Score for each umol/mol of a target gas, each umol/mol of interfering vapour, and between dry and
saturated air; in standard deviations of its noise."""

HIGH = 3.3
"""V of the output while it alarms."""

EXPOSED_WET = (0.25, 0.5, 0.75)
EXPOSED_VAPOUR = (0.0, 50.0, 100.0)
"""Part of the humid line, and umol/mol of interfering vapour: all nine pairs are as frequent among
exposures without a target gas, over which the true rate of false alarms is the mean."""

_NORMAL = NormalDist()


def score(target: float, vapour: float, wet: float) -> float:
    """The score without noise of a target gas and a vapour in umol/mol and a part of humid air."""
    return TARGET * target + VAPOUR * vapour + WATER * (wet - 0.5)


def false_alarm_rate(threshold: float) -> float:
    """Share (0..1) of exposures without a target gas that alarm."""
    spread = (1.0 + DRIFT**2) ** 0.5
    each = [
        1.0 - _NORMAL.cdf((threshold - score(0.0, vapour, wet)) / spread)
        for wet in EXPOSED_WET
        for vapour in EXPOSED_VAPOUR
    ]
    return sum(each) / len(each)


@dataclass(frozen=True, slots=True)
class Air:
    """What is at the array: `target` and `vapour` in umol/mol, `wet` part of the humid line."""

    target: float
    vapour: float
    wet: float


class AlarmUnit:
    """A unit with its `threshold`; `see` tells it what is at the array, in the order of time."""

    def __init__(self, threshold: float, seed: int, t0: float) -> None:
        self._threshold = threshold
        self._rng = stream(seed, "alarm unit", "noise")
        self._drift = Drift(DRIFT, DRIFT_TIME, 60.0, stream(seed, "alarm unit", "drift"), t0)
        self._began = t0
        self._decided = self.alarms = False

    def exposure(self, t: float) -> None:
        """The lines were set anew at `t`: a new exposure begins, the alarm is taken back."""
        self._began, self._decided, self.alarms = t, False, False

    def see(self, air: Air, t: float) -> bool:
        """Whether the output is high at `t`, with `air` at the array."""
        if not self._decided and t - self._began >= DECIDES:
            noise = float(self._rng.standard_normal()) + self._drift.at(t)
            self.alarms = score(air.target, air.vapour, air.wet) + noise > self._threshold
            self._decided = True
        return self.alarms
