"""JCAMP-DX spectra (4.24, 5.01): XYDATA and XYPOINTS; our own reader `drivers.codecs.jcamp`.

The private labels `##$EXPOSURE` (s), `##$AVERAGES`, `##$SATURATION` (ordinate's unit) and
`##$SERIALNUMBER` are read where there are any; labctl-import.toml may state the saturation.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from drivers.codecs import jcamp
from drivers.imported.folder import Importer
from drivers.imported.source import Header, Refused, Source, missing, number, own, when_as
from drivers.imported.spectra import Signal, spectrum
from drivers.imported.text import Text, decoded
from drivers.roles.imported import Imported
from drivers.roles.spectrometer import Spectrum
from labctl.evidence import Identity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

X_UNITS: Mapping[str, tuple[str, str]] = {
    "NANOMETERS": ("nm", "wavelength"),
    "MICROMETERS": ("um", "wavelength"),
    "1/CM": ("1/cm", "wavenumber"),
}
Y_UNITS: Mapping[str, str] = {
    **dict.fromkeys(("COUNTS", "ARBITRARY UNITS", "RELATIVE INTENSITY"), "dimensionless"),
    **dict.fromkeys(("TRANSMITTANCE", "REFLECTANCE", "ABSORBANCE"), "dimensionless"),
    **{"W/M2/NM": "W/m**2/nm", "W/M**2/NM": "W/m**2/nm", "W/NM": "W/nm"},
}
METHOD = ("$METHOD", "SAMPLINGPROCEDURE", "INSTRUMENTPARAMETERS", "DATAPROCESSING")
TOLERANCE = 1e-5
"""Part of the span by which a printed abscissa may miss the one that its place gives."""


class JcampDx(Importer[Imported[Spectrum]]):
    """Spectra of JCAMP-DX files in a watched folder, wavelengths in m in air."""

    instrument_class: ClassVar[str] = "spectrometer"
    suffixes: ClassVar[tuple[str, ...]] = (".jdx", ".dx", ".jcm")

    def result_of(self, source: Source) -> Imported[Spectrum]:
        """The spectrum; `Refused` for a file without `##END`, with another number of points, or
        whose abscissas do not fit."""
        text = decoded(source.data, source.beside.encodings, _is_jcamp)
        labels = _labels(text)
        x, y = _points(labels)
        file = source.file(own("drivers.codecs.jcamp"), _header(source, text, labels, y))
        return Imported(file, spectrum(source, file, _signal(labels, x, y)))


def _is_jcamp(text: str) -> bool:
    return jcamp.label(text.lstrip()[:30]).startswith("##TITLE")


def _labels(text: Text) -> dict[str, str]:
    """Values by label; `Refused` for a cut file and for one of several blocks."""
    try:
        found = jcamp.records(text.text)
    except ValueError as error:
        raise Refused(str(error)) from error
    if found[-1][0] != "END" or not text.is_ended:
        raise Refused("is cut: it does not end with ##END=")
    labels = dict(reversed(found))
    if sum(name == "TITLE" for name, _ in found) > 1:
        raise Refused("holds several blocks; export one spectrum a file")
    return labels


def _points(labels: Mapping[str, str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Abscissas and ordinates in the file's units, shape (n,) each."""
    import numpy as np

    count = int(number(labels.get("NPOINTS", ""), "##NPOINTS"))
    pairs = labels.get("XYPOINTS", labels.get("XYDATA", ""))
    is_paired = pairs.replace(" ", "").upper().startswith("(XY..XY)")
    if is_paired:
        x, y = _paired(pairs)
    elif "XYDATA" in labels:
        x, y = _spaced(labels, count)
    else:
        raise Refused("has neither ##XYDATA nor ##XYPOINTS")
    if len(y) != count or len(x) != count:
        raise Refused(f"is cut or torn: {len(y)} of {count} points")
    factors = [number(labels.get(name, "1"), f"##{name}") for name in ("XFACTOR", "YFACTOR")]
    if not is_paired:
        factors[0] = 1.0
    return np.asarray(x) * factors[0], np.asarray(y) * factors[1]


def _spaced(labels: Mapping[str, str], count: int) -> tuple[list[float], list[float]]:
    form, *lines = labels["XYDATA"].splitlines()
    if form.replace(" ", "").upper() != "(X++(Y..Y))":
        raise Refused(f"has its data in the form {form!r}")
    try:
        rows = jcamp.ordinates(lines)
    except ValueError as error:
        raise Refused(str(error)) from error
    first, last = (number(labels.get(name, ""), f"##{name}") for name in ("FIRSTX", "LASTX"))
    step = (last - first) / max(1, count - 1)
    _refuse_torn(rows, first, step, number(labels.get("XFACTOR", "1"), "##XFACTOR"))
    y = [value for _, values in rows for value in values]
    return [first + step * index for index in range(count)], y


def _refuse_torn(
    rows: list[tuple[float, list[float]]], first: float, step: float, scale: float
) -> None:
    """`Refused` where a line's abscissa is not that of its first ordinate: a line is lost.

    After a line of differences it is that of the ordinate before, which is printed again. Printed
    abscissas are rounded, and multiplied with the file's factor.
    """
    at = 0
    for number_of, (x, values) in enumerate(rows, 1):
        near = min(abs(x * scale - (first + step * place)) for place in (at, max(0, at - 1)))
        if near > 0.51 * (abs(step) + abs(scale)) + TOLERANCE * abs(x * scale):
            raise Refused(f"is torn: line {number_of} of its data begins at {x:g}")
        at += len(values)


def _paired(text: str) -> tuple[list[float], list[float]]:
    lines = text.splitlines()[1:]
    cells = [cell for cell in re.split(r"[\s,;]+", " ".join(lines)) if cell]
    found = [math.nan if cell == "?" else number(cell, "an ordinate") for cell in cells]
    return found[0::2], found[1::2]


def _signal(labels: Mapping[str, str], x: NDArray[np.float64], y: NDArray[np.float64]) -> Signal:
    x_unit = labels.get("XUNITS", "").upper()
    y_unit = labels.get("YUNITS", "").upper()
    if x_unit not in X_UNITS or y_unit not in Y_UNITS:
        raise Refused(f"states the units {x_unit!r} and {y_unit!r}, which make no optical spectrum")
    unit, axis = X_UNITS[x_unit]
    limit = labels.get("$SATURATION", "")
    return Signal(
        x,
        unit,
        y,
        Y_UNITS[y_unit],
        vacuum=axis == "wavenumber",
        exposure=number(labels["$EXPOSURE"], "##$EXPOSURE") if "$EXPOSURE" in labels else math.nan,
        averages=int(number(labels.get("$AVERAGES", "1"), "##$AVERAGES")),
        saturation=number(limit, "##$SATURATION") if limit else 0.0,
    )


def _header(
    source: Source, text: Text, labels: Mapping[str, str], y: NDArray[np.float64]
) -> Header:
    method = "\n".join(f"##{name}= {labels[name]}" for name in METHOD if labels.get(name))
    name = labels.get("SPECTROMETERDATASYSTEM", "")
    who = Identity(labels.get("ORIGIN", ""), name, labels.get("$SERIALNUMBER", ""))
    measured = _measured(labels, source.beside.utc_offset)
    remarks = missing(signal=y)
    if labels.get("XUNITS", "").upper() != "1/CM":
        remarks += ("the medium of its wavelengths is not stated: taken as air",)
    sample = labels.get("SAMPLEDESCRIPTION", "") or labels["TITLE"]
    return Header(method, sample, measured, who if name else None, text.encoding, remarks)


def _measured(labels: Mapping[str, str], offset: float) -> float:
    """When it was measured, Unix time in s, by `##LONGDATE` or `##DATE` and `##TIME`."""
    if "LONGDATE" in labels:
        for form in ("%Y/%m/%d %H:%M:%S.%f %z", "%Y/%m/%d %H:%M:%S %z", "%Y/%m/%d %H:%M:%S"):
            try:
                return when_as(labels["LONGDATE"], form, offset)
            except Refused:
                continue
        raise Refused(f"has a ##LONGDATE that cannot be read: {labels['LONGDATE']!r}")
    text = f"{labels.get('DATE', '')} {labels.get('TIME', '')}"
    return when_as(text, "%y/%m/%d %H:%M:%S", offset)


DRIVER = JcampDx
