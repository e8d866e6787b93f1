"""A shutter in front of a laser and the interlock of the enclosure behind it."""

from __future__ import annotations

from typing import Protocol

TRAVEL = 10e-3
"""Seconds in which a blade moves: 10 ms of an SH05 (its data sheet, remembered)."""


class ShutterPort(Protocol):
    """A blade in a laser's beam. Times are run time in s."""

    def drive(self, is_open: bool, t: float) -> None:
        """The blade is pulled open at `t`, or let go."""
        ...

    def is_open(self, t: float) -> bool:
        """Whether it lets all of the beam through at `t`."""
        ...

    def is_shut(self, t: float) -> bool:
        """Whether it lets nothing through at `t`."""
        ...

    def interlock_closed(self, t: float) -> bool:
        """Whether the enclosure is closed at `t`."""
        ...


class BeamShutter:
    """A blade that is shut at first; fits `ShutterPort`. `door` opens the enclosure, `jam` holds
    the blade where it is."""

    def __init__(self) -> None:
        self._open = False
        self._since = float("-inf")
        self._door = False
        self._jammed = False

    def drive(self, is_open: bool, t: float) -> None:
        """Pull the blade open, or let go of it."""
        if is_open != self._open and not self._jammed:
            self._open, self._since = is_open, t

    def is_open(self, t: float) -> bool:
        """Whether it stands open."""
        return self._open and t >= self._since + TRAVEL

    def is_shut(self, t: float) -> bool:
        """Whether it stands shut."""
        return not self._open and t >= self._since + TRAVEL

    def interlock_closed(self, t: float) -> bool:
        """Whether the enclosure's door is closed."""
        return not self._door

    def door(self, is_open: bool) -> None:
        """Somebody opens the enclosure, or closes it."""
        self._door = is_open

    def jam(self, stuck: bool) -> None:
        """The blade sticks, or is freed."""
        self._jammed = stuck
