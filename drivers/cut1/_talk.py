"""Talking CUT1 to a program: what it does not do, or does wrongly, is its own error."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from drivers.codecs import cut1
from drivers.links.link_programs import ProcessLink
from labctl.errors import Defect, InstrumentError, LinkError
from labctl.evidence import Identity

T = TypeVar("T")

SHOWN = 200
"""Characters of a command or an answer that an error shows."""

HELP = "run the program by hand with the lines of docs/protocols/cut1.md"


class Talk:
    """A program at the end of `link`; every failure names address, command, answer and remedy."""

    def __init__(self, link: ProcessLink) -> None:
        self.link = link
        self._identity: Identity | None = None

    @property
    def identity(self) -> Identity:
        """Who answered to `identify()`."""
        if self._identity is None:
            raise Defect("the program was not identified", address=self.link.address)
        return self._identity

    async def identify(self) -> Identity:
        """Ask who it is; `InstrumentError` where it does not speak CUT1."""
        maker, model, serial, version = await self.read("ID?", cut1.identity)
        self._identity = Identity(maker, model, serial, version)
        return self._identity

    async def command(self, line: str) -> None:
        """Send `line`, which is answered `OK`; `InstrumentError` for anything else."""
        answer = await self.ask(line)
        if answer != "OK":
            raise self.wrong("the system under test refuses", line, answer)

    async def read(self, line: str, parse: Callable[[str], T], timeout: float | None = None) -> T:
        """The answer to `line` as `parse` reads it. `timeout` in s."""
        answer = await self.ask(line, timeout)
        if answer.startswith("!"):
            raise self.wrong("the system under test refuses", line, answer)
        try:
            return parse(answer)
        except ValueError as error:
            raise self.wrong(f"the answer makes no sense: {error}", line, answer) from error

    async def ask(self, line: str, timeout: float | None = None) -> str:
        """The answer to `line`. `timeout` in s.

        A program that hangs or dies has been killed and waited for when `InstrumentError` leaves.
        """
        try:
            return await self.link.query(line, timeout)
        except LinkError as error:
            what = f"the system under test hangs or has died: {error.message}"
            raise self.wrong(what, line, error.answer) from error

    def wrong(self, what: str, command: str, answer: str, remedy: str = HELP) -> InstrumentError:
        """The error of an answer that is wrong."""
        return InstrumentError(
            what,
            address=self.link.address,
            command=command[:SHOWN],
            answer=answer[:SHOWN],
            remedy=remedy,
        )
