"""Model AQ6370D data.

Ranges of wavelength and points: other parties' drivers of the model (600 nm to 1700 nm, 0.02 nm to
2 nm, 101 to 50001 points). Remembered from the data sheet, not read: limits of error (10 pm from
1520 nm to 1580 nm, 20 pm from 1450 nm to 1620 nm, 100 pm elsewhere; 0.4 dB; resolution 5 %),
sensitivities and sweep times for 100 nm, and the close-in dynamic range (45 dB at 0.1 nm, 62 dB at
0.2 nm from a line) that the skirts of the filter are made to meet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SHORTEST, LONGEST = 600e-9, 1700e-9
"""Measured wavelengths in m."""

RESOLUTIONS = (0.02e-9, 0.05e-9, 0.1e-9, 0.2e-9, 0.5e-9, 1e-9, 2e-9)
"""Resolution bandwidths in m."""

LEAST_POINTS, MOST_POINTS = 101, 50001
SAMPLES_A_RESOLUTION = 5
"""Points within a resolution bandwidth where the number of points is automatic; assumed."""

DARKEST = -210.0
"""Level in dBm that stands for no power at all."""

OFFSET, REST = 7e-12, 3e-12
"""Limits of the wavelength error in m that calibration takes away, and of the rest."""

LEVEL_ERROR, RESOLUTION_ERROR = 0.4, 0.05
"""Limits of the level error in dB and, as a fraction, of the resolution bandwidth."""

OVERHEAD = 0.3
"""Seconds of a sweep that do not depend on its span; assumed."""

CALIBRATION_TIME, ALIGNMENT_TIME, ZERO_TIME = 20.0, 90.0, 30.0
"""Seconds; zeroing takes about 30 s by the manual's advice on time-outs, the others are assumed."""


@dataclass(frozen=True)
class Sensitivity:
    """`floor`: level in dBm of the noise; `time`: seconds for 100 nm."""

    number: int
    floor: float
    time: float


SENSITIVITIES = {
    "NHLD": Sensitivity(0, -55.0, 0.5),
    "NAUT": Sensitivity(1, -60.0, 0.5),
    "MID": Sensitivity(2, -70.0, 2.0),
    "HIGH1": Sensitivity(3, -75.0, 5.0),
    "HIGH2": Sensitivity(4, -80.0, 20.0),
    "HIGH3": Sensitivity(5, -90.0, 75.0),
    "NORMal": Sensitivity(6, -65.0, 1.0),
}
BY_NUMBER = {each.number: each for each in SENSITIVITIES.values()}


def error_scale(wavelength: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much larger than from 1520 nm to 1580 nm the error is at each `wavelength` in m."""
    inner = (wavelength >= 1520e-9) & (wavelength <= 1580e-9)
    middle = (wavelength >= 1450e-9) & (wavelength <= 1620e-9)
    return np.where(inner, 1.0, np.where(middle, 2.0, 10.0))
