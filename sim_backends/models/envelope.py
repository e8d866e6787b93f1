"""A caliper in an operator's hand on a package: which of its places the jaws are closed on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim_backends.streams import stream

REST, ANEW = 5.0, 60.0
"""Seconds without a reading in which the operator goes to the next place, and in which he begins
anew at the first one."""

PLACES = 5


@dataclass(frozen=True, slots=True)
class Package:
    """Mean outer lengths `size` in m at 20 degC; `taper`: how far each lies off at its ends, as a
    part of it, linear along the package; `expansion` in 1/K."""

    size: tuple[float, float, float]
    taper: tuple[float, float, float]
    expansion: float

    def length(self, key: int, place: int) -> float:
        """One of the three lengths in m at a place, counted from 0, at 20 degC."""
        along = float(np.linspace(-1.0, 1.0, PLACES)[place])
        return self.size[key] * (1.0 + self.taper[key] * along)


class EnvelopeJaws:
    """The jaws on `package`: five places of each of its lengths in turn, then anew; fits
    `LengthPort`.

    It is `warmth` K over 20 degC; `setting` in m is the deviation of one setting of the jaws.
    """

    def __init__(self, package: Package, warmth: float, setting: float, seed: int) -> None:
        self._package, self._warmth, self._setting = package, warmth, setting
        self._rng = stream(seed, "envelope", "jaws")
        self._place = 0
        self._heard = 0.0
        self._error = self._set()

    def length(self, t: float) -> float:
        """Length in m between the jaws at `t` in s; at each place they are set anew."""
        rest, self._heard = t - self._heard, t
        if rest > REST:
            self._place = 0 if rest > ANEW else (self._place + 1) % (3 * PLACES)
            self._error = self._set()
        key, place = divmod(self._place, PLACES)
        warm = 1.0 + self._package.expansion * self._warmth
        return self._package.length(key, place) * warm + self._error

    def _set(self) -> float:
        return self._setting * float(self._rng.standard_normal())
