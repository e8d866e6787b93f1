"""Talking ProPar to one instrument: requests with their own number, answers held against them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from drivers.bronkhorst._units import Disagreeing
from drivers.codecs import propar
from drivers.codecs.propar import CorruptFrame, Parameter, Status, Value
from drivers.links.link import BytesLink
from drivers.remedies import LOOK
from labctl.errors import InstrumentError

NODE = 0x80
"""Whoever is at the end of a line of its own; the answer carries the node that was asked."""

T = TypeVar("T")


class Talk:
    """A ProPar instrument at the end of `link`; every failure names address, command, answer."""

    def __init__(self, link: BytesLink) -> None:
        self._link = link
        self._sequence = 0

    @property
    def address(self) -> str:
        """The link's address."""
        return self._link.address

    async def ask(self, *parameters: Parameter) -> list[Any]:
        """The values of `parameters`, in one message; `InstrumentError` where they are refused."""
        found = await self.try_to_ask(*parameters)
        if isinstance(found, Status):
            raise self.wrong(f"refused: {found.text}", told(parameters), f"status {found.code}")
        return found

    async def try_to_ask(self, *parameters: Parameter) -> list[Value] | Status:
        """The values of `parameters`, or the status that came instead."""
        data = await self._exchange(
            propar.read(parameters), lambda answer: propar.answer(answer, parameters)
        )
        return propar.answer(data, parameters)

    async def set(self, parameter: Parameter, value: Value) -> None:
        """Set `parameter`; `InstrumentError` where the instrument does not say that it did."""
        data = await self._exchange(propar.write(parameter, value), propar.status)
        status = propar.status(data)
        if status.code:
            what = f"refused: {status.text}"
            raise self.wrong(what, f"{told([parameter])} = {value}", f"status {status.code}")

    async def confirmed(self, parameter: Parameter, value: int) -> None:
        """Set `parameter`, a number, and read it back twice in one message."""
        await self.set(parameter, value)
        found = await self.ask(parameter, parameter)
        if found != [value, value]:
            raise self.wrong(f"{value} was not taken", told([parameter]), str(found))

    async def resync(self) -> None:
        """Late answers dropped."""
        await self._link.resync()

    async def close(self) -> None:
        """Give the line back."""
        await self._link.close()

    def sure(self, work: Callable[[], T], parameter: Parameter) -> T:
        """What `work` makes of an answer; `InstrumentError` where it cannot be true."""
        try:
            return work()
        except Disagreeing as error:
            raise self.wrong("the answer cannot be true", told([parameter]), str(error)) from error

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the instrument answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )

    async def _exchange(self, data: bytes, check: Callable[[bytes], object]) -> bytes:
        """The data of the answer to `data`; what is no answer is a failure of the line."""
        self._sequence = (self._sequence + 1) % 256
        end = propar.answer_end(self._sequence, NODE)

        def whole(buffer: bytes) -> int | None:
            used = end(bytes(buffer))
            if used is not None:
                check(_data(bytes(buffer[:used])))
            return used

        frame = propar.frame(self._sequence, NODE, data)
        return _data(await self._link.exchange(frame, whole))


def _data(answer: bytes) -> bytes:
    _, node, data = propar.unframed(propar.last_frame(answer))
    if node != NODE:
        raise CorruptFrame(f"node {node} answers for node {NODE}")
    return data


def told(parameters: Sequence[Parameter]) -> str:
    """Parameters by process and number, for an error."""
    return ", ".join(f"{one.process}/{one.number}" for one in parameters)
