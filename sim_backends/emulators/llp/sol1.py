"""Solar simulator LLP-SOL1 (docs/protocols/llp1.md).

The lamp's own behaviour (it follows its level with a time constant, droops while it warms up) is
the world's; this is its control unit with shutter drive, hour meter and monitor diode.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.llp.line import (
    Command,
    Later,
    LlpInstrument,
    Query,
    Refusal,
    Refused,
    number,
    switch,
    within,
)
from sim_backends.models.ports import OpticalPort

WARM_UP = 900.0
SHUTTER = 0.25
LEVELS = (100.0, 1200.0)
MONITOR = Spec(range=2000.0, gain=0.05, offset=0.0, noise=0.2)
"""Monitor diode: 5 % of reading; 0.2 W/m2 of noise, twice its last digit."""


class Sol1(LlpInstrument):
    """One solar simulator that shines through `port`."""

    def __init__(self, port: OpticalPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(("labctl", "LLP-SOL1", serial, "1.0"))
        self.port = port
        self._lit: float | None = None
        self._open = False
        self._level = 1000.0
        self._burnt = 0.0
        self._monitor = Channel([MONITOR], rng)
        self._queries: dict[str, Query] = {
            "LAMP": lambda: str(int(self._lit is not None)),
            "WARM": lambda: f"{self._warming():.0f}",
            "SHUT": lambda: str(int(self._open)),
            "LEVEL": lambda: f"{self._level:.1f}",
            "MON": lambda: f"{self._seen():.1f}",
            "HOURS": lambda: f"{self._hours():.3f}",
        }
        self._commands: dict[str, tuple[int, Command]] = {
            "LAMP": (1, lambda a: self._set_lamp(switch(a[0]))),
            "SHUT": (1, lambda a: self._set_shutter(switch(a[0]))),
            "LEVEL": (1, lambda a: self._set_level(within(number(a[0]), *LEVELS))),
        }

    def queries(self) -> Mapping[str, Query]:
        """Queries by keyword."""
        return self._queries

    def commands(self) -> Mapping[str, tuple[int, Command]]:
        """Commands by keyword."""
        return self._commands

    def event(self) -> float | None:
        """Nothing happens by itself."""
        return None

    def work(self, t: float) -> None:
        """Nothing is to be done."""

    def stop(self) -> Later | None:
        """Shutter closed, lamp off."""
        return self._set_lamp(False)

    def _set_lamp(self, on: bool) -> Later | None:
        if on:
            if self._lit is None:
                self._lit = self.t
                self.port.emit(self._level, self.t)
            return None
        if self._lit is not None:
            self._burnt += self.t - self._lit
            self._lit = None
            self.port.emit(0.0, self.t)
        return self._move(False)

    def _set_shutter(self, is_open: bool) -> Later | None:
        if is_open and self._lit is None:
            raise Refused(Refusal.STATE)
        return self._move(is_open)

    def _move(self, is_open: bool) -> Later | None:
        if is_open == self._open:
            return None

        def arrive(t: float) -> None:
            self._open = is_open
            self.port.shutter(is_open, t)

        return Later(self.t + SHUTTER, arrive)

    def _set_level(self, level: float) -> Later | None:
        self._level = level
        if self._lit is not None:
            self.port.emit(level, self.t)
        return None

    def _warming(self) -> float:
        # Not warm at all while it is off: the whole warm-up is still to come.
        return WARM_UP if self._lit is None else max(self._lit + WARM_UP - self.t, 0.0)

    def _seen(self) -> float:
        if self._lit is None:
            return 0.0
        return max(self._monitor.convert(self.port.monitor(self.t), 0), 0.0)

    def _hours(self) -> float:
        burning = 0.0 if self._lit is None else self.t - self._lit
        return (self._burnt + burning) / 3600.0


EMULATOR = Sol1
