"""What the solar simulators of LLP1 (docs/protocols/llp1.md) share: LAMP, WARM, SHUT, HOURS."""

from __future__ import annotations

from typing import ClassVar

from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.llp._talk import Talk, read_only
from drivers.llp._watchdog import QUERY, OwnWatchdog
from labctl.evidence import Identity, Reading


class ShutteredLamp(OwnWatchdog, Instrument):
    """A lamp with its shutter; `model` is what it answers to `ID?`."""

    what: ClassVar[str] = "lamp"
    model: ClassVar[str]
    settings: ClassVar[MessageSettings] = MessageSettings(
        read_terminator="\r\n",
        timeout=1.0,
        idempotent=read_only("ID?", QUERY, "LAMP?", "SHUT?", "WARM?", "MON?", "HOURS?"),
    )

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        self._talk = Talk(link, self.settings)
        super().__init__(self._talk, limits)

    async def identify(self) -> Identity:
        """Ask who it is; `InstrumentError` where it is another model."""
        self._identity = await self._talk.identity(self.model)
        return self._identity

    async def resync(self) -> None:
        """Line in a known state."""
        await self._talk.resync()

    async def safe(self) -> None:
        """Shutter closed and lamp off, both read back."""
        await self._talk.command("STOP")
        await self._expect("SHUT?", False, "the shutter is not closed")
        await self._expect("LAMP?", False, "the lamp is not off")

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

    async def is_warm(self) -> bool:
        """Whether the lamp is on and has been on for its warm-up time."""
        on = await self._talk.is_on("LAMP?")
        return on and await self._talk.number("WARM?") <= 0

    async def lamp_hours(self) -> Reading:
        """Hours the lamp has burnt, in h."""
        return self._reading(await self._talk.number("HOURS?"), "h", None)

    async def _expect(self, query: str, on: bool, otherwise: str) -> None:
        if await self._talk.is_on(query) != on:
            raise self._talk.wrong(
                otherwise, query, "0" if on else "1", "switch the lamp off by hand"
            )
