"""Touchstone files (1.1 and 2.0) of vector network analyzers, read by scikit-rf.

Version 2 ends with `[End]`. Version 1 has no end: the number of its points must stand in a comment
`! Points: n` or in labctl-import.toml. Analyzers write identity, date and correction as comments.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, ClassVar

from drivers.imported.folder import Importer
from drivers.imported.source import (
    Header,
    Refused,
    Source,
    by_library,
    library,
    when,
    when_as,
)
from drivers.imported.text import Text, decoded, refuse_cut
from drivers.roles.imported import Imported, ImportedFile
from drivers.roles.vector_network_analyzer import ScatteringMatrix
from labctl.evidence import Identity

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray

PORTS = re.compile(r"\.(?:s(\d+)p|ts)$")
POINTS = re.compile(r"(?:number of )?(?:frequency )?points\s*[:=]\s*(\d+)", re.IGNORECASE)
DATE = re.compile(r"\bdate\s*[:=]\s*(.+)", re.IGNORECASE)
CORRECTION = re.compile(
    r"\b(?:correction|calibration|cal ?(?:set|type))\b\s*[:=]?\s*(.*)", re.IGNORECASE
)
IDENTITY = re.compile(r"^(?:\w+:\s*)?([^,:]+),([^,]+),([^,]+),([^,]+)$")
FORMS = ("%A, %B %d, %Y %H:%M:%S", "%a %b %d %H:%M:%S %Y", "%Y-%m-%d %H:%M:%S", "%m/%d/%Y %H:%M:%S")


class Touchstone(Importer[Imported[ScatteringMatrix]]):
    """Scattering parameters of Touchstone files in a watched folder, frequencies in Hz."""

    instrument_class: ClassVar[str] = "vector_network_analyzer"
    suffixes: ClassVar[tuple[str, ...]] = (
        *(f".s{ports}p" for ports in range(1, 17)),
        ".ts",
    )

    def result_of(self, source: Source) -> Imported[ScatteringMatrix]:
        """The matrix; `Refused` for a cut file, and for one without date or correction."""
        text = decoded(source.data, source.beside.encodings, _is_touchstone)
        found: Any = by_library(lambda: _parsed(source.name, text))
        if found.parameter.lower() != "s":
            raise Refused(f"holds {found.parameter.upper()} parameters, no scattering parameters")
        frequency, s = by_library(found.get_sparameter_arrays)
        _refuse_cut(source, text, found.rank, frequency)
        correction = _correction(text) or source.beside.method
        if not correction:
            raise Refused("names no correction in its comments; say it in labctl-import.toml")
        file = source.file(library("scikit-rf"), _header(source, text, correction))
        return Imported(file, _matrix(source, file, found, frequency, s, correction))


def _is_touchstone(text: str) -> bool:
    return any(line.lstrip().startswith("#") for line in text.splitlines())


def _parsed(name: str, text: Text) -> Any:
    from skrf.io.touchstone import Touchstone as File

    stream = io.StringIO(text.text)
    stream.name = name.lower()
    return File(stream)


def _refuse_cut(source: Source, text: Text, ports: int, frequency: FloatArray) -> None:
    """`Refused` where points are lacking, where a row is torn, and where nobody says how many."""
    if text.text.lstrip().lower().startswith("[version]") or "\n[version]" in text.text.lower():
        if not text.text.rstrip().lower().endswith("[end]"):
            raise Refused("is cut: it does not end with [End]")
        return
    said = next((int(m[1]) for line in _comments(text) if (m := POINTS.search(line))), 0)
    refuse_cut(len(frequency), said or source.beside.points, text)
    numbers = sum(len(line.partition("!")[0].split()) for line in text.lines if _is_data(line))
    if numbers != len(frequency) * (1 + 2 * ports**2):
        raise Refused(f"is torn: {numbers} numbers in {len(frequency)} points of {ports} ports")


def _is_data(line: str) -> bool:
    return not line.lstrip().startswith(("!", "#", "["))


def _comments(text: Text) -> list[str]:
    return [line.partition("!")[2].strip() for line in text.lines if line.lstrip().startswith("!")]


def _correction(text: Text) -> str:
    found = (CORRECTION.search(line) for line in _comments(text))
    return next((match[1].strip() or match[0] for match in found if match), "")


def _header(source: Source, text: Text, correction: str) -> Header:
    comments = _comments(text)
    lines = [line for line in text.lines if line.lstrip().startswith(("!", "#"))]
    sample = next((line.partition(":")[2] for line in comments if line.startswith("Sample:")), "")
    return Header(
        "\n".join(lines) if comments else correction,
        sample,
        _measured(comments, source.beside.utc_offset),
        _identity(comments),
        text.encoding,
    )


def _identity(comments: list[str]) -> Identity | None:
    """Who measured: a comment in the form of an answer to `*IDN?`."""
    for line in comments:
        match = IDENTITY.match(line.strip())
        if match:
            return Identity(*(part.strip() for part in match.groups()))
    return None


def _measured(comments: list[str], offset: float) -> float:
    found = (DATE.search(line) for line in comments)
    text = next((match[1].strip() for match in found if match), "")
    for form in FORMS:
        try:
            return when_as(text, form, offset)
        except Refused:
            continue
    return when(text, offset)


def _matrix(
    source: Source, file: ImportedFile, found: Any, frequency: FloatArray, s: Any, correction: str
) -> ScatteringMatrix:
    import numpy as np

    impedance = {complex(one) for one in np.atleast_1d(found.resistance)}
    if found.reference is not None:
        impedance |= {complex(one) for one in found.reference}
        impedance = {complex(one) for one in found.reference}
    if len(impedance) != 1 or next(iter(impedance)).imag:
        raise Refused("has ports of different or complex impedance")
    ohm = next(iter(impedance)).real
    return ScatteringMatrix(source.array(frequency, "Hz", file), np.asarray(s), ohm, correction)


DRIVER = Touchstone
