"""The main outlet group: on, off, shutdown and reboot, with their countdowns.

OutletCommand_BF and OutletStatus_BF of the map. A shutdown stays off for its time and comes back
when the input is there; an off command stays off until an on command.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntFlag

NONE = -1
"""A countdown that does not run."""


class Command(IntFlag):
    """OutletCommand_BF, as far as one outlet group goes."""

    CANCEL = 1 << 0
    ON = 1 << 1
    OFF = 1 << 2
    SHUTDOWN = 1 << 3
    REBOOT = 1 << 4
    COLD_BOOT = 1 << 5
    ON_DELAY = 1 << 6
    OFF_DELAY = 1 << 7
    MAIN = 1 << 8


@dataclass(slots=True)
class Delays:
    """Settings in s: turn-off, turn-on, stay-off, and the least runtime for a return."""

    off: int = 0
    on: int = 0
    stay: int = 8
    runtime: int = 0


@dataclass(slots=True)
class Outlets:
    """The group's state; times of what is to come in run time s, None where nothing is."""

    on: bool = True
    delays: Delays = field(default_factory=Delays)
    off_at: float | None = None
    back_at: float | None = None
    on_at: float | None = None
    returns: bool = False
    reboots: bool = False

    def command(self, bits: int, t: float) -> None:
        """Do what the bits say; without the main group among the targets nothing."""
        if not bits & Command.MAIN:
            return
        off_delay = self.delays.off if bits & Command.OFF_DELAY else 0
        if bits & Command.CANCEL:
            self.off_at = self.on_at = self.back_at = None
            self.returns = self.reboots = False
        elif bits & (Command.OFF | Command.SHUTDOWN | Command.REBOOT):
            self.returns = not bits & Command.OFF
            self.reboots = bool(bits & Command.REBOOT)
            self.off_at = t + off_delay
        elif bits & Command.ON:
            self.returns = False
            self.on_at = t + (self.delays.on if bits & Command.ON_DELAY else 0)

    def event(self) -> float | None:
        """When the next countdown ends."""
        times = (self.off_at, self.back_at, self.on_at)
        return min((t for t in times if t is not None), default=None)

    def work(self, t: float, input_ok: bool, runtime: float) -> None:
        """Do what the countdowns say at `t`."""
        if self.off_at is not None and self.off_at <= t:
            self.turn_off(t)
        if self.back_at is not None and self.back_at <= t:
            self.back_at = None
        waits = self.returns and not self.on and self.back_at is None and self.on_at is None
        if waits and input_ok and runtime >= self.delays.runtime:
            self.on_at = t + self.delays.on
        if self.on_at is not None and self.on_at <= t:
            self.on, self.on_at, self.returns, self.reboots = True, None, False, False

    def turn_off(self, t: float) -> None:
        """Off now; where a return is wanted the stay-off time begins."""
        self.on, self.off_at = False, None
        self.back_at = t + self.delays.stay if self.returns else None

    def status(self, input_ok: bool) -> int:
        """OutletStatus_BF."""
        waits_for_input = self.returns and not self.on and self.back_at is None and not input_ok
        bits = (
            (0, self.on), (1, not self.on), (2, self.reboots),
            (3, self.returns and not self.reboots), (8, self.on_at is not None),
            (9, self.off_at is not None), (10, waits_for_input),
        )  # fmt: skip
        return sum(1 << bit for bit, is_so in bits if is_so)


def left(until: float | None, t: float) -> int:
    """A countdown register: whole seconds until then, or -1."""
    return NONE if until is None else max(round(until - t), 0)
