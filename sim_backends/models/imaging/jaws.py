"""A caliper in an operator's hand: which place of a chip its jaws are closed on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim_backends.streams import stream

REST, ANEW = 5.0, 60.0
"""Seconds without a reading in which the operator goes to the next place, and in which he begins
anew at the first one."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A moulded chip of mean `breadth` x `span` in m at 20 degC; `taper` and `bow` are how far
    each size at a place lies off its mean, as parts of it: linear and square along the chip.
    `expansion` in 1/K; `places` of each size are gauged, evenly along the chip."""

    breadth: float
    span: float
    taper: tuple[float, float]
    bow: tuple[float, float]
    expansion: float
    places: int = 5

    def size(self, key: int, place: int) -> float:
        """Width (`key` 0) or length (1) in m at a place, counted from 0, at 20 degC."""
        along = np.linspace(-1.0, 1.0, self.places)
        square = along**2 - np.mean(along**2)
        mean = (self.breadth, self.span)[key]
        return mean * float(1.0 + self.taper[key] * along[place] + self.bow[key] * square[place])


class Jaws:
    """The jaws on `chip`: first its widths, then its lengths, each place in turn; then anew.

    The chip is `warmth` K over 20 degC; `setting` in m is the deviation of one setting of the jaws.
    """

    def __init__(self, chip: Chip, warmth: float, setting: float, seed: int) -> None:
        self._chip, self._warmth, self._setting = chip, warmth, setting
        self._rng = stream(seed, "imaging", "jaws")
        self._place = 0
        self._heard = 0.0
        self._error = self._set()

    def length(self, t: float) -> float:
        """Length in m between the jaws at `t` in s; at each place they are set anew."""
        rest, self._heard = t - self._heard, t
        if rest > REST:
            self._place = 0 if rest > ANEW else (self._place + 1) % (2 * self._chip.places)
            self._error = self._set()
        key, place = divmod(self._place, self._chip.places)
        warm = 1.0 + self._chip.expansion * self._warmth
        return self._chip.size(key, place) * warm + self._error

    def _set(self) -> float:
        """Error of one setting of the jaws in m: skew makes it long, pressure short."""
        return self._setting * float(self._rng.standard_normal())
