"""A Watlow F4T whose chamber rests for years: as `f4t`, looked at less often once it has settled.

The real controller looks ten times a second for years. `f4t` looks every second while it moves
and every 15 minutes at rest; this one every 8 s and up to once in two days, so that cycling a cell
to the end of its life costs seconds. Its loop takes long steps gently by itself
(`eurotherm.pid`), and any deviation brings short ones back.
"""

from __future__ import annotations

from sim_backends.emulators.watlow.codes import Code
from sim_backends.emulators.watlow.f4t import GROWTH, LONGEST_PERIOD, SAMPLE, SETTLED, F4t

MOVING, LONGEST_REST = 8.0, 48 * 3600.0
"""Seconds between two looks while the chamber moves, and at rest at most."""


class RestingF4t(F4t):
    """An F4T for tests of months and years."""

    def event(self) -> float | None:
        """The next step of the loops; none while they and the profile are off."""
        at = super().event()
        if at is None or self._stepped is None or self._period < LONGEST_PERIOD:
            return at
        running = self.runner.state is Code.RUNNING
        return self._stepped + min(
            self._period, max(self.runner.left, SAMPLE) if running else LONGEST_REST
        )

    def _pace(self) -> None:
        before = self._period
        super()._pace()
        self._period = max(self._period, MOVING)
        rests = all(
            abs(loop.pid.value - loop.pid.setpoint) <= most
            for loop, most in zip(self.loops, SETTLED, strict=True)
            if loop.active_mode is Code.AUTO
        )
        if before >= LONGEST_PERIOD / GROWTH and rests and self._period > MOVING:
            self._period = min(max(before, self._period) * GROWTH, LONGEST_REST)


EMULATOR = RestingF4t
