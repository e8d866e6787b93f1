"""Readings that repeat themselves: an instrument that stands still, or a line that does."""

from __future__ import annotations

from collections.abc import Sequence

from labctl.errors import InstrumentError
from labctl.evidence import Reading

FINE = 1e-5
"""Resolution, relative to the value, below which equal readings in a row are no chance: light and
amplifiers are noisier."""

POINTS = 10
"""Points of a log in a row that must not be equal."""

FEWEST = POINTS // 2
"""Readings at one moment below which nothing is judged."""


def refuse_frozen(readings: Sequence[Reading], what: str) -> None:
    """`InstrumentError` where all `readings` of `what` are equal, though it resolves noise.

    One whose resolution is not known or coarse is not judged, nor are fewer than `FEWEST` readings.
    """
    if len(readings) < FEWEST or len({one.value for one in readings}) > 1:
        return
    last = readings[-1]
    if last.accuracy is None or not 0.0 < last.accuracy.resolution <= FINE * abs(last.value):
        return
    raise InstrumentError(
        f"{what} gave the same reading {len(readings)} times",
        address=last.address,
        answer=f"{last.value:.9g} {last.unit}",
        remedy="see at the instrument whether it still measures, and switch it off and on",
    )


class Fresh:
    """The latest readings of `what` in a log, which must not stand still."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._latest: list[Reading] = []

    def look(self, reading: Reading) -> None:
        """Take the next one; `InstrumentError` where it is equal to the `POINTS` - 1 before."""
        self._latest = [*self._latest, reading][-POINTS:]
        if len(self._latest) == POINTS:
            refuse_frozen(self._latest, self._what)
