"""Data sheet of the Hioki BT4560: limits of error of resistance and reactance (remembered).

Product catalogue, impedance accuracy: of R +-(0.004 |R| + k |X| + alpha), of X the same with R and
X exchanged; k is 0.0017 up to 100 Hz and 0.0052 above. alpha is stated by range and sampling rate.
23 degC +-5 degC, after zero adjustment. What is added per K beyond is not known here: no place in
a sheet was seen that states it, and a coefficient is not stated from memory.
"""

from __future__ import annotations

from labctl.evidence import Accuracy

SHEET = "Hioki BT4560 catalogue, impedance accuracy, 23 degC +-5 degC (remembered)"

RANGES = (3e-3, 10e-3, 100e-3)
"""Ranges in ohm; each reads up to 1.2 times itself."""

OVER = 1.2
GAIN = 0.004
CROSS = ((100.0, 0.0017), (1050.0, 0.0052))
"""(upper end in Hz, part of the other component)."""

DIGITS = {"short": (25, 60, 60), "medium": (15, 30, 30), "long": (8, 16, 16)}
"""alpha in digits by sampling rate (FAST, MED, SLOW), one a range."""

STEPS = (0.1e-6, 0.1e-6, 1e-6)
"""One digit in ohm, of each range."""


def limit(own: float, other: float, frequency: float, alpha: float) -> float:
    """Limit of error in ohm of a component of `own` ohm beside one of `other` ohm.

    At `frequency` in Hz; `alpha` in ohm.
    """
    cross = next(part for end, part in CROSS if frequency <= end or end == CROSS[-1][0])
    return GAIN * abs(own) + cross * abs(other) + alpha


def alpha(span: float, aperture: str) -> float:
    """alpha in ohm on the range `span` in ohm with `aperture` short, medium or long."""
    at = RANGES.index(span)
    return DIGITS[aperture][at] * STEPS[at]


def line(
    function: str, own: float, other: float, frequency: float, span: float, aperture: str
) -> Accuracy:
    """The line of a reading of `own` ohm: its limit of error as an offset in ohm."""
    offset = limit(own, other, frequency, alpha(span, aperture))
    return Accuracy(
        function,
        span,
        "ohm",
        0.0,
        offset,
        SHEET,
        resolution=STEPS[RANGES.index(span)],
    )


ACCURACIES = tuple(
    line(function, span, 0.0, 1000.0, span, "long")
    for function in ("resistance", "reactance")
    for span in RANGES
)
"""At the end of each range, 1 kHz, SLOW; a reading has its own line."""
