"""The watchdog of LLP1 instruments (docs/protocols/llp1.md, common commands, DOG)."""

from __future__ import annotations

import math

from drivers.limits import refuse_outside
from drivers.llp._talk import Talk

QUERY = "DOG?"
SHORTEST, LONGEST = 1.0, 3600.0
"""Seconds that can be set."""


class OwnWatchdog:
    """Part of a driver with a `Talk`: arms the instrument's watchdog, feeds it, disarms it."""

    _talk: Talk

    async def arm(self, seconds: float) -> None:
        """STOP by itself when nothing is heard for `seconds` (1..3600); read back."""
        command = f"DOG {seconds:.6g}"
        refuse_outside(
            "watchdog",
            seconds,
            SHORTEST,
            LONGEST,
            "s",
            address=self._talk.address,
            command=command,
        )
        await self._set(command, seconds)

    async def feed(self) -> None:
        """Let it hear something; `InstrumentError` where it is off: it acted or has restarted."""
        seconds, acted = await self._talk.values(QUERY, 2)
        if seconds == "0":
            raise self._talk.wrong(
                "its watchdog is off: it has acted, or the instrument has restarted",
                QUERY,
                f"{seconds} {acted}",
                "look why it heard nothing; arrange the instrument anew",
            )

    async def disarm(self) -> None:
        """It watches no more; read back."""
        await self._set("DOG 0", 0.0)

    async def _set(self, command: str, seconds: float) -> None:
        await self._talk.command(command)
        found, _ = await self._talk.values(QUERY, 2)
        if not _is(found, seconds):
            raise self._talk.wrong("its watchdog is not as it was set", QUERY, found)


def _is(text: str, seconds: float) -> bool:
    try:
        return math.isclose(float(text), seconds, rel_tol=1e-5)
    except ValueError:
        return False
