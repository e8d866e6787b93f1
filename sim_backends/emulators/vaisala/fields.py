"""Registers of a GMP252: floats in two words, least significant first, and integers in one.

User guide M211897EN-D, appendix A. A read or write that leaves the blocks of registers is exception
02. Of a float that is written both words must come. Taken from sister products where this guide is
silent: NaN and infinity are ignored (GMW90, M211659EN-B, page 97), a value outside its range is
exception 03.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sim_backends.emulators.modbus_rtu import ILLEGAL_ADDRESS, ILLEGAL_VALUE, ModbusError


@dataclass(frozen=True, slots=True)
class Real:
    """A float: how to read it, and its range and how to write it where that is allowed."""

    get: Callable[[], float]
    put: Callable[[float], None] | None = None
    low: float = -math.inf
    high: float = math.inf

    width = 2

    def words(self) -> list[int]:
        """Both words, least significant first."""
        high, low = struct.unpack(">HH", struct.pack(">f", self.get()))
        return [low, high]

    def job(self, words: Sequence[int]) -> Callable[[], None]:
        """What writes `words`; exception 03 outside the range."""
        value = struct.unpack(">f", struct.pack(">HH", words[1], words[0]))[0]
        put = self.put
        if put is None:
            raise ModbusError(ILLEGAL_ADDRESS)
        if not math.isfinite(value):
            return lambda: None
        if not self.low <= value <= self.high:
            raise ModbusError(ILLEGAL_VALUE)
        return lambda: put(value)


@dataclass(frozen=True, slots=True)
class Whole:
    """A 16-bit integer or an enumeration, written in the same way; `words` wide where read-only."""

    get: Callable[[], int]
    put: Callable[[int], None] | None = None
    low: int = 0
    high: int = 0xFFFF
    width: int = 1

    def words(self) -> list[int]:
        """Its words, least significant first."""
        value = self.get()
        return [value >> 16 * index & 0xFFFF for index in range(self.width)]

    def job(self, words: Sequence[int]) -> Callable[[], None]:
        """What writes `words`; exception 03 outside the range."""
        put, value = self.put, words[0]
        if put is None:
            raise ModbusError(ILLEGAL_ADDRESS)
        if not self.low <= value <= self.high:
            raise ModbusError(ILLEGAL_VALUE)
        return lambda: put(value)


class Fields:
    """Registers over fields by their first address; fits `modbus_rtu.Registers`."""

    def __init__(self, fields: Mapping[int, Real | Whole]) -> None:
        self._fields = dict(fields)
        self._owner = {
            at + offset: at for at, field in fields.items() for offset in range(field.width)
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
                known[at] = self._fields[at].words()
            found.append(known[at][register - at])
        return found

    def write(self, address: int, values: Sequence[int]) -> None:
        """Write whole fields; nothing is changed where one of them is refused."""
        rest, at, jobs = list(values), address, []
        while rest:
            field = self._fields.get(at)
            if field is None or len(rest) < field.width:
                raise ModbusError(ILLEGAL_ADDRESS)
            jobs.append(field.job(rest[: field.width]))
            at, rest = at + field.width, rest[field.width :]
        for job in jobs:
            job()
