"""Data sheet of the Tektronix MSO54: scales, rates, limits of error; and what its codes are.

5 Series MSO data sheet, remembered, not re-read: 1 GHz at 50 ohm, 12 bits to 3.125 GS/s and 8 bits
at 6.25 GS/s, DC gain within +-1 % of full scale at 50 ohm, time base within +-2.5 ppm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.rigol._ds1054z_sheet import holding, steps
from labctl.evidence import Accuracy

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray

SHEET = "Tektronix 5 Series MSO data sheet, analog channels and time base (remembered)"
CHANNELS = (1, 2, 3, 4)
DIVISIONS = 10
SCALES = {"50": steps(1e-3, 1.0), "1M": steps(1e-3, 10.0)}
"""Volts a division at ratio 1, by input."""

MOST_INPUT = {"50": 5.0, "1M": 300.0}
"""Volts at the input."""

OHMS = {"50": 50.0, "1M": 1e6}
BANDWIDTHS = (20e6, 250e6, 1e9)
RATES = tuple(sorted(m * 10.0**power for power in range(3, 10) for m in (1.25, 2.5, 3.125, 6.25)))
LEAST_POINTS, MOST_POINTS = 1000, 62_500_000
TOP = 32512
"""Code of 16 bits from which on a level is at the converter's end, also of 8 bits."""

MOST_DELAY = 50.0


def line(scale: float, offset: float = 0.0) -> Accuracy:
    """Of `scale` in V a division, `offset` in V at the centre of the screen."""
    full = DIVISIONS * scale
    error = 0.01 * full + 0.2 * scale + 0.005 * abs(offset)
    return Accuracy("voltage", full, "V", 0.0, error, SHEET, full / 4096)


TIME_BASE = Accuracy("time", 1e3, "s", 2.5e-6, 0.0, SHEET)
ACCURACIES = (*(line(scale) for scale in SCALES["1M"]), TIME_BASE)
"""Voltages at ratio 1 and offset 0 V; a waveform has the line of its own scale and offset."""


def times(points: int, first: float, increment: float) -> FloatArray:
    """Seconds from the trigger of `points`, `increment` in s apart, shape (points,)."""
    import numpy as np

    return first + np.arange(points, dtype=np.float64) * increment


def volts(data: bytes, step: float, origin: float, zero: float) -> FloatArray:
    """Volts of codes of 16 bits, high byte first, shape (points,): (code - origin) x step + zero
    (programmer manual, `WFMOutpre:YMUlt`, `:YOFf`, `:YZEro`)."""
    import numpy as np

    return (np.frombuffer(data, dtype=">i2").astype(np.float64) - origin) * step + zero


def is_clipped(data: bytes) -> bool:
    """Whether any code is at an end of the converter's range."""
    import numpy as np

    codes = np.frombuffer(data, dtype=">i2").astype(np.int32)
    return bool(codes.size) and int(np.abs(codes).max()) >= TOP


__all__ = ["holding", "is_clipped", "line", "times", "volts"]
