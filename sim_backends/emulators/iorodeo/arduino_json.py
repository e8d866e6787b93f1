"""JSON as the firmware's library (ArduinoJson 5.13.2) writes it, and its idea of number types.

Floats have single precision and six decimals, less one for each further digit before the point;
1e7 and more, 1e-5 and less get an exponent.
"""

from __future__ import annotations

import json
import math
import struct
from typing import Any

_HIGH, _LOW = 1e7, 1e-5


def single(value: float) -> float:
    """`value` in single precision; infinite where it does not fit."""
    try:
        return struct.unpack("<f", struct.pack("<f", float(value)))[0]
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def number_text(value: float) -> str:
    """A float as the library prints it."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0.0 else "-Infinity"
    sign, size = ("-" if value < 0.0 else ""), abs(value)
    exponent = 0
    if size >= _HIGH or 0.0 < size <= _LOW:
        exponent = math.floor(math.log10(size))
        size /= 10.0**exponent
    text, carried = _decimals(size)
    if carried and exponent and float(text) >= 10.0:
        text, exponent = "1", exponent + 1
    return sign + text + (f"e{exponent}" if exponent else "")


def _decimals(size: float) -> tuple[str, bool]:
    whole = int(size)
    places = max(6 - (len(str(whole)) - 1), 0)
    part = math.floor((size - whole) * 10**places + 0.5)
    carried = part >= 10**places
    if carried:
        whole, part = whole + 1, 0
    digits = f"{part:0{places}d}".rstrip("0") if places else ""
    return f"{whole}.{digits}" if digits else str(whole), carried


def written(value: Any) -> str:
    """`value` (dict, list, str, bool, int, float) as one line of JSON without spaces."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(written(item) for item in value) + "]"
    if isinstance(value, float):
        return number_text(value)
    return json.dumps(value)


def parsed(text: str) -> dict[str, Any] | None:
    """The object in `text`; None where it is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def is_float(value: Any) -> bool:
    """Whether the library takes `value` for a float: any number, no truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_whole(value: Any) -> bool:
    """Whether the library takes `value` for a whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def unsigned(value: int) -> int:
    """What an unsigned 32-bit variable makes of a whole number."""
    return value % 2**32
