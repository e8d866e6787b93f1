"""Talking to an SRS RGA: texts and ion currents; what a silent head thought of the command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from drivers.codecs import srs_rga as codec
from drivers.codecs.srs_rga import CorruptAnswer
from drivers.links.link import BytesLink, Frame
from drivers.remedies import LOOK
from drivers.srs import _errors as errors
from labctl.errors import InstrumentError, LinkError

T = TypeVar("T")

SETTLING = 30.0
"""Seconds in which a scan sends its first ion current, after the checks of its zero."""

SLOWEST = 10.0
"""Seconds between two ion currents at most, at the lowest noise floor."""


class Talk:
    """A head at the end of `link`; every failure names address, command, answer."""

    def __init__(self, link: BytesLink) -> None:
        self._link = link

    @property
    def address(self) -> str:
        """The link's address."""
        return self._link.address

    async def ask(self, name: str, parse: Callable[[str], T]) -> T:
        """What `parse` makes of the answer to the query `name`."""
        return await self._text(codec.command(name, "?"), parse, None)

    async def act(self, name: str, parameter: str = "", timeout: float | None = None) -> int:
        """Carry out a command that ends with the STATUS byte, within `timeout` in s."""
        return await self._text(codec.command(name, parameter), codec.integer, timeout)

    async def tell(self, name: str, parameter: str) -> None:
        """Send a command that has no answer."""
        await self._link.write(codec.command(name, parameter))

    async def set(self, name: str, value: int) -> None:
        """Set a whole number and read it back."""
        await self.tell(name, str(value))
        found = await self.ask(name, codec.integer)
        if found != value:
            why = await self.described(1 << errors.COMMUNICATION)
            raise self.wrong(f"{value} was not taken", name, f"{found} {why}".strip())

    async def currents(self, name: str, parameter: str, count: int) -> list[float]:
        """`count` ion currents in A that a command sends."""
        command = codec.command(name, parameter)
        found = [await self._first(command, codec.current_end, SETTLING)]
        while len(found) < count:
            found.append(await self._link.read_until(codec.current_end, SLOWEST))
        return [codec.current(data) for data in found]

    async def stop(self) -> None:
        """End whatever is running, RF and DC off; late answers and old complaints dropped.

        It is said twice: half a command that was left on the line spoils the first.
        """
        for _ in range(2):
            await self.tell("MR", "0")
            await self._link.resync()
        await self.ask("EC", codec.integer)

    async def close(self) -> None:
        """Give the line back."""
        await self._link.close()

    async def no_error(self, command: str) -> None:
        """`InstrumentError` where STATUS says that something went wrong in `command`."""
        status = await self.ask("ER", codec.integer)
        if status:
            raise self.wrong(await self.described(status), command, f"STATUS {status}")

    async def described(self, status: int) -> str:
        """What the error bytes say that STATUS points at; reading them clears most."""
        parts: list[str] = []
        for bit, (query, what) in errors.BYTES.items():
            if status >> bit & 1:
                byte = await self.ask(query, codec.integer)
                parts.append(f"{what}: {errors.words(query, byte) or f'error byte {byte}'}")
        return "; ".join(parts)

    def wrong(
        self, what: str, command: str, answer: str | Sequence[str], remedy: str = LOOK
    ) -> InstrumentError:
        """The error that says that the instrument answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=command, answer=str(answer), remedy=remedy
        )

    async def _text(self, command: bytes, parse: Callable[[str], T], timeout: float | None) -> T:
        answer = codec.text(await self._first(command, codec.text_end, timeout))
        try:
            return parse(answer)
        except CorruptAnswer as error:
            what, sent = "the answer is not one to this command", command.decode("ascii").strip()
            raise self.wrong(what, sent, answer) from error

    async def _first(self, command: bytes, end: Frame, timeout: float | None) -> bytes:
        """The first part of an answer; a head that is silent has refused the command."""
        try:
            return await self._link.exchange(command, end, timeout)
        except LinkError as error:
            if error.answer or command == codec.command("EC", "?"):
                raise
            byte = await self.ask("EC", codec.integer)
            if not byte:
                raise
            sent = command.decode("ascii").strip()
            raise self.wrong(f"refused: {errors.words('EC', byte)}", sent, f"EC {byte}") from error
