"""Faults on demand: a wrapper that spoils what an emulator answers.

A transaction is an answer: bytes that leave the instrument at one time, counted from 1. Each fault
begins `at` a transaction and lasts `times` transactions (None: for ever). Several faults may act
on one answer, in the order in which they are given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sim_backends.emulators.emulator import Emulator
from sim_backends.emulators.llp.line import crc8
from sim_backends.emulators.modbus_rtu import crc16, frame
from sim_backends.emulators.outbox import Outbox


class LineLost(Exception):
    """Raised by `send` of a faulty emulator: the line is cut; the plug disconnects."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Where a fault acts: from transaction `at` for `times` transactions."""

    at: int = 1
    times: int | None = 1

    def acts(self, transaction: int) -> bool:
        """Whether it acts on this transaction."""
        if transaction < self.at:
            return False
        return self.times is None or transaction < self.at + self.times

    def delay(self) -> float:
        """Seconds by which the answer comes later."""
        return 0.0

    def spoil(self, request: bytes, answer: bytes) -> bytes:
        """The answer as it leaves; empty: it does not come."""
        return answer


@dataclass(frozen=True, kw_only=True)
class Silence(Fault):
    """No answer."""

    def spoil(self, request: bytes, answer: bytes) -> bytes:
        """Nothing."""
        return b""


@dataclass(frozen=True, kw_only=True)
class Delay(Fault):
    """The answer comes `seconds` late."""

    seconds: float

    def delay(self) -> float:
        """Seconds by which the answer comes later."""
        return self.seconds


@dataclass(frozen=True, kw_only=True)
class Garble(Fault):
    """Every byte but the line's end is changed by exclusive or with `mask`."""

    mask: int = 0x15

    def spoil(self, request: bytes, answer: bytes) -> bytes:
        """Noise of the same length."""
        end = len(answer.rstrip(b"\r\n"))
        return bytes(byte ^ self.mask for byte in answer[:end]) + answer[end:]


@dataclass(frozen=True, kw_only=True)
class Truncate(Fault):
    """Only the first `keep` bytes come, without the line's end."""

    keep: int

    def spoil(self, request: bytes, answer: bytes) -> bytes:
        """The head of the answer."""
        return answer[: self.keep]


@dataclass(frozen=True, kw_only=True)
class Disconnect(Fault):
    """The line is cut instead of an answer."""

    def spoil(self, request: bytes, answer: bytes) -> bytes:
        """Never returns."""
        raise LineLost


@dataclass(frozen=True, kw_only=True)
class Replace(Fault):
    """`old` stands as `new` in the answer, for example another serial number: an instrument was
    exchanged. A check that the answer carries is made right again."""

    old: bytes
    new: bytes
    times: int | None = None

    def spoil(self, request: bytes, answer: bytes) -> bytes:
        """The answer of another instrument."""
        if self.old not in answer:
            return answer
        return resealed(answer, lambda content: content.replace(self.old, self.new))


@dataclass(frozen=True, kw_only=True)
class Stuck(Fault):
    """Each question is answered as it was the first time from `at` on: a frozen value."""

    times: int | None = None
    seen: dict[bytes, bytes] = field(default_factory=dict, compare=False)

    def spoil(self, request: bytes, answer: bytes) -> bytes:
        """The answer first given to this request."""
        return self.seen.setdefault(request, answer)


def resealed(answer: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """`answer` with its content changed and its check, LLP1 or Modbus RTU or none, made right."""
    text = answer.rstrip(b"\r\n")
    if text[-3:-2] == b"*" and text[-2:] == b"%02X" % crc8(text[:-3]):
        content = change(text[:-3])
        return content + b"*%02X" % crc8(content) + answer[len(text) :]
    if len(answer) > 3 and crc16(answer[:-2]) == answer[-2] | answer[-1] << 8:
        return frame(change(answer[:-2]))
    return change(answer)


class FaultyEmulator:
    """`inner` with `faults`; fits `Emulator`."""

    def __init__(self, inner: Emulator, faults: Sequence[Fault]) -> None:
        self.inner = inner
        self.faults = tuple(faults)
        self.transactions = 0
        self._request = b""
        self._outbox = Outbox()

    def receive(self, data: bytes, t: float) -> None:
        """Pass `data` on."""
        self._request += data
        self.inner.receive(data, t)

    def due(self) -> float | None:
        """When the inner emulator or a late answer is due."""
        times = (self.inner.due(), self._outbox.due())
        return min((t for t in times if t is not None), default=None)

    def send(self, t: float) -> bytes:
        """What is left of the answers until `t`; `LineLost` where the line is cut."""
        data = self.inner.send(t)
        if data:
            self._spoil(data, t)
        return self._outbox.take(t)

    def clear(self, t: float) -> None:
        """Device clear: late answers are dropped too."""
        self._request = b""
        self._outbox.clear()
        self.inner.clear(t)

    def _spoil(self, data: bytes, t: float) -> None:
        self.transactions += 1
        request, self._request = self._request, b""
        late = 0.0
        for fault in self.faults:
            if fault.acts(self.transactions):
                late += fault.delay()
                data = fault.spoil(request, data)
        if data:
            self._outbox.put(data, t + late)
