"""Talking to a Rodeostat: a command and its answer, a test and its samples."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from drivers.codecs import rodeostat as codec
from drivers.codecs.rodeostat import CorruptLine, End, Reply, Sample
from drivers.links.link import BytesLink
from drivers.remedies import LOOK
from labctl.errors import InstrumentError

MOST_LEFT = 10_000
"""Samples that may be left over of a test that was stopped."""

MARGIN = 2.0
"""Seconds that a sample may come later than its time."""


class Talk:
    """A Rodeostat at the end of `link`; every failure names address, command, answer."""

    def __init__(self, link: BytesLink) -> None:
        self._link = link

    @property
    def address(self) -> str:
        """The link's address."""
        return self._link.address

    async def call(self, command: str, **values: object) -> Mapping[str, Any]:
        """What the answer to `command` holds; `InstrumentError` where it is refused."""
        sent = codec.encode(command, **values)
        line = _last_line(await self._link.exchange(sent, codec.reply_end))
        reply = codec.decode(line)
        text = line.decode("ascii").strip()
        if not isinstance(reply, Reply) or not reply.success:
            why = reply.message if isinstance(reply, Reply) else "another line"
            raise self.wrong(f"refused: {why}", command, text)
        if reply.values.get("command") != command:
            raise self.wrong("the answer is one to another command", command, text)
        return reply.values

    async def number(self, command: str, key: str, **values: object) -> float:
        """A number in the answer to `command`."""
        found = await self.call(command, **values)
        try:
            return codec.number(found.get(key))
        except CorruptLine as error:
            raise self.wrong(f"no number {key}", command, str(dict(found))) from error

    async def word(self, command: str, key: str) -> str:
        """A text in the answer to `command`."""
        found = await self.call(command)
        if not isinstance(found.get(key), str):
            raise self.wrong(f"no text {key}", command, str(dict(found)))
        return found[key]

    async def flag(self, command: str, key: str) -> bool:
        """A true or false in the answer to `command`."""
        found = await self.call(command)
        if not isinstance(found.get(key), bool):
            raise self.wrong(f"no true or false {key}", command, str(dict(found)))
        return found[key]

    async def set(self, command: str, key: str, value: object) -> None:
        """Set `key` to `value`; `InstrumentError` where the answer has another value."""
        found = await self.call(command, **{key: value})
        if found.get(key) != value:
            raise self.wrong(f"{value} was not taken", command, str(dict(found)))

    async def parameters(self, test: str, wanted: Mapping[str, float]) -> None:
        """Set the parameters of `test`; `InstrumentError` where others come back."""
        found = await self.call("setParam", test=test, param=dict(wanted))
        taken = found.get("param")
        told = taken if isinstance(taken, dict) else {}
        if not all(_same(told.get(key), value) for key, value in wanted.items()):
            raise self.wrong(f"{dict(wanted)} were not taken", "setParam", str(dict(found)))

    async def run(self, test: str, period: int) -> list[Sample]:
        """Run `test` to its end; its samples, one every `period` in ms."""
        await self.call("runTest", test=test)
        samples: list[Sample] = []
        while isinstance(found := await self._line(1e-3 * period + MARGIN), Sample):
            samples.append(found)
        if not isinstance(found, End):
            raise self.wrong("an answer in the middle of a test", "runTest", str(found))
        return samples

    async def end_line(self) -> None:
        """End half a command that somebody left on the line, which would spoil the next one."""
        await self._link.write(b"\n")

    async def stop(self) -> None:
        """End a test that runs; what it has measured, and late answers, are dropped.

        A line on which samples come all the time is told to stop before an answer is taken from it.
        """
        await self._link.write(codec.encode("stopTest"))
        await self._link.resync()
        await self.call("stopTest")
        for _ in range(MOST_LEFT):
            if isinstance(await self._line(MARGIN), End):
                return
        raise self.wrong("a test does not end", "stopTest", "samples", "switch it off and on")

    async def close(self) -> None:
        """Give the line back."""
        await self._link.close()

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the instrument answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )

    async def _line(self, timeout: float) -> Reply | Sample | End:
        return codec.decode(await self._link.read_until(_whole_line, timeout))


def _whole_line(buffer: bytes) -> int | None:
    """The end of the first line, which says something."""
    end = codec.line_end(buffer)
    if end is not None:
        codec.decode(buffer[:end])
    return end


def _last_line(answer: bytes) -> bytes:
    return bytes(answer).splitlines(keepends=True)[-1]


def _same(told: object, wanted: float) -> bool:
    """Whether a parameter came back, as the firmware's single precision has it."""
    if isinstance(told, bool) or not isinstance(told, int | float):
        return False
    return math.isclose(told, wanted, rel_tol=1e-5, abs_tol=1e-6)
