"""An instrument that answers from a recorded trace (docs/protocols/trace.md).

It answers the transactions in their order and keeps their durations. What is asked must be what was
asked then; anything else is a `BenchError` that names the trace, what was asked and what the trace
has next, and the replay stays where it was. The serial number of its identity gets the prefix
`SIM-`.

Traces of kind message, bytes and register can be replayed; of attributes, topics, processes,
folders and vendor libraries they cannot. The serial number is found in the answer to `*IDN?` or
`ID?` and replaced in every later text; an identity may tell none. Registers hold it where no trace
tells: such a replay is simulated by its bench alone, unless `RegisterReplay` is told where it
stands.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from labctl.errors import BenchError
from sim_backends.emulators.modbus_device import ModbusDevice, NoAnswer
from sim_backends.emulators.modbus_rtu import ModbusError
from sim_backends.emulators.outbox import Outbox
from sim_backends.emulators.trace_file import Trace, Transaction
from sim_backends.faults import resealed

SIM = "SIM-"
_IDENTITY = ("*IDN?", "ID?")
_DEVICE_FAILURE = 4
"""Modbus exception where the trace does not say which one it was."""


class Script:
    """A trace's transactions in turn."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._next = 0

    def expected(self) -> Transaction | None:
        """The next transaction; None at the end of the trace."""
        items = self._trace.transactions
        return items[self._next] if self._next < len(items) else None

    def take(self) -> None:
        """The next transaction is under way."""
        self._next += 1

    def other(self, asked: object) -> BenchError:
        """What to raise where something else was asked."""
        expected = self.expected()
        then = "ends" if expected is None else f"has {expected.op} {expected.sent!r}"
        return BenchError(
            f"{self._trace.name}: asked for {asked!r} where the trace {then}, "
            f"after {self._next} transactions",
            remedy="do what was done when the trace was recorded, in the same order",
        )


class StreamReplay:
    """A trace of kind message or bytes on a byte line; fits `Emulator`."""

    def __init__(self, trace: Trace) -> None:
        self._script = Script(trace)
        self._lines = trace.kind == "message"
        self._end = trace.ends[1].encode("utf-8")
        self._host_end = trace.ends[0].encode("utf-8")
        self._buffer = b""
        self._outbox = Outbox()
        self._serial = ""

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream."""
        self._buffer += data
        if not self._lines:
            self._match_bytes(t)
            return
        *lines, self._buffer = self._buffer.split(self._host_end)
        for line in lines:
            self._match_line(line.strip(b"\r\n").decode("utf-8", "replace"), t)

    def due(self) -> float | None:
        """When the next answer leaves."""
        return self._outbox.due()

    def send(self, t: float) -> bytes:
        """The bytes that have left by `t`."""
        return self._outbox.take(t)

    def clear(self, t: float) -> None:
        """Half a message and waiting answers are lost."""
        self._buffer = b""
        self._outbox.clear()

    def _match_line(self, text: str, t: float) -> None:
        expected = self._script.expected()
        if not text and (expected is None or expected.sent):
            return  # An empty line clears the line after a failure; no transaction is traced.
        if expected is None or expected.sent != text:
            raise self._script.other(text)
        self._script.take()
        if expected.op == "query" and expected.error != "link":
            answer = expected.answer if expected.error else str(expected.received)
            data = _line_of(self._marked(text, answer)) + self._end
            self._outbox.put(data, t + expected.took)

    def _match_bytes(self, t: float) -> None:
        while (expected := self._script.expected()) is not None:
            wanted = b"" if expected.sent is None else bytes.fromhex(expected.sent)
            if not self._buffer.startswith(wanted):
                break
            self._buffer = self._buffer[len(wanted) :]
            self._script.take()
            if expected.received is not None and expected.error != "link":
                self._outbox.put(bytes.fromhex(expected.received), t + expected.took)
        if self._buffer and not self._may_become():
            asked, self._buffer = self._buffer.hex(" "), b""
            raise self._script.other(asked)

    def _may_become(self) -> bool:
        expected = self._script.expected()
        if expected is None or expected.sent is None:
            return False
        return bytes.fromhex(expected.sent).startswith(self._buffer)

    def _marked(self, question: str, answer: str) -> str:
        """`answer` with the serial number marked as simulated, its check made right."""
        # The check of an LLP1 message stands behind its asterisk.
        if not self._serial and (question in _IDENTITY or question.startswith("ID?*")):
            self._serial = _serial_in(answer)
        if not self._serial or self._serial.startswith(SIM):
            return answer
        old, new = self._serial.encode("utf-8"), (SIM + self._serial).encode("utf-8")
        changed = resealed(answer.encode("utf-8"), lambda data: data.replace(old, new))
        return changed.decode("utf-8")


def _line_of(text: str) -> bytes:
    """The bytes of a traced answer: one a character, as blocks of bytes are traced."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8")


def _serial_in(identity: str) -> str:
    """The third field of an identity; "" where it tells none, which IEEE 488.2 (10.14) writes 0."""
    fields = identity.partition("*")[0].removeprefix("= ").split(",")
    serial = fields[2].strip() if len(fields) > 2 else ""
    return "" if serial == "0" else serial


class RegisterReplay(ModbusDevice):
    """A trace of kind register on Modbus RTU or TCP. `serial_at` is (register, count) of a serial
    number in text, where it has one."""

    def __init__(self, trace: Trace, serial_at: tuple[int, int] | None = None) -> None:
        super().__init__(unit=1)
        self._script = Script(trace)
        self._serial_at = serial_at

    def read(self, address: int, count: int) -> Sequence[int]:
        """What was read then."""
        expected = self._take([address, count], ("read_holding", "read_input"))
        values = [int(word) & 0xFFFF for word in expected.received]
        return self._marked(address, values)

    def write(self, address: int, values: Sequence[int]) -> None:
        """Only what was written then."""
        self._take([address, *values], ("write_registers",))

    def _take(self, asked: list[int], ops: tuple[str, ...]) -> Transaction:
        expected = self._script.expected()
        if expected is None or expected.op not in ops or expected.sent != asked:
            raise self._script.other(asked)
        self._script.take()
        self.latency = expected.took
        if expected.error == "link":
            raise NoAnswer
        if expected.error:
            text = expected.answer
            raise ModbusError(int(text) if text in map(str, range(1, 12)) else _DEVICE_FAILURE)
        return expected

    def _marked(self, address: int, values: list[int]) -> list[int]:
        if self._serial_at is None:
            return values
        first, count = self._serial_at
        start = first - address
        if start < 0 or start + count > len(values):
            return values
        data = b"".join(word.to_bytes(2, "big") for word in values[start : start + count])
        if not data.startswith(SIM.encode("ascii")):
            data = (SIM.encode("ascii") + data)[: 2 * count]
        words = [int.from_bytes(data[i : i + 2], "big") for i in range(0, 2 * count, 2)]
        return [*values[:start], *words, *values[start + count :]]


def replay(port: Trace, *, serial: str, rng: np.random.Generator) -> StreamReplay | RegisterReplay:
    """The replay of the trace `port`; `BenchError` for a kind that cannot be replayed."""
    if port.kind in ("message", "bytes"):
        return StreamReplay(port)
    if port.kind == "register":
        return RegisterReplay(port)
    raise BenchError(
        f"{port.name}: a trace of kind {port.kind!r} cannot be replayed",
        remedy="kinds that can: message, bytes, register",
    )
