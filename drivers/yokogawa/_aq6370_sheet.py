"""Yokogawa AQ6370D: what it can be set to, how accurate it is, what it answers with."""

from __future__ import annotations

from labctl.evidence import Accuracy

NANO = 1e-9
SHORTEST, LONGEST = 600e-9, 1700e-9
"""Wavelengths in m (AQ6370 series remote control manual, :SENSe:WAVelength)."""

RESOLUTIONS = (0.02e-9, 0.05e-9, 0.1e-9, 0.2e-9, 0.5e-9, 1e-9, 2e-9)
"""Settings of the resolution in m (:SENSe:BANDwidth:RESolution)."""

SENSITIVITIES = (
    (1, -55.0),
    (6, -60.0),
    (2, -70.0),
    (3, -75.0),
    (4, -80.0),
    (5, -85.0),
)
"""Settings of :SENSe:SENSe, the fastest first (NORM/AUTO, NORMAL, MID, HIGH1, HIGH2, HIGH3), with
the noise floor in dBm of each: remembered, and for 1300-1620 nm."""

MOST_SWEEPS = 999
STRONGEST = 20.0
"""Input level in dBm above which a level is no measurement (data sheet: maximum input)."""

REFERENCE = (1530.3714e-9, 1e-9)
"""Vacuum wavelength in m of the acetylene line of the built-in source, and how far around it is
swept: remembered."""

SHEET = "Yokogawa AQ6370D data sheet, after wavelength calibration: remembered, not re-read"


def _wavelength(low: float, high: float, limit: float) -> Accuracy:
    return Accuracy(f"wavelength {low:g}-{high:g} nm", high * NANO, "m", 0.0, limit * NANO, SHEET)


WAVELENGTH = (
    (1520.0, 1580.0, _wavelength(1520, 1580, 0.01)),
    (1450.0, 1620.0, _wavelength(1450, 1620, 0.02)),
    (600.0, 1700.0, _wavelength(600, 1700, 0.1)),
)
"""Lowest and highest wavelength in nm of a line of the sheet, the best first."""

LEVEL = (
    (1520.0, 1580.0, Accuracy("level 1520-1580 nm", STRONGEST, "dBm", 0.0, 0.4, SHEET)),
    (600.0, 1700.0, Accuracy("level 600-1700 nm", STRONGEST, "dBm", 0.0, 1.0, SHEET)),
)
"""The same of levels: limits of error in dB."""

Lines = tuple[tuple[float, float, Accuracy], ...]


def line(lines: Lines, shortest: float, longest: float) -> Accuracy:
    """The best of `lines` that holds from `shortest` to `longest`, wavelengths in m."""
    low, high = round(shortest / NANO, 6), round(longest / NANO, 6)
    return next((one for a, b, one in lines if a <= low and high <= b), lines[-1][2])


def widest(resolution: float) -> float:
    """The widest setting in m that is not above `resolution` in m; ValueError where none is."""
    fitting = [one for one in RESOLUTIONS if one <= resolution * (1 + 1e-9)]
    if not fitting:
        raise ValueError("it has no resolution so fine")
    return max(fitting)


def fastest(level: float) -> int:
    """The fastest setting whose noise floor lies below `level` in dBm; ValueError without one."""
    for setting, floor in SENSITIVITIES:
        if floor < level:
            return setting
    raise ValueError("it has no sensitivity so high")
