"""Talking MT-SICS over a link of bytes: one command, one line; some answer with two."""

from __future__ import annotations

from typing import NoReturn

from drivers.codecs import sics
from drivers.links.link import BytesLink
from drivers.remedies import LOOK
from labctl.errors import InstrumentError, LinkError

ZERO, NUMBER = "Z", "I4"
"""`I4` tells the serial number, which the balance also sends by itself when it was switched on."""

PROMPT = 0.5
"""Seconds in which the number comes; later it is that of a balance that was switched on."""

MEANINGS = {
    sics.SYNTAX: "the balance does not know the command",
    sics.LOGIC: "the balance cannot carry the command out",
    sics.BUSY: "the balance is busy, or the weight is not stable",
    sics.ABOVE: "overload",
    sics.BELOW: "underload",
    "L": "the balance does not take the parameter",
}
BEYOND = {
    sics.ABOVE: "the load is above the range of zeroing",
    sics.BELOW: "the load is below the range of zeroing",
}
"""What the signs mean after a command that zeroes."""

REMEDIES = {
    sics.BUSY: "wait, and keep draught and vibration from the balance",
    sics.ABOVE: "take load off the pan",
    sics.BELOW: "put the pan on",
}


class Talk:
    """A balance at the end of `link`; every failure names address, command and answer.

    `fell_silent` says that a command was not answered at all, or that the balance told that it was
    switched on: it may have restarted.
    """

    def __init__(self, link: BytesLink) -> None:
        self._link = link
        self.fell_silent = False

    @property
    def address(self) -> str:
        """The link's address."""
        return self._link.address

    async def ask(self, command: str, timeout: float | None = None) -> str:
        """The line that `command` is answered with; `timeout` in s."""
        try:
            frame = await self._link.exchange(sics.line(command), sics.find_line, timeout)
        except LinkError as error:
            self.fell_silent |= not error.answer
            raise
        return self._line(command, frame)

    async def then(self, command: str, timeout: float) -> str:
        """The next line of the answer to `command`, which comes by itself; `timeout` in s."""
        return self._line(command, await self._link.read_until(sics.find_line, timeout))

    async def number(self) -> str:
        """The balance's serial number."""
        return await self.text(NUMBER, PROMPT)

    async def text(self, command: str, timeout: float | None = None) -> str:
        """The text that `command` is answered with; `timeout` in s."""
        answer = await self.ask(command, timeout)
        try:
            return sics.text(answer, command)
        except sics.Malformed as error:
            raise self.wrong(str(error), command, answer) from error

    async def weight(
        self, command: str, name: str | None = None, timeout: float | None = None
    ) -> sics.Weight:
        """The weight that `command` is answered with, under its own or another `name`.

        `InstrumentError` says what was answered instead. `timeout` in s.
        """
        name, answer = name or command, await self.ask(command, timeout)
        self.refuse(command, sics.status(answer, name), answer)
        try:
            return sics.weight(answer, name)
        except sics.Malformed as error:
            raise self.wrong(str(error), command, answer) from error

    async def done(self, command: str, timeout: float | None = None) -> None:
        """Have `command` carried out; `InstrumentError` where it was not. `timeout` in s."""
        answer = await self.ask(command, timeout)
        self.expect_done(command, answer)

    def expect_done(self, command: str, answer: str) -> None:
        """`InstrumentError` where `answer` does not say that `command` was carried out."""
        status = sics.status(answer, command)
        if status != sics.DONE:
            self.refuse(command, status, answer)
            raise self.wrong("the answer makes no sense", command, answer)

    def refuse(self, command: str, status: str | None, answer: str) -> None:
        """`InstrumentError` where `status` says that `command` was not carried out."""
        if status in MEANINGS:
            meanings = MEANINGS | BEYOND if command == ZERO else MEANINGS
            raise self.wrong(meanings[status], command, answer, REMEDIES.get(status, LOOK))

    async def resync(self) -> None:
        """End half a command, drop what is answered."""
        await self._link.write(sics.TERMINATOR)
        await self._link.resync()

    async def close(self) -> None:
        """Give the line back."""
        await self._link.close()

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the balance answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )

    def _line(self, command: str, frame: bytes) -> str:
        answer = sics.text_of(frame)
        if command != NUMBER and sics.is_text(answer, NUMBER):
            self.fell_silent = True
            raise self.wrong("the balance has restarted", command, answer, "zero it, tare again")
        if answer == sics.TRANSMISSION:
            self._damaged(command, answer)
        if answer in MEANINGS:
            raise self.wrong(MEANINGS[answer], command, answer)
        return answer

    def _damaged(self, command: str, answer: str) -> NoReturn:
        raise LinkError(
            "the command was damaged on its way",
            address=self.address,
            command=command,
            answer=answer,
            remedy="check the cable, the port's speed and parity",
        )
