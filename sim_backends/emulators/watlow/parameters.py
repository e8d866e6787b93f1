"""Parameters of the F4T behind Modbus registers (user's guide 1680-2414, printed page 221).

Each parameter stands at an even register and takes it and the next one: a float or a signed 32-bit
number fills both, low word first by default ("Modbus Word Order: Low High, High Low" is a setting
of the communications channel); a 16-bit number leaves the second 0. A text has one character in
each register. What is in no parameter is exception 02; a value that cannot be is exception 03, and
so is half a float. The codes of the exceptions are those of the Modbus specification: the pages
that could be read do not name them.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from sim_backends.emulators.modbus_rtu import ILLEGAL_ADDRESS, ILLEGAL_VALUE, ModbusError

MOST = 55555.0
"""The largest number that a float takes in degC and in other units (page 225: 99,999 in degF)."""

WordOrder = Literal["low-high", "high-low"]


class Kind(Enum):
    """How a number is written: degrees and differences follow the unit of the channel."""

    WORD = "unsigned 16-bit"
    LONG = "signed 32-bit"
    FLOAT = "float"
    DEGREES = "float, degC or degF"
    DIFFERENCE = "float, K or degF"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: `get`, and `put` where it can be written.

    It takes one of the numbers `among`, or where there are none, `low` to `high`.
    """

    kind: Kind
    get: Callable[[], float]
    put: Callable[[float], None] | None = None
    among: tuple[int, ...] = ()
    low: float = -MOST
    high: float = MOST

    def job(self, value: float) -> Callable[[], None]:
        """What writes `value`; exception 03 where it cannot be."""
        put = self.put
        if put is None:
            raise ModbusError(ILLEGAL_ADDRESS)
        allowed = value in self.among if self.among else self.low <= value <= self.high
        if not allowed:
            raise ModbusError(ILLEGAL_VALUE)
        return lambda: put(value)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of `length` characters, one in each register, ended by 0 where it is shorter."""

    length: int
    get: Callable[[], str]
    put: Callable[[str], None] | None = None


class Parameters:
    """Registers over parameters by address; fits `modbus_rtu.Registers`.

    `fahrenheit` tells whether this communications channel shows degF.
    """

    def __init__(
        self,
        table: Mapping[int, Parameter | Text],
        order: Callable[[], WordOrder],
        fahrenheit: Callable[[], bool],
    ) -> None:
        self._table = dict(table)
        self._order = order
        self._fahrenheit = fahrenheit
        self._owner = {
            at + offset: at for at, each in table.items() for offset in range(_width(each))
        }

    def read(self, address: int, count: int) -> Sequence[int]:
        """Registers as they are now."""
        known: dict[int, list[int]] = {}
        found = []
        for register in range(address, address + count):
            at = self._owner.get(register)
            if at is None:
                raise ModbusError(ILLEGAL_ADDRESS)
            if at not in known:
                known[at] = self._words(self._table[at])
            found.append(known[at][register - at])
        return found

    def write(self, address: int, values: Sequence[int]) -> None:
        """Write whole parameters, one after the other; nothing is changed where one is refused.

        A 16-bit parameter takes its own register alone or both.
        """
        rest, at, jobs = list(values), address, []
        while rest:
            each = self._table.get(at)
            if each is None:
                raise ModbusError(ILLEGAL_ADDRESS)
            width = min(_width(each), len(rest)) if _shortens(each) else _width(each)
            if len(rest) < width:
                raise ModbusError(ILLEGAL_VALUE)
            jobs.append(self._job(each, rest[:width]))
            at, rest = at + width, rest[width:]
        for job in jobs:
            job()

    def _words(self, each: Parameter | Text) -> list[int]:
        if isinstance(each, Text):
            return [ord(c) & 0xFF for c in each.get()[: each.length].ljust(each.length, "\0")]
        if each.kind is Kind.WORD:
            return [int(each.get()) & 0xFFFF, 0]
        if each.kind is Kind.LONG:
            high, low = struct.unpack(">HH", struct.pack(">i", int(each.get())))
        else:
            high, low = struct.unpack(">HH", struct.pack(">f", self._shown(each)))
        return [low, high] if self._order() == "low-high" else [high, low]

    def _job(self, each: Parameter | Text, words: list[int]) -> Callable[[], None]:
        if isinstance(each, Text):
            return _text_job(each, words)
        if each.kind is Kind.WORD:
            return each.job(words[0])
        low, high = words if self._order() == "low-high" else reversed(words)
        data = struct.pack(">HH", high, low)
        if each.kind is Kind.LONG:
            return each.job(struct.unpack(">i", data)[0])
        return each.job(self._meant(each.kind, struct.unpack(">f", data)[0]))

    def _shown(self, each: Parameter) -> float:
        value = each.get()
        if self._fahrenheit() and each.kind in (Kind.DEGREES, Kind.DIFFERENCE):
            return value * 1.8 + (32.0 if each.kind is Kind.DEGREES else 0.0)
        return value

    def _meant(self, kind: Kind, value: float) -> float:
        if self._fahrenheit() and kind in (Kind.DEGREES, Kind.DIFFERENCE):
            return (value - (32.0 if kind is Kind.DEGREES else 0.0)) / 1.8
        return value


def _width(each: Parameter | Text) -> int:
    return each.length if isinstance(each, Text) else 2


def _shortens(each: Parameter | Text) -> bool:
    return isinstance(each, Text) or each.kind is Kind.WORD


def _text_job(text: Text, words: Sequence[int]) -> Callable[[], None]:
    put = text.put
    if put is None:
        raise ModbusError(ILLEGAL_ADDRESS)
    if any(word > 0x7E or 0 < word < 0x20 for word in words):
        raise ModbusError(ILLEGAL_VALUE)
    return lambda: put("".join(map(chr, words)).split("\0")[0])
