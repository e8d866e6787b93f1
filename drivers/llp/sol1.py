"""Steady-state solar simulator with the labctl line protocol 1 (docs/protocols/llp1.md)."""

from __future__ import annotations

from typing import ClassVar

from drivers.instrument import Identified
from drivers.limits import BenchLimits, refuse_outside
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.llp._talk import Talk, read_only
from drivers.llp._watchdog import QUERY, OwnWatchdog
from labctl import clock
from labctl.evidence import Accuracy, Identity, Reading

MODEL = "LLP-SOL1"
LOWEST, HIGHEST = 100.0, 1200.0
"""Range of the level in W/m2."""


class Sol1(OwnWatchdog, Identified):
    """A lamp with its shutter; `limits` by the bench: `irradiance` in W/m2."""

    what: ClassVar[str] = "lamp"
    settings: ClassVar[MessageSettings] = MessageSettings(
        read_terminator="\r\n",
        timeout=1.0,
        idempotent=read_only("ID?", QUERY, "LAMP?", "SHUT?", "WARM?", "MON?", "HOURS?"),
    )
    limit_units: ClassVar[dict[str, str]] = {"irradiance": "W/m**2"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (
        Accuracy(
            "irradiance", HIGHEST, "W/m**2", 0.05, 0.0, "docs/protocols/llp1.md, monitor diode"
        ),
    )

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        self._talk = Talk(link, self.settings)
        super().__init__(self._talk, limits)

    async def identify(self) -> Identity:
        """Ask who it is; `InstrumentError` where it is another model."""
        self._identity = await self._talk.identity(MODEL)
        return self._identity

    async def resync(self) -> None:
        """Line in a known state."""
        await self._talk.resync()

    async def safe(self) -> None:
        """Shutter closed and lamp off, both read back."""
        await self._talk.command("STOP")
        await self._expect("SHUT?", False, "the shutter is not closed")
        await self._expect("LAMP?", False, "the lamp is not off")

    async def close(self) -> None:
        """Give the line back; lamp and shutter stay as they are."""
        await self._talk.close()

    async def lamp(self, on: bool) -> None:
        """Lamp on (it needs its warm-up time) or off; a lamp that is so already is left alone."""
        if await self._talk.is_on("LAMP?") == on:
            return
        await self._talk.command("LAMP 1" if on else "LAMP 0")
        await self._expect("LAMP?", on, f"the lamp is not {'on' if on else 'off'}")

    async def shutter(self, is_open: bool) -> None:
        """Shutter open or closed; returns when it has moved.

        `InstrumentError` where it is to open with the lamp off.
        """
        if await self._talk.is_on("SHUT?") == is_open:
            return
        await self._talk.command("SHUT 1" if is_open else "SHUT 0")
        await self._expect("SHUT?", is_open, "the shutter has not moved")

    async def set_irradiance(self, irradiance: float) -> None:
        """Level in W/m2; `LimitRefused` outside 100..1200 W/m2 or the bench's limit."""
        command = f"LEVEL {irradiance:.6g}"
        high = min(HIGHEST, self._limits.get("irradiance", HIGHEST))
        refuse_outside(
            "irradiance", irradiance, LOWEST, high, "W/m2", address=self.address, command=command
        )
        await self._talk.command(command)

    async def is_warm(self) -> bool:
        """Whether the lamp is on and has been on for its warm-up time."""
        on = await self._talk.is_on("LAMP?")
        return on and await self._talk.number("WARM?") <= 0

    async def monitor(self) -> Reading:
        """Irradiance in W/m2 by the lamp's own monitor diode: a check of the lamp, no reference."""
        return self._reading(await self._talk.number("MON?"), "W/m**2", self.accuracies[0])

    async def lamp_hours(self) -> Reading:
        """Hours the lamp has burnt, in h."""
        return self._reading(await self._talk.number("HOURS?"), "h", None)

    def _reading(self, value: float, unit: str, line: Accuracy | None) -> Reading:
        t, utc = clock.stamp()
        return Reading(value, unit, t, utc, self.address, self.identity.serial, line)

    async def _expect(self, query: str, on: bool, otherwise: str) -> None:
        if await self._talk.is_on(query) != on:
            raise self._talk.wrong(
                otherwise, query, "0" if on else "1", "switch the lamp off by hand"
            )


DRIVER = Sol1
