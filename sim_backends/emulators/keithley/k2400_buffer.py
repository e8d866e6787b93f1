"""The data store of a 2400 (`:TRACe` group, page 18-21)."""

from __future__ import annotations

from sim_backends.emulators.keithley.k2400_readings import Reading
from sim_backends.emulators.keithley.k2400_specs import BUFFER_AVAILABLE, BUFFER_FULL

MOST = 2500


class Storage:
    """`size` readings at most, taken while `fed`; it stops by itself when it is full."""

    def __init__(self) -> None:
        self.size = 100
        self.fed = False
        self.readings: list[Reading] = []
        self.events = 0

    def feed(self, on: bool) -> None:
        """Fill anew from the next reading on, or stop."""
        self.fed = on
        if on:
            self.readings, self.events = [], 0

    def offer(self, reading: Reading) -> None:
        """Take a reading if the store is fed."""
        if not self.fed:
            return
        self.readings.append(reading)
        if len(self.readings) > 1:
            self.events |= BUFFER_AVAILABLE
        if len(self.readings) >= self.size:
            self.events |= BUFFER_FULL
            self.fed = False

    def clear(self) -> None:
        """Forget all readings."""
        self.readings, self.events = [], 0
