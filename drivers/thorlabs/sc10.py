"""Thorlabs SC10 shutter controller, RS-232, 9600 baud (SC10 operating manual, chapter on the
command language; InstrumentKit's SC10).

A command is a lower-case word, `?` asks and `=` sets, CR ends it; the controller repeats it and its
answer ends with the prompt `> `. The word `ens` toggles: the driver asks for the state first and
reads it back. With a tripped interlock the shutter closes and cannot be enabled. The controller
tells its model and firmware, no serial number.
"""

from __future__ import annotations

from typing import ClassVar

from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link import BytesLink
from drivers.links.settings import BytesSettings
from drivers.remedies import ANOTHER
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Accuracy, Identity

PROMPT = b"> "
MANUAL = "mode=1"
"""The operating mode in which `ens` alone opens and closes."""

PATIENCE, POLL = 1.0, 0.05
"""Seconds that the blade may take, and between two questions."""


def frame(data: bytes) -> int | None:
    """Where the first answer ends: after its prompt."""
    end = data.find(PROMPT)
    return None if end < 0 else end + len(PROMPT)


class ThorlabsSC10(Instrument):
    """An SC10 at the end of `link`; the bench limits nothing of it."""

    what: ClassVar[str] = "shutter controller"
    settings: ClassVar[BytesSettings] = BytesSettings(timeout=1.0)
    limit_units: ClassVar[dict[str, str]] = {}
    accuracies: ClassVar[tuple[Accuracy, ...]] = ()

    def __init__(self, link: BytesLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._link = link

    async def identify(self) -> Identity:
        """Ask who it is; `InstrumentError` for another model."""
        told = await self._ask("id?")
        words = told.split()
        if words[:2] != ["THORLABS", "SC10"]:
            raise self._wrong("this is no SC10", "id?", told, ANOTHER)
        self._identity = Identity("Thorlabs", "SC10", "", words[-1])
        return self._identity

    async def resync(self) -> None:
        """Half a command ended and what was answered to it dropped; the blade stays as it is."""
        await self._link.write(b"\r")
        await self._link.resync()

    async def safe(self) -> None:
        """Shutter closed, read back."""
        await self.shutter(False)

    async def shutter(self, is_open: bool) -> None:
        """Open or closed, read back (no unit); returns when the blade has moved."""
        if is_open and not await self.is_interlock_closed():
            raise self._wrong(
                "the interlock is tripped", "ens", "interlock? 1", "close the interlock first"
            )
        await self._ask(MANUAL)
        if await self._flag("ens?") is not is_open:
            await self._ask("ens")
        until = clock.now() + PATIENCE
        while await self.is_open() is not is_open:
            if clock.now() > until:
                state = "open" if is_open else "closed"
                raise self._wrong(f"the shutter is not {state}", "closed?", "", "look at its blade")
            await clock.sleep(POLL)

    async def is_open(self) -> bool:
        """Whether light passes, by the sensor of the blade."""
        return not await self._flag("closed?")

    async def is_interlock_closed(self) -> bool:
        """Whether the interlock permits the shutter to open."""
        return not await self._flag("interlock?")

    async def _flag(self, command: str) -> bool:
        text = await self._ask(command)
        if text not in ("0", "1"):
            raise self._wrong("neither 0 nor 1", command, text)
        return text == "1"

    async def _ask(self, command: str) -> str:
        """What follows the repeated `command`; "" for a setting."""
        data = await self._link.exchange(f"{command}\r".encode("ascii"), frame)
        text = data.decode("ascii", "backslashreplace").removesuffix("> ")
        said = [line.strip() for line in text.replace("\n", "\r").split("\r") if line.strip()]
        if not said or said[0] != command:
            raise self._refused(command, text)
        rest = " ".join(said[1:])
        if "error" in rest.lower() or (bool(rest) is not command.endswith("?")):
            raise self._refused(command, text)
        return rest

    def _refused(self, command: str, answer: str) -> InstrumentError:
        return self._wrong("the controller answers something else", command, answer.strip())


DRIVER = ThorlabsSC10
