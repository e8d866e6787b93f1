"""Links of binary lines that follow a transcript: frames in hexadecimal, as golden files hold them.

An exchange of a `BytesLink` has `send_hex` and, where an answer comes, `answer_hex`; one of an
`AttributeLink` has `read_value` (a UUID) with `answer_hex` or `refused`, or `notify` with
`values_hex`, or `write_value` with `value_hex`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from drivers.conformance.scripted import DELAY, Deviation, Script
from drivers.links.link import Frame
from labctl import clock
from labctl.errors import InstrumentError


class KeyedScript(Script):
    """A transcript whose exchanges name what is sent under a key of their kind."""

    def next(self, key: str, value: str) -> Mapping[str, Any]:
        """The next exchange, which must have `value` at `key`, in capitals or not."""
        exchange = self.take(f"{key} {value}")
        if exchange.get(key, "").upper() != value.upper():
            raise Deviation(f"{key} {value}, the transcript has {dict(exchange)}")
        return exchange


class ScriptedBytes(KeyedScript):
    """A `BytesLink`; a frame that does not fit is a `LinkError` with what came."""

    address = "serial://scripted"

    async def write(self, data: bytes) -> None:
        """What the transcript sends next, without an answer."""
        if "answer_hex" in self.next("send_hex", data.hex(" ")):
            raise Deviation(f"{data.hex(' ')}: an answer is left lying")

    async def exchange(self, data: bytes, expect: Frame, timeout: float | None = None) -> bytes:
        """The frame that the transcript answers with. `timeout` in s is not waited for."""
        exchange = self.next("send_hex", data.hex(" "))
        await clock.sleep(exchange.get("after", DELAY))
        answer = bytes.fromhex(exchange.get("answer_hex", ""))
        return self._frame(answer, expect, data.hex(" "))

    async def read_until(self, expect: Frame, timeout: float | None = None) -> bytes:
        """The next frame that comes by itself. `timeout` in s is not waited for."""
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


class ScriptedAttributes(KeyedScript):
    """An `AttributeLink`; notifications end with the loss of the connection."""

    address = "ble://scripted"

    async def read(self, characteristic: str) -> bytes:
        """The value that the transcript has; `InstrumentError` where it is refused."""
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
        """What the transcript writes next."""
        wanted = bytes.fromhex(self.next("write_value", characteristic)["value_hex"])
        if wanted != data:
            raise Deviation(f"{data.hex(' ')} was written, the transcript has {wanted.hex(' ')}")

    @asynccontextmanager
    async def notifications(self, characteristic: str) -> AsyncIterator[AsyncIterator[bytes]]:
        """The values that the transcript has, then the loss of the connection."""
        exchange = self.next("notify", characteristic)
        yield self._values(characteristic, exchange["values_hex"])

    async def _values(self, characteristic: str, values: list[str]) -> AsyncIterator[bytes]:
        for value in values:
            await clock.sleep(DELAY)
            yield bytes.fromhex(value)
        raise self.silence(f"notifications of {characteristic}")
