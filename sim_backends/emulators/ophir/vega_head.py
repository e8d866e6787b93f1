"""The head of the Vega: PD300-Si, ranges with its filter out and in, wavelengths, limits of error.

Type SI is a photodiode (pylablib, whose author ran a Vega with such a head). PD300: 350 nm to
1100 nm, to 30 mW without and 300 mW with its filter. Limits of error are remembered: 3 % from
430 nm to 950 nm and 5 % outside for head and display together, of which 0.3 % and 0.05 % of the
range are the display's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim_backends.emulators.accuracy import Spec
from sim_backends.models.reference.photodiode import DiodeLimits

KIND, NAME, CAPABILITY = "SI", "PD300", "00000003"
SHORTEST, LONGEST = 350, 1100
"""Wavelengths in nm."""

PRESETS = (488, 635, 850, 980, 1064)
"""Wavelengths in nm as delivered; the second is active. The sixth place is empty."""

PLACES = 6
ATTENUATION = 10.0
"""Factor of the filter, assumed. The filter itself is never on the head here."""

BRIGHTEST_ZERO = 1e-6
"""Light in W above which zeroing fails, assumed."""

LIMITS = DiodeLimits(0.025, 0.045, (430.0, 950.0), SHORTEST, LONGEST, 20e-12)


@dataclass(frozen=True)
class Range:
    """A range that ends at `top` in W and is called `name`."""

    top: float
    name: str


_OUT = (Range(30e-3, "30.0mW"), Range(3e-3, "3.00mW"), Range(300e-6, "300uW"),
        Range(30e-6, "30.0uW"), Range(3e-6, "3.00uW"), Range(300e-9, "300nW"),
        Range(30e-9, "30.0nW"))  # fmt: skip
_IN = (Range(300e-3, "300mW"), *_OUT[:4])
RANGES = {1: _OUT, 2: _IN}
"""From the highest, with the filter out (1) and in (2)."""


def specs() -> tuple[Spec, ...]:
    """Limits of error of the display by range, whatever the filter."""
    tops = sorted({each.top for ranges in RANGES.values() for each in ranges})
    return tuple(Spec(top, 3e-3, 5e-4 * top, 5e-5 * top, 1.0) for top in tops)


def printed(watts: float, top: float) -> str:
    """A reading in W as `$SP` sends it: four digits of its range, exponent of the range's unit.

    A place for the sign comes first (` 0.326E-6`, as a Nova II sends it).
    """
    decade = math.floor(math.log10(top) + 1e-9)
    exponent = decade // 3 * 3
    return f"{watts / 10.0**exponent: .{3 - (decade - exponent)}f}E{exponent}"
