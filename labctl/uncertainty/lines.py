"""Which errors a reading has by its data sheet line, and with which other readings it shares them.

A common error belongs to (serial, function, range, calibration epoch, mounting): only readings of
the same key share it. It has a part that stands on the day of calibration, a drift part that grows
with the time since, and a part by temperature outside the range that the sheet is stated for.
Where a certificate corrects a reading, its uncertainty takes the place of the first part
(`labctl.uncertainty.certified`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from labctl.calibration import Certificate
from labctl.calibration.epochs import epochs_of
from labctl.evidence import Accuracy, Reading, Spread
from labctl.uncertainty.shapes import NORMAL, RECTANGULAR, Draws, Shape, shape_of

YEAR = 365.25 * 86400.0
"""Seconds of a year, the time that drift rates are stated for."""


@dataclass(frozen=True)
class Circumstances:
    """What is known of the instruments beside their readings.

    `calibrated` and `mounted` give by serial number the instants (Unix time in s, ascending) of
    calibration or adjustment and of mounting anew, `certificates` the certificate of each
    calibration by serial number and instant, as far as there is one. `ambient` is the lowest and
    the highest temperature round the instruments in degC, None where it was not observed.
    `spreads` are the distributions of the bench's contributions that are not normal, by name.
    """

    calibrated: Mapping[str, Sequence[float]] = field(default_factory=dict[str, Sequence[float]])
    mounted: Mapping[str, Sequence[float]] = field(default_factory=dict[str, Sequence[float]])
    ambient: tuple[float, float] | None = None
    certificates: Mapping[tuple[str, float], Certificate] = field(
        default_factory=dict[tuple[str, float], Certificate]
    )

    spreads: Mapping[str, Spread] = field(default_factory=dict[str, Spread])

    def shape_of(self, source: str) -> Shape:
        """The distribution of the source `source`: that of the bench's contribution of this name
        (`bench/<name>` and what follows it), else normal."""
        bench, _, rest = source.partition("/")
        spread = self.spreads.get(rest.partition("/")[0]) if bench == "bench" else None
        return NORMAL if spread is None else shape_of(spread.distribution, spread.freedom)

    def certificate_of(self, line: Line) -> Certificate | None:
        """The certificate of the calibration that `line` stands in; None without one."""
        if line.calibrated is None:
            return None
        return self.certificates.get((line.serial, line.calibrated))


def circumstances_of(
    stated: Iterable[Mapping[str, Certificate]],
    ambient: tuple[float, float] | None = None,
    spreads: Mapping[str, Spread] | None = None,
) -> Circumstances:
    """The calibrations by certificates of a bench by role, once for each time it was opened, the
    lowest and highest temperature round it in degC, and the distributions of its contributions."""
    known = epochs_of(stated)
    return Circumstances(
        known.begins, ambient=ambient, certificates=known.certificates, spreads=dict(spreads or {})
    )


@dataclass(frozen=True)
class Line:
    """A data sheet line of one instrument, in one calibration epoch and one mounting.

    `calibrated` is the Unix time in s of the calibration before, None where none is known.
    """

    accuracy: Accuracy
    serial: str
    calibrated: float | None = None
    mounting: int = 0

    @property
    def key(self) -> str:
        """Name of the common error."""
        accuracy = self.accuracy
        parts = [self.serial, accuracy.function, f"{accuracy.range:g} {accuracy.unit}"]
        if self.calibrated is not None:
            parts.append(
                f"calibrated {datetime.fromtimestamp(self.calibrated, UTC):%Y-%m-%d %H:%M}"
            )
        if self.mounting:
            parts.append(f"mounting {self.mounting}")
        return "/".join(parts)

    @property
    def scatter(self) -> float:
        """Standard deviation of one reading about its common error: noise and step (GUM F.2.2.1),
        in the line's unit."""
        return float(np.hypot(self.accuracy.noise, self.accuracy.resolution / np.sqrt(12)))


@dataclass(frozen=True)
class Part:
    """One common error of readings: `limit` scales its `shape` for each, shape (n,).

    Limits of error of a rectangular shape, the standard uncertainty of a normal one.
    """

    key: str
    detail: str
    limit: Draws
    shape: Shape = RECTANGULAR


def line_of(accuracy: Accuracy, serial: str, utc: float, circumstances: Circumstances) -> Line:
    """The line of a reading taken at `utc` (Unix time in s)."""
    calibrations = circumstances.calibrated.get(serial, ())
    before = bisect_right(calibrations, utc)
    mounting = bisect_right(circumstances.mounted.get(serial, ()), utc)
    return Line(accuracy, serial, calibrations[before - 1] if before else None, mounting)


def by_line(
    readings: Sequence[Reading], circumstances: Circumstances
) -> list[tuple[Line, NDArray[np.intp]]]:
    """Readings grouped by their lines; those without accuracy are exact and in no group."""
    known: dict[tuple[Accuracy, str], list[int]] = {}
    for index, reading in enumerate(readings):
        if reading.accuracy is not None:
            known.setdefault((reading.accuracy, reading.serial), []).append(index)
    groups: dict[Line, list[int]] = {}
    for (accuracy, serial), where in known.items():
        if serial not in circumstances.calibrated and serial not in circumstances.mounted:
            groups[Line(accuracy, serial)] = where
            continue
        for index in where:
            line = line_of(accuracy, serial, readings[index].utc, circumstances)
            groups.setdefault(line, []).append(index)
    return [(line, np.array(where, dtype=np.intp)) for line, where in groups.items()]


def parts(line: Line, values: Draws, utc: Draws, circumstances: Circumstances) -> Iterator[Part]:
    """The common errors by data sheet of readings `values` in the line's unit, taken at `utc`
    (Unix time in s).

    Both have shape (n,). Where the day of calibration is not known, drift counts for one year.
    """
    accuracy, size = line.accuracy, np.abs(values)
    yield Part(line.key, accuracy.source, accuracy.gain * size + accuracy.offset)
    if has_drift(accuracy):
        detail = "drift in a year, since the day of calibration is not known"
        if line.calibrated is not None:
            detail = "drift since calibration"
        limit = years_since(line, utc) * (accuracy.drift_gain * size + accuracy.drift_offset)
        yield Part(f"{line.key}/drift", f"{accuracy.source}; {detail}", limit)
    outside = kelvins_outside(accuracy, circumstances.ambient)
    if outside and has_temperature(accuracy):
        slope = accuracy.temperature_gain * size + accuracy.temperature_offset
        detail = f"{accuracy.source}; {outside:g} K outside its reference temperatures"
        yield Part(f"{line.key}/temperature", detail, outside * slope)


def has_drift(accuracy: Accuracy) -> bool:
    """Whether the sheet states how limits of the day of calibration grow."""
    return bool(accuracy.drift_gain or accuracy.drift_offset)


def has_temperature(accuracy: Accuracy) -> bool:
    """Whether the sheet states temperature coefficients."""
    return bool(accuracy.temperature_gain or accuracy.temperature_offset)


def years_since(line: Line, utc: Draws) -> Draws:
    """Years from the line's calibration to `utc`; 1 where its day is not known."""
    if line.calibrated is None:
        return np.ones_like(utc)
    return (utc - line.calibrated) / YEAR


def kelvins_outside(accuracy: Accuracy, ambient: tuple[float, float] | None) -> float:
    """How far `ambient` (lowest, highest in degC) reaches out of the sheet's range, in K."""
    if ambient is None:
        return 0.0
    return max(accuracy.reference_low - ambient[0], ambient[1] - accuracy.reference_high, 0.0)
