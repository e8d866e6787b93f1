"""The errors of readings with the certificates of their instruments: corrected where a table
reaches, by data sheet elsewhere.

What a certificate does not say of the time and the temperature after it is the data sheet's
(docs/decisions/0018). Drift: by its drift terms; where it states limits for a year and none, those
limits, grown from 0 as sqrt(t / 1 year), and as t / 1 year after a year. Temperature: by its
coefficients from the calibration's temperature to the ambient one, or to the far end of the sheet's
range where that is not known, but inside that range no more than its limits, which hold there.
Where the sheet states no coefficients and the two temperatures are not known to be alike, nobody
can tell drift from temperature: its limits stand whole beside the certificate's uncertainty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from labctl.calibration import Certificate
from labctl.calibration.wording import named, said
from labctl.evidence import Accuracy
from labctl.uncertainty import lines
from labctl.uncertainty.corrections import Curve, curve_for
from labctl.uncertainty.lines import Circumstances, Line, Part
from labctl.uncertainty.shapes import Draws
from labctl.words import Words

ALIKE = 1.0
"""K within which a calibration's and the ambient temperature are alike: that of limits which sheets
state for a day."""


@dataclass(frozen=True)
class Errors:
    """Common errors of readings, shape (n,) in their unit: `correction` to be added to them, and
    the `parts`. `used` names the certificate's table where one stands for them, `covered` says how
    many of them its points reach."""

    correction: Draws
    parts: tuple[Part, ...]
    used: str = ""
    covered: int = 0


def errors_of(line: Line, values: Draws, utc: Draws, circumstances: Circumstances) -> Errors:
    """The errors of readings `values` in the line's unit, taken at `utc` (Unix time in s)."""
    certificate = circumstances.certificate_of(line)
    curve = None if certificate is None else curve_for(certificate, line.accuracy)
    if certificate is None or curve is None:
        by_sheet = tuple(lines.parts(line, values, utc, circumstances))
        return Errors(np.zeros_like(values), by_sheet)
    covered = curve.covers(values)
    found = tuple(_certified(line, values, utc, circumstances, certificate, curve))
    if not covered.all():
        rest = lines.parts(line, values, utc, circumstances)
        sheet = (replace(part, limit=np.where(covered, 0.0, part.limit)) for part in rest)
        found = _joined((*found, *sheet))
    count = int(np.count_nonzero(covered))
    return Errors(curve.correction(values), found, named(certificate, curve.table), count)


def _certified(
    line: Line,
    values: Draws,
    utc: Draws,
    circumstances: Circumstances,
    certificate: Certificate,
    curve: Curve,
) -> Iterator[Part]:
    """The parts of readings that the table reaches; 0 for the others."""
    key, said = f"{line.key}/certificate {certificate.number}", named(certificate, curve.table)
    yield Part(key, said, curve.scale(values), curve.shape)
    bend = curve.bend(values)
    if bend.any():
        yield Part(f"{key}/interpolation", f"{said}; between its points", bend)
    size, covered = np.abs(values), curve.covers(values)
    kelvins = _kelvins(line.accuracy, curve, circumstances.ambient)
    limit, how = _drift(line, size, utc, kelvins)
    yield Part(f"{line.key}/drift", how, np.where(covered, limit, 0.0))
    if kelvins and lines.has_temperature(line.accuracy):
        limit = _by_temperature(line.accuracy, size, kelvins, circumstances.ambient)
        detail = f"{line.accuracy.source}; {kelvins:g} K from the calibration's temperature"
        yield Part(f"{line.key}/temperature", detail, np.where(covered, limit, 0.0))


def _drift(line: Line, size: Draws, utc: Draws, kelvins: float) -> tuple[Draws, str]:
    """Limits of the drift since the calibration, and where they come from."""
    accuracy, years = line.accuracy, lines.years_since(line, utc)
    if lines.has_drift(accuracy):
        rate = accuracy.drift_gain * size + accuracy.drift_offset
        return years * rate, f"{accuracy.source}; drift since calibration"
    grown = np.maximum(np.sqrt(years), years)
    if kelvins > ALIKE and not lines.has_temperature(accuracy):
        grown = np.maximum(years, 1.0)
    limits = accuracy.gain * size + accuracy.offset
    return grown * limits, f"{accuracy.source}; limits for a year as drift since calibration"


def _by_temperature(
    accuracy: Accuracy, size: Draws, kelvins: float, ambient: tuple[float, float] | None
) -> Draws:
    """Limits of the error by `kelvins` between calibration and use."""
    slope = accuracy.temperature_gain * size + accuracy.temperature_offset
    outside = lines.kelvins_outside(accuracy, ambient)
    inside = np.minimum((kelvins - outside) * slope, accuracy.gain * size + accuracy.offset)
    return inside + outside * slope


def _kelvins(accuracy: Accuracy, curve: Curve, ambient: tuple[float, float] | None) -> float:
    """How far from the calibration's temperature the instrument may stand, in K.

    A calibration whose temperature is not stated was done within the sheet's range.
    """
    own = accuracy.reference_low, accuracy.reference_high
    low, high = curve.table.temperature or own
    cold, hot = ambient or own
    return max(hot - low, high - cold, 0.0)


def _joined(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Parts of one key are one error: that of each reading stands in one of them."""
    found: dict[str, Part] = {}
    for part in parts:
        known = found.get(part.key)
        more = part if known is None else replace(known, limit=known.limit + part.limit)
        found[part.key] = more
    return tuple(found.values())


class Tables:
    """Gives the errors of readings under `circumstances`, and keeps which tables of certificates
    stood for some, each with whether its points `reached` all of them."""

    def __init__(self, circumstances: Circumstances) -> None:
        self._circumstances = circumstances
        self.read: set[str] = set()
        self.reached: dict[str, bool] = {}

    def errors_of(self, line: Line, values: Draws, utc: Draws) -> Errors:
        """The errors of readings `values` in the line's unit, taken at `utc` (Unix time in s)."""
        found = errors_of(line, values, utc, self._circumstances)
        self.read.add(line.serial)
        if found.used:
            self.add(((found.used, found.covered == len(values)),))
        return found

    def add(self, more: Iterable[tuple[str, bool]]) -> None:
        """Tables that stood for readings elsewhere."""
        for table, reached in more:
            self.reached[table] = self.reached.get(table, True) and reached

    @property
    def said(self) -> tuple[Words, ...]:
        """What corrected the readings so far, in sentences."""
        return said(self.reached, self._circumstances.certificates.values(), self.read)
