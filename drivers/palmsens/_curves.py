"""From packages to the arrays of the potentiostat's role, checked against what was asked for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from drivers.codecs.methodscript import Value
from drivers.palmsens._sheet import RANGES, current_line, impedance_line, potential_line
from drivers.palmsens._talk import Scan
from drivers.roles.arrays import ReadingArray
from drivers.roles.potentiostat import ImpedanceSpectrum, Voltammogram
from labctl.evidence import Accuracy, Reading

TIME, POTENTIAL, CURRENT = frozenset({"eb"}), frozenset({"ab", "da"}), frozenset({"ba"})
FREQUENCY, REAL, IMAGINARY = frozenset({"dc"}), frozenset({"cc"}), frozenset({"cd"})
CURVE = (TIME, POTENTIAL, CURRENT)
SPECTRUM = (FREQUENCY, REAL, IMAGINARY)

BEYOND = 2.0
"""A current of more than twice its range that is not marked as overload is a corrupted one."""

TOLERANCE = 0.01
"""Steps of the converter and its offset in V: an applied potential may lie so far outside."""


class Doubtful(ValueError):
    """Packages that cannot be what was asked for."""


@dataclass(frozen=True)
class Stamp:
    """Where readings come from, and when the first of them came (run time, Unix time in s)."""

    t: float
    utc: float
    address: str
    serial: str

    def reading(self, value: float, unit: str, accuracy: Accuracy) -> Reading:
        """One value in `unit`."""
        return Reading(value, unit, self.t, self.utc, self.address, self.serial, accuracy)

    def array(self, values: Sequence[float], unit: str, accuracy: Accuracy | None) -> ReadingArray:
        """Values in `unit` as one array of shape (n,)."""
        import numpy as np

        return ReadingArray(
            np.asarray(values, dtype=np.float64),
            unit,
            self.t,
            self.utc,
            self.address,
            self.serial,
            accuracy,
        )


def full_scale(currents: Sequence[Value]) -> float:
    """The largest range in A that the currents were measured on; `Doubtful` for unknown ones."""
    unknown = [value.range for value in currents if value.range not in RANGES]
    if unknown or not currents:
        raise Doubtful(f"no current range has the number {unknown[:1]}")
    return max(RANGES[value.range] for value in currents)


def current(value: Value) -> float:
    """The current in A, nan where it is overloaded or not there; `Doubtful` for a wrong one."""
    if value.overloaded or math.isnan(value.value):
        return math.nan
    full = full_scale([value])
    if abs(value.value) > BEYOND * full:
        raise Doubtful(f"{value.value:g} A is no current on the range of {full:g} A")
    return value.value


@dataclass(frozen=True)
class Asked:
    """What a curve must be: potentials within `span` in V, about so many `points` in `scans`."""

    span: tuple[float, float]
    points: float
    scans: int = 1

    def check(self, rows: int) -> None:
        """`Doubtful` where packages are missing: more than the ends of scans can explain."""
        if abs(rows - self.points) > 1 + 2 * self.scans:
            raise Doubtful(f"{rows} points, {self.points:.0f} expected")


def voltammogram(scans: Sequence[Scan], stamp: Stamp, asked: Asked) -> Voltammogram:
    """A curve from packages of time, potential and current.

    `Doubtful` where packages are missing, where time runs back, or where a potential lies outside
    what was asked for.
    """
    import numpy as np

    rows = [row for scan in scans for row in scan]
    asked.check(len(rows))
    times = _rising([row[0].value for row in rows])
    potentials = [_inside(row[1].value, asked.span) for row in rows]
    currents = [row[2] for row in rows]
    line = current_line(full_scale(currents))
    return Voltammogram(
        np.asarray(times, dtype=np.float64),
        stamp.array(potentials, "V", potential_line()),
        stamp.array([current(value) for value in currents], "A", line),
        np.asarray([i for i, scan in enumerate(scans, 1) for _ in scan], dtype=np.int64),
        np.asarray([value.overloaded for value in currents], dtype=np.bool_),
    )


def spectrum(
    rows: Sequence[tuple[Value, ...]], asked: Sequence[float], amplitude: float, stamp: Stamp
) -> ImpedanceSpectrum:
    """An impedance from packages of frequency, real and imaginary part.

    `Doubtful` where the frequencies are not those `asked` for in Hz. `amplitude` in V rms. A point
    in overload is nan.
    """
    import numpy as np

    found = [row[0].value for row in rows]
    if len(found) != len(asked) or not all(
        math.isclose(one, other, rel_tol=0.02) for one, other in zip(found, asked, strict=True)
    ):
        raise Doubtful(f"impedance at {len(found)} frequencies, not at the {len(asked)} asked for")
    sizes = (math.hypot(row[1].value, row[2].value) for row in rows if not _overloaded(row))
    line = impedance_line(full_scale([row[1] for row in rows]), amplitude, max(sizes, default=0.0))
    return ImpedanceSpectrum(
        np.asarray(found, dtype=np.float64),
        stamp.array([_part(row, 1) for row in rows], "ohm", line),
        stamp.array([_part(row, 2) for row in rows], "ohm", line),
    )


def _part(row: tuple[Value, ...], index: int) -> float:
    return math.nan if _overloaded(row) else row[index].value


def _overloaded(row: tuple[Value, ...]) -> bool:
    return any(value.overloaded for value in row)


def _rising(times: list[float]) -> list[float]:
    if not times:
        raise Doubtful("the script sent no package")
    falls = any(not later >= earlier for earlier, later in pairwise(times))
    if falls or not times[0] >= 0:
        raise Doubtful("the times do not rise")
    return times


def _inside(potential: float, span: tuple[float, float]) -> float:
    low, high = min(span) - TOLERANCE, max(span) + TOLERANCE
    if not low <= potential <= high:
        raise Doubtful(f"{potential:g} V is outside {low:g}..{high:g} V")
    return potential
