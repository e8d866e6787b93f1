"""Solar simulator LLP-SOL1 (docs/protocols/llp1.md).

The lamp's own behaviour (it follows its level with a time constant, droops while it warms up) is
the world's; this is its control unit with shutter drive, hour meter and monitor diode.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.llp.lamp import LampUnit
from sim_backends.emulators.llp.line import Command, Later, Query, number, within
from sim_backends.models.ports import OpticalPort

LEVELS = (100.0, 1200.0)
MONITOR = Spec(range=2000.0, gain=0.05, offset=0.0, noise=0.2)
"""Monitor diode: 5 % of reading; 0.2 W/m2 of noise, twice its last digit."""


class Sol1(LampUnit):
    """One solar simulator that shines through `port`."""

    def __init__(self, port: OpticalPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(("labctl", "LLP-SOL1", serial, "1.0"))
        self.port = port
        self._level = 1000.0
        self._monitor = Channel([MONITOR], rng)
        self._queries: dict[str, Query] = {
            **self.lamp_queries(),
            "LEVEL": lambda: f"{self._level:.1f}",
            "MON": lambda: f"{self._seen():.1f}",
        }
        self._commands: dict[str, tuple[int, Command]] = {
            **self.lamp_commands(),
            "LEVEL": (1, lambda a: self._set_level(within(number(a[0]), *LEVELS))),
        }

    def queries(self) -> Mapping[str, Query]:
        """Queries by keyword."""
        return self._queries

    def commands(self) -> Mapping[str, tuple[int, Command]]:
        """Commands by keyword."""
        return self._commands

    def shine(self, on: bool) -> None:
        """The lamp at its level, or dark."""
        self.port.emit(self._level if on else 0.0, self.t)

    def uncover(self, is_open: bool, t: float) -> None:
        """The shutter has moved at `t`."""
        self.port.shutter(is_open, t)

    def _set_level(self, level: float) -> Later | None:
        self._level = level
        if self.lit:
            self.shine(True)
        return None

    def _seen(self) -> float:
        if not self.lit:
            return 0.0
        return max(self._monitor.convert(self.port.monitor(self.t), 0), 0.0)


EMULATOR = Sol1
