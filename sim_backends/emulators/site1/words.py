"""Values of SITE1 in registers: high word first (docs/protocols/site1.md, Modbus TCP)."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence

from sim_backends.emulators.modbus_rtu import ILLEGAL_VALUE, ModbusError


def u16(value: int) -> tuple[int, ...]:
    """One register."""
    return (value & 0xFFFF,)


def u32(value: int) -> tuple[int, ...]:
    """Two registers; a counter runs over."""
    return struct.unpack(">2H", struct.pack(">I", value & 0xFFFFFFFF))


def u64(value: int) -> tuple[int, ...]:
    """Four registers."""
    return struct.unpack(">4H", struct.pack(">Q", value & 0xFFFFFFFFFFFFFFFF))


def f32(value: float) -> tuple[int, ...]:
    """Two registers, IEEE 754."""
    return struct.unpack(">2H", struct.pack(">f", value))


def text(value: str, registers: int) -> tuple[int, ...]:
    """Two characters a register, filled with zeros."""
    data = value.encode("ascii", "replace")[: 2 * registers].ljust(2 * registers, b"\0")
    return struct.unpack(f">{registers}H", data)


def whole(words: Sequence[int]) -> int:
    """The whole number in `words`."""
    return int.from_bytes(struct.pack(f">{len(words)}H", *words), "big")


def number(words: Sequence[int]) -> float:
    """The number in two registers; exception 03 where it is none."""
    (value,) = struct.unpack(">f", struct.pack(">2H", *words))
    if not math.isfinite(value):
        raise ModbusError(ILLEGAL_VALUE)
    return float(value)


def within(value: float, low: float, high: float) -> float:
    """`value`; exception 03 outside [`low`, `high`]."""
    if not low <= value <= high:
        raise ModbusError(ILLEGAL_VALUE)
    return value
