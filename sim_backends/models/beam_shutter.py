"""A shutter in front of a laser and the interlock of the enclosure behind it."""

from __future__ import annotations

from typing import Protocol


class ShutterPort(Protocol):
    """A blade in a laser's beam, and the contact of an interlock. Times are run time in s."""

    def shutter(self, is_open: bool, t: float) -> None:
        """From `t` on the beam passes or not."""
        ...

    def interlocked(self, t: float) -> bool:
        """Whether the interlock is tripped at `t`."""
        ...


class BeamShutter:
    """A blade that is shut at first; fits `ShutterPort`. `door` opens the enclosure."""

    def __init__(self) -> None:
        self._open = False
        self._door = False

    def shutter(self, is_open: bool, t: float) -> None:
        """The blade goes up or down."""
        self._open = is_open

    def interlocked(self, t: float) -> bool:
        """Whether the enclosure is open."""
        return self._door

    def passes(self, t: float) -> bool:
        """Whether the beam goes through at `t`: an open enclosure drops the blade."""
        return self._open and not self._door

    def door(self, is_open: bool) -> None:
        """Somebody opens the enclosure, or closes it."""
        self._door = is_open
