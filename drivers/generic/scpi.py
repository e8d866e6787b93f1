"""Talking SCPI over a message link: answers are checked, the error queue is read after settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from drivers.codecs import scpi
from drivers.links.link import MessageLink
from drivers.remedies import LOOK
from labctl.errors import InstrumentError, LinkError
from labctl.evidence import Identity

T = TypeVar("T")

ERROR_QUERY = ":SYST:ERR?"

EXPLAIN_TIMEOUT = 1.0
"""Seconds to wait for the error of a command that was not answered."""

QUEUE_LIMIT = 64
"""Entries read before an error queue is taken for one that never empties."""


class Scpi:
    """An SCPI instrument at the end of `link`; every failure names address, command, answer.

    `error_query` takes an entry out of its error queue, where that is not the one of SCPI.
    """

    def __init__(self, link: MessageLink, error_query: str = ERROR_QUERY) -> None:
        self._link = link
        self._error_query = error_query

    @property
    def address(self) -> str:
        """The link's address."""
        return self._link.address

    async def text(self, command: str, timeout: float | None = None) -> str:
        """The answer to a query; an empty one is an `InstrumentError`. `timeout` in s.

        An instrument that does not answer is asked for its errors: where it states one, that is
        the `InstrumentError`, else the `LinkError` stands.
        """
        answer = (await self._ask(command, timeout)).strip()
        if not answer:
            raise self.wrong("the answer is empty", command, answer)
        return answer

    async def number(self, command: str, timeout: float | None = None) -> float:
        """The number that a query is answered with; `InstrumentError` for anything else.

        `timeout` in s.
        """
        return await self._read(command, scpi.measured, timeout)

    async def numbers(self, command: str, count: int, timeout: float | None = None) -> list[float]:
        """`count` comma-separated numbers; `InstrumentError` for anything else. `timeout` in s."""
        values = await self._read(command, scpi.numbers, timeout)
        if len(values) != count:
            raise self.wrong(
                f"{len(values)} numbers answered, {count} expected", command, str(values[:8])
            )
        return values

    async def block(self, command: str, length: int, timeout: float | None = None) -> bytes:
        """The `length` bytes of the block that a query is answered with. `timeout` in s.

        The query stands among the `blocks` of the link's settings. A block of another length is an
        `InstrumentError`; one that has not the length it announces is a `LinkError` that says so.
        """
        try:
            answer = await self._ask(command, timeout)
        except LinkError as error:
            if error.answer.startswith("#"):
                raise _unlike_announced(error) from error
            raise
        try:
            data, _ = scpi.block(answer.encode("latin-1"))
        except ValueError as error:
            raise self.wrong(f"this is no block of bytes ({error})", command, answer) from error
        if data is None or len(data) != length:
            found = "fewer than it announces" if data is None else str(len(data))
            head = answer[: scpi.LONGEST_HEAD]
            what = f"a block of the wrong length: {length} bytes asked for, it has {found}"
            raise self.wrong(what, command, head)
        return data

    async def is_on(self, command: str) -> bool:
        """The state 0 or 1 that a query is answered with."""
        answer = await self.text(command)
        if answer not in ("0", "1"):
            raise self.wrong("the answer is no state, 0 or 1", command, answer)
        return answer == "1"

    async def set(self, *commands: str) -> None:
        """Send settings as one message; `InstrumentError` with every entry of the error queue."""
        message = ";".join(commands)
        await self._link.write(message)
        errors = await self.errors()
        if errors:
            raise self.wrong(
                "settings were refused", message, "; ".join(f"{e.code} {e.text}" for e in errors)
            )

    async def errors(self) -> list[scpi.ErrorEntry]:
        """Take all entries out of the error queue, oldest first."""
        found: list[scpi.ErrorEntry] = []
        while True:
            entry = await self._read(self._error_query, scpi.error_entry)
            if entry.code == 0:
                return found
            found.append(entry)
            if len(found) > QUEUE_LIMIT:
                raise self.wrong("the error queue never empties", self._error_query, entry.text)

    async def identity(self, maker: str, model: str) -> Identity:
        """Who answers `*IDN?`; `InstrumentError` where it is not `model` of `maker`.

        `maker` is the beginning of the first field; `model` the last word of the second.
        """
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

    async def who(self, model: str = "") -> Identity:
        """Who answers `*IDN?`, of any maker; `InstrumentError` where it is no `model`, if given."""
        fields = await self._read("*IDN?", scpi.idn)
        name = fields.model.upper()
        if model and model.upper() not in (name, name.split()[-1]):
            raise self.wrong(
                f"this is no {model}",
                "*IDN?",
                ",".join(fields),
                "correct the address or the role's options in the bench file",
            )
        return Identity(*fields)

    async def resync(self) -> None:
        """Line and error queue in a known state: line cleared, queue and status cleared."""
        await self._link.resync()
        await self.set("*CLS")

    async def close(self) -> None:
        """Give the line back."""
        await self._link.close()

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the instrument answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )

    async def _ask(self, command: str, timeout: float | None) -> str:
        try:
            return await self._link.query(command, timeout)
        except LinkError as silence:
            await self._explain(command, silence)
            raise

    async def _explain(self, command: str, silence: LinkError) -> None:
        """`InstrumentError` with what the instrument says of the command it did not answer."""
        if command == self._error_query:
            return
        try:
            entry = scpi.error_entry(await self._link.query(self._error_query, EXPLAIN_TIMEOUT))
        except (LinkError, scpi.ScpiError):
            return  # it is silent altogether: the first failure says so
        if entry.code != 0:
            raise self.wrong(
                "there was no answer but an error", command, f"{entry.code} {entry.text}"
            ) from silence

    async def _read(
        self, command: str, decode: Callable[[str], T], timeout: float | None = None
    ) -> T:
        answer = await self.text(command, timeout)
        try:
            return decode(answer)
        except scpi.ScpiError as error:
            raise self.wrong(str(error), command, answer) from error


def _unlike_announced(error: LinkError) -> LinkError:
    """Says of a block that came broken what is wrong with it."""
    return LinkError(
        f"a block of the wrong length, not the one it announces: {error.message}",
        address=error.address,
        command=error.command,
        answer=error.answer,
        remedy=error.remedy,
    )
