"""What drivers share, whatever their line: who the instrument is, its address, giving it back."""

from __future__ import annotations

from typing import ClassVar, Protocol

from drivers.generic.scpi import Scpi
from drivers.limits import BenchLimits, refuse_outside
from drivers.links.link import MessageLink
from drivers.remedies import LOOK
from labctl import clock
from labctl.errors import Defect, InstrumentError
from labctl.evidence import Accuracy, Identity, Reading


class _Line(Protocol):
    """As much of a link as every driver needs."""

    @property
    def address(self) -> str: ...

    async def close(self) -> None: ...


class Identified:
    """The end of a line with the bench's limits, and who answered there.

    `what` names the instrument in errors.
    """

    what: ClassVar[str] = "instrument"

    def __init__(self, line: _Line, limits: BenchLimits | None = None) -> None:
        self._wire = line
        self._limits = dict(limits or {})
        self._identity: Identity | None = None

    @property
    def address(self) -> str:
        """The link's address."""
        return self._wire.address

    @property
    def identity(self) -> Identity:
        """Who answered to `identify()`; `Defect` before it was called."""
        if self._identity is None:
            raise Defect(f"the {self.what} was not identified", address=self.address)
        return self._identity

    async def close(self) -> None:
        """Give the line back; the instrument's state stays as it is."""
        await self._wire.close()


class Instrument(Identified):
    """An instrument with what most drivers need: a driver's class adds what its model can do."""

    def _reading(self, value: float, unit: str, line: Accuracy | None) -> Reading:
        """`value` in `unit`, read now."""
        return Reading(value, unit, *clock.stamp(), self.address, self.identity.serial, line)

    def _wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the instrument answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )

    def _check(
        self, what: str, value: float, low: float, high: float, unit: str, command: str
    ) -> None:
        """`LimitRefused` where `value` is not from `low` to `high`, all in `unit`."""
        refuse_outside(what, value, low, high, unit, address=self.address, command=command)


class ScpiInstrument(Instrument):
    """An instrument that speaks SCPI at the end of `link`."""

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._scpi = Scpi(link)
