"""Talking to a New Era pump in basic mode: one command, one answer, and what its letters mean."""

from __future__ import annotations

from drivers.codecs import new_era as codec
from drivers.links.link import BytesLink
from drivers.remedies import LOOK
from labctl.errors import InstrumentError, LinkError

RESET = "R"
ALARMS = {
    RESET: "the pump was reset: its power was interrupted",
    "S": "the motor stalled",
    "T": "the time-out of safe mode",
    "E": "an error in the pumping program",
    "O": "a phase of the pumping program out of range",
}
ERRORS = {
    "": "the pump does not know the command",
    "NA": "the command does not apply now",
    "OOR": "the value is out of the pump's range",
    "COM": "the command was damaged on its way",
    "IGN": "the pump ignored the command",
}
STALLED = "look for a blocked line or a syringe at its end, then start again"


class Talk:
    """The pump of network `address` at the end of `link`; failures name command and answer.

    `lost` says that the pump was reset, or may have been: volumes count from there.
    """

    def __init__(self, link: BytesLink, address: int) -> None:
        self._link = link
        self._number = address
        self.lost = False

    @property
    def address(self) -> str:
        """The link's address."""
        return self._link.address

    async def ask(self, text: str) -> codec.Answer:
        """The answer to `text`; `InstrumentError` for an alarm and where it was refused."""
        found = await self.exchange(text)
        if found.alarm:
            remedy = STALLED if found.alarm == "S" else LOOK
            raise self.wrong(ALARMS[found.alarm], text, f"A?{found.alarm}", remedy)
        if found.error is not None:
            what = ERRORS.get(found.error, "the pump refuses the command")
            raise self.wrong(what, text, found.data)
        return found

    async def exchange(self, text: str) -> codec.Answer:
        """The answer to `text`, whatever it says; an alarm is acknowledged by having been told.

        An answer that did not come whole may have told of a reset, which is told once.
        """
        frame = b""
        try:
            frame = await self._link.exchange(codec.command(self._number, text), codec.find_answer)
            found = codec.answer(frame, self._number)
        except codec.Malformed as error:
            self.lost = True
            raise self.wrong(str(error), text, repr(frame)) from error
        except LinkError:
            self.lost = True
            raise
        self.lost |= found.alarm == RESET
        return found

    async def status(self) -> str:
        """The letter of what the pump does."""
        return (await self.ask("")).status

    async def quantity(self, text: str) -> tuple[float, str]:
        """The number and unit that the query `text` is answered with."""
        data = (await self.ask(text)).data
        try:
            return codec.quantity(data)
        except codec.Malformed as error:
            raise self.wrong(str(error), text, data) from error

    async def volumes(self) -> tuple[float, float]:
        """Volumes in m**3 infused and withdrawn since they were cleared."""
        data = (await self.ask("DIS")).data
        try:
            return codec.dispensed(data)
        except codec.Malformed as error:
            raise self.wrong(str(error), "DIS", data) from error

    async def resync(self) -> None:
        """Half a command ended, late answers dropped; the pump goes on as it is."""
        await self._link.write(codec.CR)
        await self._link.resync()
        await self.exchange("")

    async def close(self) -> None:
        """Give the line back."""
        await self._link.close()

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the pump answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )
