"""Point types of SunSpec Modbus and their register words, high word first.

Types and the values that mean "not implemented" are those of the SunSpec Device Information Model
Specification 1.1, table 3 and section 6.4.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Value = float | int | str | None
"""A point's value in its unit; None is "not implemented"."""

_UNSIGNED = {
    "uint16": 1, "acc16": 1, "enum16": 1, "bitfield16": 1, "pad": 1,
    "uint32": 2, "acc32": 2, "enum32": 2, "bitfield32": 2, "uint64": 4, "acc64": 4,
}  # fmt: skip
_SIGNED = {"int16": 1, "sunssf": 1, "int32": 2, "int64": 4}
_ACCUMULATORS = ("acc16", "acc32", "acc64")


@dataclass(frozen=True, slots=True)
class Point:
    """One point: its name, type, the name of its scale factor, whether it can be written."""

    name: str
    type: str
    scale: str
    writable: bool

    @property
    def width(self) -> int:
        """Registers that it takes."""
        if self.type.startswith("string"):
            return int(self.type.removeprefix("string"))
        return _UNSIGNED.get(self.type) or _SIGNED[self.type]


def point(text: str) -> Point:
    """The point of a line such as `WSet int32 WSet_SF rw`."""
    name, kind, *rest = text.split()
    scale = next((word for word in rest if word != "rw"), "")
    return Point(name, kind, scale, "rw" in rest)


def encode(point: Point, value: Value, exponent: int = 0) -> list[int]:
    """Register words of `value`; beyond the type's range it is the largest that the type holds."""
    if point.type.startswith("string"):
        return _text(str(value or ""), point.width)
    bits = 16 * point.width
    if value is None or isinstance(value, str):
        raw = _absent(point.type, bits)
    else:
        raw = _fit(point.type, bits, round(value / 10.0**exponent))
    return [raw >> shift & 0xFFFF for shift in range(bits - 16, -1, -16)]


def decode(point: Point, words: Sequence[int], exponent: int = 0) -> float:
    """The number that `words` say, in the point's unit."""
    raw = 0
    for word in words:
        raw = raw << 16 | word
    if point.type in _SIGNED and words[0] & 0x8000:
        raw -= 1 << 16 * point.width
    return raw * 10.0**exponent


def _absent(kind: str, bits: int) -> int:
    if kind in _SIGNED or kind == "pad":
        return 1 << bits - 1
    return 0 if kind in _ACCUMULATORS else (1 << bits) - 1


def _fit(kind: str, bits: int, raw: int) -> int:
    if kind in _SIGNED:
        most = (1 << bits - 1) - 1
        return min(max(raw, -most), most) & (1 << bits) - 1
    if kind in _ACCUMULATORS:
        return raw & (1 << bits) - 1
    return min(max(raw, 0), (1 << bits) - 2)


def _text(text: str, width: int) -> list[int]:
    data = text.encode("utf-8")[: 2 * width].ljust(2 * width, b"\0")
    return [data[i] << 8 | data[i + 1] for i in range(0, len(data), 2)]
