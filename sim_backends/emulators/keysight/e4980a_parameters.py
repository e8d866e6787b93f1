"""Pairs of parameters that an impedance analyzer makes of a complex impedance.

Z = R + jX, Y = 1 / Z = G + jB; series C = -1 / (w X), L = X / w; parallel C = B / w and
L = -1 / (w B); D = R / |X|, Q = 1 / D (Agilent Impedance Measurement Handbook, 4th ed., table 1-1).
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable

OVERFLOW = 9.9e37


def _quotient(a: float, b: float) -> float:
    return a / b if b else math.copysign(OVERFLOW, a)


_FIRST: dict[str, Callable[[complex, complex, float], float]] = {
    "CP": lambda _z, y, w: y.imag / w,
    "CS": lambda z, _y, w: _quotient(-1.0, w * z.imag),
    "LP": lambda _z, y, w: _quotient(-1.0, w * y.imag),
    "LS": lambda z, _y, w: z.imag / w,
}
_SECOND: dict[str, Callable[[complex, complex], float]] = {
    "D": lambda z, _y: _quotient(z.real, abs(z.imag)),
    "Q": lambda z, _y: _quotient(abs(z.imag), z.real),
    "G": lambda _z, y: y.real,
    "RP": lambda _z, y: _quotient(1.0, y.real),
    "RS": lambda z, _y: z.real,
}
_PAIRS: dict[str, Callable[[complex, complex], tuple[float, float]]] = {
    "RX": lambda z, _y: (z.real, z.imag),
    "GB": lambda _z, y: (y.real, y.imag),
    "ZTD": lambda z, _y: (abs(z), math.degrees(cmath.phase(z))),
    "ZTR": lambda z, _y: (abs(z), cmath.phase(z)),
    "YTD": lambda _z, y: (abs(y), math.degrees(cmath.phase(y))),
    "YTR": lambda _z, y: (abs(y), cmath.phase(y)),
}
TYPES = (
    "CPD", "CPQ", "CPG", "CPRP", "CSD", "CSQ", "CSRS", "LPD", "LPQ", "LPG", "LPRP", "LSD", "LSQ",
    "LSRS", "RX", "ZTD", "ZTR", "GB", "YTD", "YTR",
)  # fmt: skip
"""What `:FUNCtion:IMPedance` takes, without the functions of direct current."""


def pair(kind: str, z: complex, frequency: float) -> tuple[float, float]:
    """Both parameters of `kind` in SI units and degrees or radians, for `z` in Ohm at `frequency`
    in Hz."""
    y = 1.0 / z if z else complex(OVERFLOW, 0.0)
    if kind in _PAIRS:
        return _PAIRS[kind](z, y)
    return _FIRST[kind[:2]](z, y, 2.0 * math.pi * frequency), _SECOND[kind[2:]](z, y)
