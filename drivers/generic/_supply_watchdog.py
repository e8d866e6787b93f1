"""Supplies that watch their own line, told in SCPI.

keysight    N6700, N6900/N7900, RP7900 (Operating and Service Guides, OUTPut:PROTection:WDOG): the
            output is disabled and the protection latched after 1..3600 s without any SCPI traffic
tdk-lambda  G and GH series (user manual, chapter 5.10, SYSTem:COMMunicate:WATCHdog): the same
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from drivers.generic.scpi_supply import OFF, ON, ScpiSupply

SHORTEST, LONGEST = 1.0, 3600.0
"""Seconds that can be set, in steps of 1 s."""


@dataclass(frozen=True)
class WatchdogCommands:
    """Heads of the commands that switch it and that set its time in whole s."""

    state: str
    time: str


DIALECTS = {
    "keysight": WatchdogCommands(":OUTP:PROT:WDOG", ":OUTP:PROT:WDOG:DEL"),
    "tdk-lambda": WatchdogCommands(":SYST:COMM:WATCH", ":SYST:COMM:WATCH:TIM"),
}


class WatchedSupply(ScpiSupply):
    """A supply that watches its own line, told by the commands `watchdog`."""

    watchdog: ClassVar[WatchdogCommands]

    async def arm(self, seconds: float) -> None:
        """Output off by itself after `seconds` (1..3600, whole) without any command; read back."""
        head = self.watchdog.time
        self._check("watchdog", seconds, SHORTEST, LONGEST, "s", head)
        await self._scpi.set(f"{head} {math.floor(seconds)}", f"{self.watchdog.state} ON")
        if await self._scpi.number(f"{head}?") != math.floor(seconds):
            raise self._wrong("the time of the watchdog was not taken", f"{head}?", "")
        await self._expect_watching(True)

    async def feed(self) -> None:
        """Any command feeds it; `InstrumentError` where it is off."""
        await self._expect_watching(True)

    async def disarm(self) -> None:
        """It watches no more; read back."""
        await self._scpi.set(f"{self.watchdog.state} OFF")
        await self._expect_watching(False)

    async def safe(self) -> None:
        """Output off, read back; the watchdog has nothing to watch any more."""
        await super().safe()
        await self.disarm()

    async def clear_trip(self) -> None:
        """As for any supply; what the watchdog latched is cleared too, with the output off."""
        await self.output(False)
        await self._scpi.set(":OUTP:PROT:CLE")
        await super().clear_trip()

    async def _expect_watching(self, on: bool) -> None:
        command = f"{self.watchdog.state}?"
        answer = (await self._scpi.text(command)).upper()
        if answer not in (ON if on else OFF):
            raise self._wrong(f"the watchdog is not {'on' if on else 'off'}", command, answer)


class KeysightWatched(WatchedSupply):
    """A supply of Keysight's that has a watchdog."""

    watchdog: ClassVar[WatchdogCommands] = DIALECTS["keysight"]


class LambdaWatched(WatchedSupply):
    """A supply of TDK-Lambda's that has a watchdog."""

    watchdog: ClassVar[WatchdogCommands] = DIALECTS["tdk-lambda"]


WATCHED: dict[str, type[WatchedSupply]] = {"keysight": KeysightWatched, "tdk-lambda": LambdaWatched}


def class_of(plain: type[ScpiSupply], watchdog: str) -> type[ScpiSupply]:
    """The class for the option `watchdog`; `ValueError` for an unknown one."""
    if not watchdog:
        return plain
    if watchdog not in WATCHED:
        raise ValueError(f"no watchdog {watchdog!r}; known: {', '.join(WATCHED)}")
    return WATCHED[watchdog]
