"""Two-source solar simulator LLP-SOL2 (docs/protocols/llp1.md).

The sources' own behaviour (they follow their levels with a time constant) is the world's; this is
the control unit with the shutter drive before the mixed beam, hour meter and two monitor diodes.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.llp.lamp import LampUnit
from sim_backends.emulators.llp.line import Command, Later, Query, number, within
from sim_backends.models.ports import TwoSourcePort

LEVELS = (50.0, 800.0)
HEARD = 0.01
"""Largest share of the other source that a diode hears, and of its own reading that this makes."""
MONITOR = Spec(range=2000.0, gain=0.05 - HEARD, offset=0.0, noise=0.1)
"""Monitor diode: 5 % of reading with what it hears; 0.1 W/m2 of noise is assumed."""


class Sol2(LampUnit):
    """One two-source solar simulator that shines through `port`."""

    def __init__(self, port: TwoSourcePort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(("labctl", "LLP-SOL2", serial, "1.0"))
        self.port = port
        self._mix = (500.0, 500.0)
        self._monitors = [Channel([MONITOR], rng) for _ in self._mix]
        self._hears = [float(share) for share in rng.uniform(0.0, HEARD, size=2)]
        self._queries: dict[str, Query] = {
            **self.lamp_queries(),
            "MIX": lambda: _pair(self._mix),
            "MON": lambda: _pair(self._seen()),
        }
        self._commands: dict[str, tuple[int, Command]] = {
            **self.lamp_commands(),
            "MIX": (2, lambda a: self._set_mix(number(a[0]), number(a[1]))),
        }

    def queries(self) -> Mapping[str, Query]:
        """Queries by keyword."""
        return self._queries

    def commands(self) -> Mapping[str, tuple[int, Command]]:
        """Commands by keyword."""
        return self._commands

    def shine(self, on: bool) -> None:
        """Both sources at their levels, or dark."""
        blue, red = self._mix if on else (0.0, 0.0)
        self.port.emit(blue, red, self.t)

    def uncover(self, is_open: bool, t: float) -> None:
        """The shutter has moved at `t`."""
        self.port.shutter(is_open, t)

    def _set_mix(self, blue: float, red: float) -> Later | None:
        self._mix = (within(blue, *LEVELS), within(red, *LEVELS))
        if self.lit:
            self.shine(True)
        return None

    def _seen(self) -> tuple[float, float]:
        if not self.lit:
            return 0.0, 0.0
        blue, red = self.port.monitor(self.t)
        return self._diode(0, blue, red), self._diode(1, red, blue)

    def _diode(self, index: int, own: float, other: float) -> float:
        heard = min(self._hears[index] * other, HEARD * own)
        return max(self._monitors[index].convert(own, 0) + heard, 0.0)


def _pair(values: tuple[float, float]) -> str:
    return f"{values[0]:.2f} {values[1]:.2f}"


EMULATOR = Sol2
