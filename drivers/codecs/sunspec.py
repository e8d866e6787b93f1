"""Point types of SunSpec information models (SunSpec Device Information Model Specification 1.1).

Registers are 16-bit words, most significant first. Every type has a value that says that a device
does not implement the point; it is never taken for a reading. A number is `raw x 10**factor`.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass

MARKER = (0x5375, 0x6E53)
"""`SunS`, the two registers at the beginning of a device's map."""

END = 0xFFFF
"""Identifier after the last model."""

FACTORS = range(-10, 11)
"""What a scale factor may be."""


class CorruptPoint(ValueError):
    """Registers or a value that the point's type does not have."""


@dataclass(frozen=True)
class Kind:
    """An integer type: size in registers, sign, and the raw values that mean not implemented."""

    size: int
    signed: bool = False
    missing: frozenset[int] = frozenset()

    @property
    def bits(self) -> int:
        """Width in bits."""
        return 16 * self.size


def _unsigned(size: int) -> Kind:
    return Kind(size, False, frozenset({(1 << 16 * size) - 1}))


def _signed(size: int) -> Kind:
    return Kind(size, True, frozenset({-(1 << 16 * size - 1)}))


INTEGERS: dict[str, Kind] = {
    "int16": _signed(1),
    "int32": _signed(2),
    "int64": _signed(4),
    "uint16": _unsigned(1),
    "uint32": _unsigned(2),
    "uint64": _unsigned(4),
    "count": _unsigned(1),
    "enum16": _unsigned(1),
    "enum32": _unsigned(2),
    "acc16": Kind(1, False, frozenset({0})),
    "acc32": Kind(2, False, frozenset({0})),
    "acc64": Kind(4, False, frozenset({0})),
    "sunssf": _signed(1),
}
BITFIELDS = {"bitfield16": 1, "bitfield32": 2, "bitfield64": 4}
FLOATS = {"float32": ">f", "float64": ">d"}
PAD = "pad"
STRING = "string"


def size_of(kind: str, size: int | None = None) -> int:
    """Registers of a point of type `kind`; a string states its own `size`."""
    if kind == STRING and size is not None:
        return size
    if kind in INTEGERS:
        return INTEGERS[kind].size
    if kind in BITFIELDS:
        return BITFIELDS[kind]
    if kind in FLOATS:
        return struct.calcsize(FLOATS[kind]) // 2
    if kind == PAD:
        return 1
    raise CorruptPoint(f"there is no point type {kind!r}")


def decode(kind: str, words: Sequence[int]) -> int | float | str | None:
    """The raw value in `words`, None where the point is not implemented."""
    if kind != STRING and len(words) != size_of(kind):
        raise CorruptPoint(f"{kind} has {size_of(kind)} registers, not {len(words)}")
    data = b"".join(word.to_bytes(2, "big") for word in words)
    if kind == STRING:
        return _text(data)
    if kind in FLOATS:
        (value,) = struct.unpack(FLOATS[kind], data)
        return value if math.isfinite(value) else None
    if kind in BITFIELDS:
        return _flags(data)
    if kind == PAD:
        return None
    integer = INTEGERS[kind]
    raw = int.from_bytes(data, "big", signed=integer.signed)
    if kind == "sunssf" and raw not in integer.missing and raw not in FACTORS:
        raise CorruptPoint(f"a scale factor is from -10 to 10, not {raw}")
    return None if raw in integer.missing else raw


def encode(kind: str, raw: int) -> list[int]:
    """The registers that carry `raw`; `CorruptPoint` where the type has no such value."""
    if kind in BITFIELDS:
        integer = Kind(BITFIELDS[kind])
        high = (1 << integer.bits - 1) - 1
        low = 0
    elif kind in INTEGERS:
        integer = INTEGERS[kind]
        high = (1 << integer.bits - (1 if integer.signed else 0)) - 1
        low = -high - 1 if integer.signed else 0
    else:
        raise CorruptPoint(f"a point of type {kind!r} is not written")
    if not low <= raw <= high or raw in integer.missing:
        raise CorruptPoint(f"{kind} has no value {raw}")
    data = raw.to_bytes(2 * integer.size, "big", signed=integer.signed)
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


def scaled(raw: int, factor: int) -> float:
    """`raw x 10**factor`, rounded once."""
    return raw / 10**-factor if factor < 0 else float(raw * 10**factor)


def unscaled(value: float, factor: int) -> int:
    """The raw value nearest to `value`; `CorruptPoint` where `value` is no number."""
    if not math.isfinite(value):
        raise CorruptPoint(f"{value} is no number")
    return round(value * 10**-factor if factor < 0 else value / 10**factor)


def _text(data: bytes) -> str | None:
    """A string ends with the first NUL; a string of NULs is not implemented."""
    raw = data.split(b"\0", 1)[0]
    if not raw:
        return None
    try:
        return raw.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        raise CorruptPoint(f"{raw!r} is no text") from error


def _flags(data: bytes) -> int | None:
    """A bit field whose highest bit is set is not implemented."""
    raw = int.from_bytes(data, "big")
    return None if raw >> (8 * len(data) - 1) else raw
