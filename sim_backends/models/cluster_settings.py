"""What a site controller has been told: set points, functions, droops, ramp, reserve, schedule."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import inf

from sim_backends.models.power_ports import (
    FrequencyDroop,
    Function,
    ScheduledPower,
    VoltageDroop,
)

FREQUENCY_DROOP = FrequencyDroop(gain=10e3, dead_band=0.1)
"""As delivered, in W/Hz and Hz."""

VOLTAGE_DROOP = VoltageDroop(gain=300.0, dead_band=4.6)
"""As delivered, in var/V and V: 2 % of 230 V."""

RESERVE = 0.2
"""Charge 0..1 that is left to the loads, as delivered."""


class Settings:
    """Settings as delivered, for units of `rated` W together: stopped, no function on, 0 W."""

    def __init__(self, rated: float) -> None:
        self.running = False
        self.on: frozenset[Function] = frozenset()
        self.power = self.reactive = self.dispatched = 0.0
        self.frequency_droop = FREQUENCY_DROOP
        self.voltage_droop = VOLTAGE_DROOP
        self.ramp = 0.5 * rated
        self.reserve = RESERVE
        self._schedule: tuple[ScheduledPower, ...] = ()
        self._starts: tuple[float, ...] = ()

    def switch(self, function: Function, on: bool) -> None:
        """A function on or off."""
        this: frozenset[Function] = frozenset((function,))
        self.on = self.on | this if on else self.on - this

    def set_schedule(self, entries: Sequence[ScheduledPower]) -> None:
        """Entries by their start in run time s."""
        self._schedule = tuple(sorted(entries, key=lambda entry: entry.start))
        self._starts = tuple(entry.start for entry in self._schedule)

    def scheduled(self, t: float) -> float:
        """W of the schedule at `t`; 0 before its first entry."""
        index = bisect_right(self._starts, t) - 1
        return self._schedule[index].power if index >= 0 else 0.0

    def next_entry(self, t: float) -> float:
        """Run time in s of the next entry after `t`; infinite after the last."""
        index = bisect_right(self._starts, t)
        return self._starts[index] if index < len(self._starts) else inf
