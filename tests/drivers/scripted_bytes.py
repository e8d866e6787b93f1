"""Links of binary lines that follow a transcript: frames in hexadecimal, as golden files hold them.

An exchange of a `BytesLink` has `send_hex` and, where an answer comes, `answer_hex`; one of an
`AttributeLink` has `read_value` (a UUID) with `answer_hex` or `refused`, or `notify` with
`values_hex`, or `write_value` with `value_hex`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from drivers.links.link import Frame
from labctl import clock
from labctl.errors import InstrumentError, LinkError

DELAY = 0.01


class Script:
    """Exchanges taken one after the other."""

    address = "scripted://"

    def __init__(self, script: Sequence[dict[str, Any]]) -> None:
        self._script = list(script)
        self.resyncs = 0
        self.closed = 0

    async def resync(self) -> None:
        self.resyncs += 1

    async def close(self) -> None:
        self.closed += 1

    def is_done(self) -> bool:
        return not self._script

    def next(self, key: str, value: str) -> dict[str, Any]:
        assert self._script, f"{key} {value} after the transcript's end"
        exchange = self._script.pop(0)
        assert exchange.get(key, "").upper() == value.upper()
        return exchange

    def silence(self, command: str, answer: str = "") -> LinkError:
        return LinkError("no whole answer", address=self.address, command=command, answer=answer)


class ScriptedBytes(Script):
    """A `BytesLink`; a frame that does not fit is a `LinkError` with what came."""

    address = "serial://scripted"

    async def write(self, data: bytes) -> None:
        assert "answer_hex" not in self.next("send_hex", data.hex(" "))

    async def exchange(self, data: bytes, expect: Frame, timeout: float | None = None) -> bytes:
        exchange = self.next("send_hex", data.hex(" "))
        await clock.sleep(exchange.get("after", DELAY))
        answer = bytes.fromhex(exchange.get("answer_hex", ""))
        return self._frame(answer, expect, data.hex(" "))

    async def read_until(self, expect: Frame, timeout: float | None = None) -> bytes:
        exchange = self.next("send_hex", "")
        return self._frame(bytes.fromhex(exchange.get("answer_hex", "")), expect, "")

    def _frame(self, answer: bytes, expect: Frame, command: str) -> bytes:
        try:
            used = expect(answer)
        except ValueError as error:
            raise self.silence(command, answer.hex(" ")) from error
        if used is None:
            raise self.silence(command, answer.hex(" "))
        return answer[:used]


class ScriptedAttributes(Script):
    """An `AttributeLink`; notifications end with the loss of the connection."""

    address = "ble://scripted"

    async def read(self, characteristic: str) -> bytes:
        exchange = self.next("read_value", characteristic)
        await clock.sleep(exchange.get("after", DELAY))
        if "refused" in exchange:
            raise InstrumentError(
                exchange["refused"], address=self.address, command=f"read {characteristic}"
            )
        if "answer_hex" not in exchange:
            raise self.silence(f"read {characteristic}")
        return bytes.fromhex(exchange["answer_hex"])

    async def write(self, characteristic: str, data: bytes, *, response: bool = True) -> None:
        assert bytes.fromhex(self.next("write_value", characteristic)["value_hex"]) == data

    @asynccontextmanager
    async def notifications(self, characteristic: str) -> AsyncIterator[AsyncIterator[bytes]]:
        exchange = self.next("notify", characteristic)
        yield self._values(characteristic, exchange["values_hex"])

    async def _values(self, characteristic: str, values: list[str]) -> AsyncIterator[bytes]:
        for value in values:
            await clock.sleep(DELAY)
            yield bytes.fromhex(value)
        raise self.silence(f"notifications of {characteristic}")
