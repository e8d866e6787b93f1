"""Links of text and registers that follow a transcript: what must be sent, in order, and what
comes back. One that carries bytes or attributes is in `scripted_bytes`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from drivers.codecs import llp
from labctl import clock
from labctl.errors import LinkError

DELAY = 0.01
"""Seconds to an answer that does not say when it comes."""


class Deviation(AssertionError):
    """The driver left its transcript."""


class Script:
    """Exchanges taken one after the other; counts how often it was closed and resynchronised."""

    address = "scripted://"

    def __init__(self, script: Sequence[Mapping[str, Any]]) -> None:
        self._script = list(script)
        self.resyncs = 0
        self.closed = 0

    async def resync(self) -> None:
        """Count it; a transcript is always in a known state."""
        self.resyncs += 1

    async def close(self) -> None:
        """Count it."""
        self.closed += 1

    def is_done(self) -> bool:
        """Whether everything was asked for."""
        return not self._script

    def take(self, what: str) -> Mapping[str, Any]:
        """The next exchange; `Deviation` after the last."""
        if not self._script:
            raise Deviation(f"{what} after the transcript's end")
        return self._script.pop(0)

    def silence(self, command: str, answer: str = "") -> LinkError:
        """The error of a line on which no whole answer came."""
        return LinkError("no whole answer", address=self.address, command=command, answer=answer)


class ScriptedMessages(Script):
    """A `MessageLink`; `checked` puts the check of LLP1 to every line."""

    address = "visa://scripted"

    def __init__(self, script: Sequence[Mapping[str, Any]], *, checked: bool = False) -> None:
        super().__init__(script)
        self._checked = checked

    async def write(self, command: str) -> None:
        """What the transcript sends next, without an answer."""
        if "answer" in self._next(command):
            raise Deviation(f"{command}: an answer is left lying")

    async def query(self, command: str, timeout: float | None = None) -> str:
        """The answer of the transcript. `timeout` in s is not waited for."""
        exchange = self._next(command)
        await clock.sleep(exchange.get("after", DELAY))
        if "answer" not in exchange:
            raise LinkError("no answer", address=self.address, command=command)
        raw = exchange.get("raw", False)
        return llp.encode(exchange["answer"]) if self._checked and not raw else exchange["answer"]

    def _next(self, command: str) -> Mapping[str, Any]:
        text = command.rpartition("*")[0] if self._checked else command
        exchange = self.take(repr(text))
        if text != exchange["send"]:
            raise Deviation(f"{text!r} was sent, the transcript has {exchange['send']!r}")
        return exchange


class ScriptedRegisters(Script):
    """A `RegisterLink` by a transcript of `read`, `count`, `answer` and `write`, `values`.

    Device identification is `identification` (the first object) with `objects`.
    """

    address = "modbus+tcp://scripted"

    async def read_holding(self, register: int, count: int = 1) -> list[int]:
        """The words of the transcript's next reading."""
        exchange = self.take(f"reading register {register}")
        if exchange.get("read") != register:
            raise Deviation(f"register {register} was read, the transcript has {dict(exchange)}")
        return [word & 0xFFFF for word in exchange["answer"]]

    async def read_input(self, register: int, count: int = 1) -> list[int]:
        """Transcripts hold no input registers."""
        raise Deviation(f"input register {register}: transcripts have holding registers only")

    async def read_identification(self, first: int = 0) -> dict[int, str]:
        """The objects of the transcript's next `identification`, each [number, text]."""
        exchange = self.take(f"reading identification from {first}")
        if exchange.get("identification") != first:
            raise Deviation(f"identification {first} was read, the transcript has {dict(exchange)}")
        return {number: text for number, text in exchange["objects"]}

    async def write_registers(self, register: int, values: Sequence[int]) -> None:
        """What the transcript writes next."""
        exchange = self.take(f"writing register {register}")
        wanted = [word & 0xFFFF for word in exchange.get("values", ())]
        if exchange.get("write") != register or list(values) != wanted:
            sent = f"{list(values)} were written to register {register}"
            raise Deviation(f"{sent}, the transcript has {dict(exchange)}")
