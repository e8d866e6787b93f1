"""Model BT4560 data: ranges, limits of error, times.

Brochure BT4560 (E1): 3 mohm range 0.4 % of reading and 8 digits at SLOW, voltage 0.0035 % and
5 digits, least resolution 0.1 uohm and 10 uV. Remembered of its specifications: the other ranges
and speeds, the terms of R in X and of X in R, the numbers of waves, the steps of the frequency.
Which part of the digits is noise is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.emulators.scpi.values import Numeric

FREQUENCY = Numeric(0.10, 1050.0, 1000.0, "HZ")
AVERAGES = Numeric(1, 99, 1)
DELAY_WAVES = Numeric(0.0, 9.0, 0.0)

SPEEDS = ("FAST", "MEDium", "SLOW")


@dataclass(frozen=True, slots=True)
class Range:
    """An impedance range in Ohm: `top` of the display, `digit`, and `alpha` digits by speed."""

    name: float
    top: float
    digit: float
    alpha: tuple[float, float, float]
    told: str


RANGES = (
    Range(3e-3, 3.6e-3, 1e-7, (25.0, 15.0, 8.0), "3.0000E-03"),
    Range(10e-3, 12e-3, 1e-7, (60.0, 30.0, 15.0), "10.0000E-03"),
    Range(100e-3, 120e-3, 1e-6, (60.0, 30.0, 15.0), "100.000E-03"),
)

OFFSET_SHARE, NOISE_SHARE = 0.6, 0.1
"""Parts of the digits: limits of a standing offset, standard deviation of one reading."""

VOLTAGE_TOP, VOLTAGE_DIGIT = 5.1, 1e-5
VOLTAGE_GAIN, VOLTAGE_DIGITS = 3.5e-5, 5.0
"""Relative limit of error and digits of the direct voltage, self-calibrated."""

VOLTAGE_TIMES = (0.1, 0.4, 1.0)
"""Seconds of a voltage reading by speed."""

ZERO_MOST = 1e-4
"""Ohm: what a zero adjustment takes for a short, assumed."""

_WAVES = ((66.0, (1, 2, 4)), (250.0, (2, 8, 32)), (1050.0, (8, 32, 128)))


def gains(range_: Range, frequency: float) -> tuple[float, float]:
    """Limits of error of R relative to R and to X (and of X to X and R) at `frequency` in Hz."""
    if range_.name == RANGES[0].name:
        return 0.004, 0.0017
    return (0.003, 0.0008) if frequency <= 100.0 else (0.004, 0.0052)


def waves(frequency: float, speed: int) -> int:
    """Waves of the test current that one reading takes."""
    return next(count for top, count in _WAVES if frequency <= top)[speed]


def stepped(frequency: float) -> float:
    """`frequency` in Hz on the steps of the generator: 0.01, 0.1, 1 and 10 Hz by decade."""
    for top, step in ((1.0, 0.01), (10.0, 0.1), (100.0, 1.0)):
        if frequency < top:
            return round(round(frequency / step) * step, 2)
    return min(round(frequency / 10.0) * 10.0, FREQUENCY.high)


def range_for(ohms: float) -> Range:
    """The lowest range that shows `ohms`; the highest where none does."""
    return next((one for one in RANGES if ohms <= one.top), RANGES[-1])
