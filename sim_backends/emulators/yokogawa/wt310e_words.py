"""Numbers as the WT300 family prints them.

Communication manual IM WT310-17EN, :NUMeric group, numeric data format: NR3 with five significant
digits (six for integrated values) and an exponent of two digits; no data is NAN (float 9.91E+37),
over-range, overflow and error are INF (float 9.9E+37).
"""

from __future__ import annotations

import math
import struct

NO_DATA, OVER = 9.91e37, 9.9e37


def exponent_of(size: float) -> int:
    """The power of 1000 below `size`, as a power of ten."""
    return 3 * math.floor(math.log10(size) / 3 + 1e-9) if size > 0 else 0


def number(value: float, full: float, digits: int = 5) -> str:
    """`value` with the resolution that `digits` give at `full`."""
    if value == NO_DATA:
        return "NAN"
    if value == OVER:
        return "INF"
    power = exponent_of(full)
    places = digits - 1 - math.floor(math.log10(full / 10.0**power) + 1e-9)
    return f"{value / 10.0**power:.{places}f}E{power:+03d}"


def setting(value: float) -> str:
    """A setting in NR3: four significant digits, `150.0E+00`."""
    return number(value, max(abs(value), 1e-12), 4) if value else "0.0E+00"


def block(values: list[float]) -> str:
    """Single precision floats, most significant byte first, in a block `#4<bytes>`."""
    data = struct.pack(f">{len(values)}f", *values)
    return f"#4{len(data):04d}" + data.decode("latin-1")
