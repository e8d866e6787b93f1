"""Values of Bluetooth characteristics (GATT Specification Supplement): integers, lowest byte first.

A value that the supplement reserves for "not known" is None; a value of another length than the
characteristic's is no value.
"""

from __future__ import annotations

from dataclasses import dataclass


class CorruptValue(ValueError):
    """Bytes that the characteristic cannot have."""


@dataclass(frozen=True)
class Format:
    """An integer of `size` bytes: its value times `scale` is in `unit`.

    `unknown` are the raw values that mean not known, `over` that which means at or above the
    largest; `low` and `high` bound the raw values that are allowed.
    """

    size: int
    scale: float
    unit: str
    low: int
    high: int
    signed: bool = False
    unknown: frozenset[int] = frozenset()
    over: int | None = None

    @property
    def divisor(self) -> int:
        """Raw values in one unit; 1 where the scale is no fraction of one."""
        return max(1, round(1 / self.scale))


CHARACTERISTICS: dict[str, Format] = {
    "2A6E": Format(2, 0.01, "degC", -27315, 32767, True, frozenset({-0x8000})),
    "2A6F": Format(2, 0.01, "%", 0, 10000, False, frozenset({0xFFFF})),
    "2A6D": Format(4, 0.1, "Pa", 0, 0xFFFF_FFFF),
    "2B8C": Format(2, 1e-6, "mol/mol", 0, 65533, False, frozenset({0xFFFF}), 0xFFFE),
    "2A19": Format(1, 1.0, "%", 0, 100),
}
"""Temperature, humidity, pressure, CO2 concentration, battery level. The supplement's parts per
million of CO2 are taken as a mole fraction."""


def decode(characteristic: str, data: bytes) -> float | None:
    """The value of `characteristic` (UUID of 4 digits) in its unit, None where it is not known.

    `CorruptValue` for another length, a value that is not allowed, or one beyond the largest.
    """
    form = CHARACTERISTICS[characteristic]
    if len(data) != form.size:
        raise CorruptValue(f"{characteristic} has {form.size} bytes, not {data.hex(' ')!r}")
    raw = int.from_bytes(data, "little", signed=form.signed)
    if raw in form.unknown:
        return None
    if raw == form.over:
        raise CorruptValue(f"the value is beyond {form.high * form.scale:g} {form.unit}")
    if not form.low <= raw <= form.high:
        raise CorruptValue(f"{raw} is no value that {characteristic} may have")
    return raw / form.divisor


def text(data: bytes) -> str:
    """A string characteristic (UTF-8, perhaps with NULs behind); `CorruptValue` for no text."""
    try:
        return data.rstrip(b"\0").decode("utf-8").strip()
    except UnicodeDecodeError as error:
        raise CorruptValue(f"{data.hex(' ')} is no text") from error
