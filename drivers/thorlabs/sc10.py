"""Thorlabs SC10 shutter controller with an SH05, serial (SC10 operating manual 4256-D02).

The controller is kept in manual mode, in which `ens` opens and shuts: it toggles, so the state is
asked before and after it. `closed?` is the blade's own contact. An interlock that has opened takes
the enable away. The controller tells no serial number.
"""

from __future__ import annotations

from typing import ClassVar

from drivers.codecs import sc10
from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link import BytesLink
from drivers.links.settings import BytesSettings
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Accuracy, Identity

NAME = "THORLABS SC10"
MANUAL = "1"
TRAVEL, POLL = 0.5, 0.02
"""Seconds in which the blade has moved, and between two looks at its contact."""

INTERLOCK = "close the interlock at the controller's rear, then start again"
JAMMED = "block the beam elsewhere and look at the blade and its cable"


class ThorlabsSC10(Instrument):
    """An SC10 at the end of `link`; the bench has no limits for it."""

    what: ClassVar[str] = "shutter controller"
    settings: ClassVar[BytesSettings] = BytesSettings(timeout=2.0)
    limit_units: ClassVar[dict[str, str]] = {}
    accuracies: ClassVar[tuple[Accuracy, ...]] = ()

    def __init__(self, link: BytesLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._link = link

    async def identify(self) -> Identity:
        """Ask who it is; `InstrumentError` for another model."""
        text = await self._ask("id?")
        name, _, firmware = text.partition(" VERSION ")
        if name != NAME:
            remedy = "correct the address or the driver in the bench file"
            raise self._wrong("this is no Thorlabs SC10", "id?", text, remedy)
        self._identity = Identity("Thorlabs", "SC10", "", firmware)
        return self._identity

    async def resync(self) -> None:
        """Half a command is ended, what it is answered with is dropped; the blade stays."""
        await self._link.resync()
        await self._link.write(b"\r")
        await self._link.resync()

    async def safe(self) -> None:
        """Shut, by the blade's contact."""
        await self.shutter(False)

    async def shutter(self, is_open: bool) -> None:
        """Open or closed by the blade's contact (no unit); returns when it has moved.

        `InstrumentError` against an open interlock and for a jammed blade.
        """
        if not is_open:
            # In another mode the enable runs a program that opens by itself: off comes first.
            await self._enable(False)
            await self._mode()
            return await self._moved(False)
        if not await self.is_interlock_closed():
            raise self._wrong("the interlock is open", "interlock?", "1", INTERLOCK)
        await self._mode()
        await self._enable(True)
        return await self._moved(True)

    async def is_open(self) -> bool:
        """Whether the blade stands open, by its contact."""
        return not await self._state("closed?")

    async def is_interlock_closed(self) -> bool:
        """Whether the interlock permits opening."""
        return not await self._state("interlock?")

    async def _mode(self) -> None:
        """Manual mode, read back."""
        if await self._ask("mode?") == MANUAL:
            return
        await self._ask(f"mode={MANUAL}")
        found = await self._ask("mode?")
        if found != MANUAL:
            raise self._wrong("the mode was not taken", "mode?", found)

    async def _enable(self, on: bool) -> None:
        """Enable on or off: toggled only where it stands otherwise, and read back."""
        if await self._state("ens?") == on:
            return
        await self._ask("ens")
        if await self._state("ens?") != on:
            raise self._wrong(
                "the shutter was not enabled" if on else "the shutter stays enabled",
                "ens?",
                str(int(not on)),
                INTERLOCK if on else JAMMED,
            )

    async def _moved(self, is_open: bool) -> None:
        """Wait until the blade stands as asked for."""
        end = clock.now() + TRAVEL
        while await self.is_open() != is_open:
            if clock.now() > end:
                what = "open" if is_open else "shut"
                raise self._wrong(
                    f"the blade does not {what}", "closed?", str(int(is_open)), JAMMED
                )
            await clock.sleep(POLL)

    async def _state(self, query: str) -> bool:
        text = await self._ask(query)
        if text not in ("0", "1"):
            raise self._wrong("the answer is no state, 0 or 1", query, text)
        return text == "1"

    async def _ask(self, command: str) -> str:
        frame = await self._link.exchange(sc10.encode(command), sc10.find_answer)
        try:
            text = sc10.answer(command, frame)
        except sc10.Malformed as error:
            raise self._wrong(str(error), command, repr(frame)) from error
        if sc10.REFUSED in text:
            raise self._refused(command, text)
        return text

    def _refused(self, command: str, text: str) -> InstrumentError:
        return self._wrong("the controller refuses the command", command, text)


DRIVER = ThorlabsSC10
