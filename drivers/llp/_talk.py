"""Talking the labctl line protocol 1 (docs/protocols/llp1.md) over a message link."""

from __future__ import annotations

import math

from drivers.codecs import llp
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.remedies import LOOK
from labctl import clock
from labctl.errors import InstrumentError, LinkError
from labctl.evidence import Identity

CHECK_REFUSED = 1
"""Error number with which an instrument refuses a line that was damaged on its way."""


def read_only(*queries: str) -> frozenset[str]:
    """`queries`, which change nothing, as they go over the line."""
    return frozenset(llp.encode(query) for query in queries)


class _Damaged(LinkError):
    """A line whose check is wrong: whole, but not as it was sent."""


class Talk:
    """An LLP1 instrument at the end of `link`; every failure names address, command, answer.

    What `settings` call idempotent is asked again where an answer was damaged on its way.
    """

    def __init__(self, link: MessageLink, settings: MessageSettings) -> None:
        self._link = link
        self._settings = settings

    @property
    def address(self) -> str:
        """The link's address."""
        return self._link.address

    async def command(self, text: str, timeout: float | None = None) -> None:
        """Have a command carried out; `InstrumentError` where it is refused. `timeout` in s."""
        answer = await self._exchange(text, timeout)
        if not isinstance(answer, llp.Done):
            raise self.wrong("a command was answered with values", text, str(answer))

    async def values(self, query: str, count: int) -> tuple[str, ...]:
        """The `count` values that a query is answered with, as text."""
        answer = await self._exchange(query, None)
        if not isinstance(answer, llp.Values) or len(answer.values) != count:
            raise self.wrong(f"the answer has not {count} values", query, str(answer))
        return answer.values

    async def number(self, query: str) -> float:
        """The finite number that a query is answered with."""
        (text,) = await self.values(query, 1)
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self.wrong("the answer is no number", query, text)
        return value

    async def is_on(self, query: str) -> bool:
        """The state 0 or 1 that a query is answered with."""
        (text,) = await self.values(query, 1)
        if text not in ("0", "1"):
            raise self.wrong("the answer is no state, 0 or 1", query, text)
        return text == "1"

    async def identity(self, model: str) -> Identity:
        """Who answers `ID?`; `InstrumentError` where it is not `model`."""
        fields = [field.replace("_", " ") for field in await self.values("ID?", 4)]
        if fields[1] != model:
            raise self.wrong(
                f"this is no {model}",
                "ID?",
                " ".join(fields),
                "correct the address or the driver in the bench file",
            )
        return Identity(*fields)

    async def resync(self) -> None:
        """Line in a known state, count of refused commands cleared."""
        await self._link.resync()
        await self.number("ERR?")

    async def close(self) -> None:
        """Give the line back."""
        await self._link.close()

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the instrument answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )

    async def _exchange(self, text: str, timeout: float | None) -> llp.Answer:
        if llp.encode(text) in self._settings.idempotent:
            for wait in self._settings.backoff.waits():
                try:
                    return await self._once(text, timeout)
                except _Damaged:
                    await clock.sleep(wait)
        return await self._once(text, timeout)

    async def _once(self, text: str, timeout: float | None) -> llp.Answer:
        line = await self._link.query(llp.encode(text), timeout)
        try:
            answer = llp.decode(line)
        except llp.CorruptLine as error:
            raise self._damaged(str(error), text, line) from error
        if isinstance(answer, llp.Refused):
            if answer.number == CHECK_REFUSED:
                raise self._damaged("the command was damaged on its way", text, line)
            raise self.wrong("the command was refused", text, f"!{answer.number} {answer.text}")
        return answer

    def _damaged(self, what: str, command: str, answer: str) -> _Damaged:
        return _Damaged(
            what,
            address=self.address,
            command=command,
            answer=answer,
            remedy="check the cable, its shield and the speed of the port",
        )
