"""Links that follow a transcript: what must be sent, in order, and what comes back."""

from __future__ import annotations

import tomllib
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from drivers.codecs import llp
from labctl import clock
from labctl.errors import LinkError

T = TypeVar("T")
GOLDEN = Path(__file__).parents[1] / "golden"


def transcript(file: str, *names: str) -> list[dict[str, Any]]:
    """The exchanges of the named scenes of `tests/golden/<file>.toml`, one after the other."""
    data = tomllib.loads((GOLDEN / f"{file}.toml").read_text(encoding="utf-8"))
    return [exchange for name in names for exchange in data["scene"][name]["exchange"]]


class ScriptedMessages:
    """A `MessageLink`; `checked` puts the check of LLP1 to every line."""

    address = "visa://scripted"

    def __init__(self, script: Sequence[dict[str, Any]], *, checked: bool = False) -> None:
        self._script = list(script)
        self._checked = checked
        self.resyncs = 0
        self.closed = 0

    async def write(self, command: str) -> None:
        assert "answer" not in self._next(command), f"{command}: an answer is left lying"

    async def query(self, command: str, timeout: float | None = None) -> str:
        exchange = self._next(command)
        await clock.sleep(exchange.get("after", 0.01))
        if "answer" not in exchange:
            raise LinkError("no answer", address=self.address, command=command)
        raw = exchange.get("raw", False)
        return llp.encode(exchange["answer"]) if self._checked and not raw else exchange["answer"]

    async def resync(self) -> None:
        self.resyncs += 1

    async def close(self) -> None:
        self.closed += 1

    def _next(self, command: str) -> dict[str, Any]:
        text = command.rpartition("*")[0] if self._checked else command
        assert self._script, f"{text!r} was sent after the transcript's end"
        exchange = self._script.pop(0)
        assert text == exchange["send"]
        return exchange

    def is_done(self) -> bool:
        return not self._script


class ScriptedRegisters:
    """A `RegisterLink` by a transcript of `read`, `count`, `answer` and `write`, `values`."""

    address = "modbus+rtu://scripted"

    def __init__(self, script: Sequence[dict[str, Any]]) -> None:
        self._script = list(script)
        self.resyncs = 0

    async def read_holding(self, register: int, count: int = 1) -> list[int]:
        exchange = self._next()
        assert exchange.get("read") == register
        return [word & 0xFFFF for word in exchange["answer"]]

    async def read_input(self, register: int, count: int = 1) -> list[int]:
        raise AssertionError("no input registers in this transcript")

    async def write_registers(self, register: int, values: Sequence[int]) -> None:
        exchange = self._next()
        assert exchange.get("write") == register
        assert list(values) == [word & 0xFFFF for word in exchange["values"]]

    async def resync(self) -> None:
        self.resyncs += 1

    async def close(self) -> None:
        """Nothing is open."""

    def _next(self) -> dict[str, Any]:
        assert self._script, "a request after the transcript's end"
        return self._script.pop(0)

    def is_done(self) -> bool:
        return not self._script


def run(body: Callable[[], Awaitable[T]]) -> T:
    """Run `body` in virtual time."""

    async def main() -> T:
        return await body()

    return clock.run(main(), virtual=True)
