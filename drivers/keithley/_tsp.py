"""Talking TSP over a message link: statements are sent, values come back by `print()` alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from drivers.codecs import scpi, tsp
from drivers.links.link import MessageLink
from drivers.remedies import LOOK
from labctl.errors import InstrumentError, LinkError
from labctl.evidence import Identity

T = TypeVar("T")

COUNT = "print(errorqueue.count)"
NEXT = "print(errorqueue.next())"
CLEAR = "errorqueue.clear()"

QUEUE_LIMIT = 64
"""Entries read before an error queue is taken for one that never empties."""

EXPLAIN_TIMEOUT = 1.0
"""Seconds to wait for the error of a statement that was not answered."""


class Tsp:
    """A TSP instrument at the end of `link`; every failure names address, statement, answer."""

    def __init__(self, link: MessageLink) -> None:
        self._link = link

    @property
    def address(self) -> str:
        """The link's address."""
        return self._link.address

    async def set(self, *statements: str) -> None:
        """Send statements, a line each; `InstrumentError` with every entry of the error queue."""
        for statement in statements:
            await self._link.write(statement)
        errors = await self.errors()
        if errors:
            texts = "; ".join(f"{entry.code} {entry.text}" for entry in errors)
            raise self.wrong("statements were refused", "; ".join(statements), texts)

    async def number(self, expression: str, timeout: float | None = None) -> float:
        """The number that `expression` has. `timeout` in s."""
        return await self._read(f"print({expression})", tsp.number, timeout)

    async def numbers(
        self, expression: str, count: int, timeout: float | None = None
    ) -> list[float]:
        """The `count` numbers that `expression` has. `timeout` in s."""
        command = f"print({expression})"
        values = await self._read(command, tsp.numbers, timeout)
        if len(values) != count:
            raise self.wrong(f"{len(values)} numbers, {count} expected", command, str(values[:8]))
        return values

    async def is_true(self, expression: str) -> bool:
        """The truth value that `expression` has."""
        return await self._read(f"print({expression})", tsp.truth)

    async def is_on(self, expression: str) -> bool:
        """The state 0 or 1 that `expression` has."""
        command = f"print({expression})"
        state = await self._read(command, tsp.whole)
        if state not in (0, 1):
            raise self.wrong("the answer is no state, 0 or 1", command, str(state))
        return state == 1

    async def errors(self) -> list[scpi.ErrorEntry]:
        """Take all entries out of the error queue, oldest first."""
        found: list[scpi.ErrorEntry] = []
        while await self._read(COUNT, tsp.whole) != 0:
            found.append(await self._read(NEXT, tsp.error_entry))
            if len(found) > QUEUE_LIMIT:
                raise self.wrong("the error queue never empties", NEXT, found[-1].text)
        return found

    async def identity(self, maker: str, model: str) -> Identity:
        """Who answers `*IDN?`; `InstrumentError` where it is not `model` of `maker`."""
        fields = await self._read("*IDN?", scpi.idn)
        words = fields.model.split()
        if not fields.maker.upper().startswith(maker.upper()) or words[-1].upper() != model:
            raise self.wrong(
                f"this is no {maker} {model}",
                "*IDN?",
                ",".join(fields),
                "correct the address or the driver in the bench file",
            )
        return Identity(fields.maker, words[-1], fields.serial, fields.firmware)

    async def resync(self) -> None:
        """Line cleared, a running script ended, error queue empty."""
        await self._link.resync()
        await self._link.write("abort")
        await self.set(CLEAR)

    async def close(self) -> None:
        """Give the line back."""
        await self._link.close()

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the instrument answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )

    async def _read(
        self, command: str, decode: Callable[[str], T], timeout: float | None = None
    ) -> T:
        try:
            answer = await self._link.query(command, timeout)
        except LinkError as silence:
            await self._explain(command, silence)
            raise
        try:
            return decode(answer)
        except (tsp.TspError, scpi.ScpiError) as error:
            raise self.wrong(str(error), command, answer) from error

    async def _explain(self, command: str, silence: LinkError) -> None:
        """`InstrumentError` with what the instrument says of the statement it did not answer."""
        if command in (COUNT, NEXT):
            return
        try:
            entry = tsp.error_entry(await self._link.query(NEXT, EXPLAIN_TIMEOUT))
        except (LinkError, tsp.TspError):
            return  # it is silent altogether: the first failure says so
        if entry.code != 0:
            text = f"{entry.code} {entry.text}"
            raise self.wrong("there was no answer but an error", command, text) from silence
