"""Kinds of faults: what spoils the answers of an emulator, or what its sensor sees.

A transaction is an answer: bytes that leave the instrument at one time, counted from 1. Each fault
begins `at` a transaction and lasts `times` transactions (None: for ever), or begins `after` a run
time in s and is `lasting` so many seconds (None: for ever). Several faults may act on one answer,
in the order in which they are given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from sim_backends.emulators.llp.line import crc8
from sim_backends.emulators.modbus_rtu import crc16, frame


class LineLost(Exception):
    """Raised by `send` of a faulty emulator: the line is cut; the plug disconnects."""


@runtime_checkable
class PowersOn(Protocol):
    """An emulator that can be switched off and on, keeping what it keeps without power."""

    def power_on(self, t: float) -> None:
        """Power comes back at `t`."""
        ...


@dataclass(frozen=True, kw_only=True)
class Fault:
    """When a fault acts: from transaction `at` for `times`, or `after` a time and `lasting`."""

    at: int = 1
    times: int | None = 1
    after: float | None = None
    lasting: float | None = None

    def acts(self, transaction: int, t: float = 0.0) -> bool:
        """Whether it acts on this transaction, at run time `t` in s."""
        if self.after is not None:
            return self.after <= t and (self.lasting is None or t < self.after + self.lasting)
        if transaction < self.at:
            return False
        return self.times is None or transaction < self.at + self.times

    def delay(self) -> float:
        """Seconds by which the answer comes later."""
        return 0.0

    def spoil(self, request: bytes, answer: bytes) -> bytes:
        """The answer as it leaves; empty: it does not come."""
        return answer

    def sensed(self, quantity: str, value: float, seconds: float) -> float:
        """What the sensor sees instead of `value` of `quantity`, `seconds` after it began."""
        return value


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


@dataclass(frozen=True, kw_only=True)
class Reboot(Fault):
    """The instrument restarts instead of answering, and hears nothing for `seconds`."""

    seconds: float = 5.0

    def spoil(self, request: bytes, answer: bytes) -> bytes:
        """Nothing."""
        return b""


@dataclass(frozen=True, kw_only=True)
class Saturate(Fault):
    """The sensor sees nothing below `low` and above `high`, in its quantity's SI unit."""

    low: float = float("-inf")
    high: float = float("inf")
    times: int | None = None

    def sensed(self, quantity: str, value: float, seconds: float) -> float:
        """The value within the limits."""
        return min(max(value, self.low), self.high)


@dataclass(frozen=True, kw_only=True)
class Drift(Fault):
    """The sensor drifts away by `rate` a second, in its quantity's SI unit."""

    rate: float
    times: int | None = None

    def sensed(self, quantity: str, value: float, seconds: float) -> float:
        """The value with what has gathered since the fault began."""
        return value + self.rate * seconds


@dataclass(frozen=True, kw_only=True)
class Hold(Fault):
    """The sensor goes on to see of each quantity what it saw first: a value that is stuck."""

    times: int | None = None
    seen: dict[str, float] = field(default_factory=dict[str, float], compare=False)

    def sensed(self, quantity: str, value: float, seconds: float) -> float:
        """The first value."""
        return self.seen.setdefault(quantity, value)


SENSOR_FAULTS = (Saturate, Drift, Hold)
"""Faults before the instrument, at its sensor."""


def resealed(answer: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """`answer` with its content changed and its check, LLP1 or Modbus RTU or none, made right."""
    text = answer.rstrip(b"\r\n")
    if text[-3:-2] == b"*" and text[-2:] == b"%02X" % crc8(text[:-3]):
        content = change(text[:-3])
        return content + b"*%02X" % crc8(content) + answer[len(text) :]
    if len(answer) > 3 and crc16(answer[:-2]) == answer[-2] | answer[-1] << 8:
        return frame(change(answer[:-2]))
    return change(answer)
