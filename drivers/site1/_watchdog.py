"""The watchdog of a SITE1 controller (docs/protocols/site1.md, registers 602 and 603)."""

from __future__ import annotations

from drivers.site1._talk import SiteRegisters

STEP, LONGEST = 0.1, 6553.5
"""Seconds of one count of `watchdog`, and the most of it."""

BEATS = 0x10000


class SiteWatchdog(SiteRegisters):
    """Part of a driver: arms the controller's watchdog, feeds it, disarms it."""

    async def arm(self, seconds: float) -> None:
        """The units go to 0 W by themselves when no beat comes for `seconds` (0.1..6553.5)."""
        self._check("watchdog", seconds, STEP, LONGEST, "s", "watchdog")
        await self._put({"watchdog": max(1, int(seconds / STEP + 1e-9))})

    async def feed(self) -> None:
        """A beat; `InstrumentError` where the watchdog is off or has acted."""
        await self.heartbeat()
        row = await self._read(("watchdog",))
        alarms = self._names(await self._read(("alarms",)), "alarms")
        if row["watchdog"] == 0 or "watchdog" in alarms:
            raise self._wrong(
                "its watchdog is off or has acted: the controller has restarted, or heard nothing",
                "read watchdog",
                f"{row['watchdog']}, alarms {', '.join(sorted(alarms)) or 'none'}",
                "look why it heard nothing; acknowledge the alarm and arrange the site anew",
            )

    async def disarm(self) -> None:
        """It watches no more; read back."""
        await self._put({"watchdog": 0})

    async def heartbeat(self) -> None:
        """Tell the controller that its master is there: `heartbeat` one further."""
        beat = self._number(await self._read(("heartbeat",)), "heartbeat")
        await self._put({"heartbeat": (int(beat) + 1) % BEATS})
