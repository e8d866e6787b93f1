"""Event camera whose recorder writes a storyboard every `PERIOD` s, as OME-TIFF, one after another.

It is a picture station but for its period: what stands in a picture is the world's. A file states
when its first frame was taken. After a loss of power it records a whole storyboard anew: of the
time before, and of the time without power, it has no frames.
"""

from __future__ import annotations

from sim_backends.emulators.files.picture import PictureStation
from sim_backends.emulators.files.station import FIRST
from sim_backends.plugs.file_writer import Piece

PERIOD = 200.0
"""Seconds from one storyboard to the next."""


class StoryboardRecorder(PictureStation):
    """A recorder before what stands in `port`."""

    lasting = PERIOD

    def power_on(self, t: float) -> None:
        """It records from `t` on; what it had recorded before is lost."""
        super().power_on(t)
        self._next = t + PERIOD

    def send(self, t: float) -> list[Piece]:
        """Pieces that are written until `t`; nothing was recorded before its bench was opened."""
        if t - self._next > PERIOD:
            self._next = t + FIRST
        while self._next <= t:
            self._measure(self._next)
            self._next += PERIOD
        return super().send(t)


EMULATOR = StoryboardRecorder
