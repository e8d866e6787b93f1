"""CH Instruments text export of cyclic and linear voltammetry and of amperometry (i-t).

Date, technique, `Instrument Model:`, parameters `Name (unit) = value`, a head such as
`Potential/V, Current/A`, rows. The parameters say where the data end. CHI software counts cathodic
currents positive unless it was set otherwise, and does not write which: `polarity` in
labctl-import.toml states it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from drivers.imported.cycler import stem
from drivers.imported.folder import Importer
from drivers.imported.source import Header, Refused, Source, missing, number, own, when_as
from drivers.imported.text import Table, Text, decoded, numbers, split_row, split_unit
from drivers.roles.imported import Imported, ImportedFile
from drivers.roles.potentiostat import Voltammogram
from labctl.evidence import Identity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TECHNIQUES = (
    *("Cyclic Voltammetry", "Linear Sweep Voltammetry"),
    *("i - t Curve", "Amperometric i-t Curve"),
)
SIGNS: Mapping[str, float] = {"cathodic": -1.0, "anodic": 1.0}
_PARAMETER = re.compile(r"^\s*([^=]+?)\s*(?:\(([^)]*)\))?\s*=\s*(\S+)\s*$")
_CELLS = re.compile(r"[,\s]+")
_DATE = re.compile(r"([A-Z][a-z]{2})[a-z]*\.?\s+(\d{1,2}),\s*(\d{4})\s+(\d{1,2}:\d{2}:\d{2})")
HALF = 0.51
"""Part of an interval within which the last point lies at the end that the parameters state."""


@dataclass(frozen=True)
class Parts:
    """What a file is made of: its lines before the data, its parameters, its table."""

    head: list[str]
    parameters: Mapping[str, str]
    table: Table

    def parameter(self, name: str) -> float:
        """A parameter in its own unit (V, s, V/s); `Refused` where it is absent."""
        if name not in self.parameters:
            raise Refused(f"has no parameter {name!r}")
        return number(self.parameters[name], name)


class ChiText(Importer[Imported[Voltammogram]]):
    """Voltammograms of CHI text exports in a watched folder, in V, A and s."""

    instrument_class: ClassVar[str] = "potentiostat"
    suffixes: ClassVar[tuple[str, ...]] = (".txt", ".csv")

    def result_of(self, source: Source) -> Imported[Voltammogram]:
        """The voltammogram, oxidation positive; `Refused` where its data do not go to their end
        or the sign of its currents is not stated."""
        if source.beside.polarity not in SIGNS:
            raise Refused("does not say which current is positive: give `polarity` beside it")
        text = decoded(source.data, source.beside.encodings, _is_chi)
        parts = _parts(text)
        current = parts.table.column("Current", "A") * SIGNS[source.beside.polarity]
        time, potential, scan = _courses(parts)
        file = source.file(own("drivers.imported.chi_text"), _header(source, text, parts, current))
        return Imported(file, _voltammogram(source, file, time, potential, current, scan))


def _is_chi(text: str) -> bool:
    lines = text.splitlines()[:12]
    return any(line.strip() in TECHNIQUES for line in lines) and any(
        line.startswith("Instrument Model:") for line in lines
    )


def _parts(text: Text) -> Parts:
    lines = text.lines
    start = next((at for at, line in enumerate(lines) if "Current/A" in line), None)
    if start is None:
        raise Refused("is cut: it has no table of currents")
    if not text.is_ended:
        raise Refused("is cut: its last line has no end")
    found = (_PARAMETER.match(line) for line in lines[:start])
    parameters = {match[1]: match[3] for match in found if match}
    names = [split_unit(cell) for cell in split_row(lines[start])]
    rows = [_CELLS.split(line.strip()) for line in lines[start + 1 :] if line.strip()]
    units = tuple({"sec": "s"}.get(unit, unit) for _, unit in names)
    table = Table(tuple(name for name, _ in names), units, numbers(rows, len(names)))
    return Parts(lines[:start], parameters, table)


def _courses(
    parts: Parts,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Time in s, potential in V and number of the cycle from 1, shape (n,) each."""
    import numpy as np

    if parts.table.has("Time"):
        time = parts.table.column("Time", "s")
        _refuse_short(time, parts.parameter("Run Time"), parts.parameter("Sample Interval"), "s")
        return time, np.full(len(time), parts.parameter("Init E")), np.ones(len(time), dtype=int)
    potential = parts.table.column("Potential", "V")
    interval, rate = parts.parameter("Sample Interval"), parts.parameter("Scan Rate")
    turns = _turns(parts)
    travelled = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(potential)))])
    whole = float(np.sum(np.abs(np.diff(turns)))) - abs(float(potential[0]) - turns[0])
    _refuse_short(travelled, whole, interval, "V")
    if abs(float(potential[-1]) - turns[-1]) > HALF * interval:
        raise Refused(f"is cut: it ends at {potential[-1]:g} V, not at {turns[-1]:g} V")
    cycle = 2.0 * abs(turns[2] - turns[1]) if len(turns) > 2 else np.inf
    scan = np.floor_divide(travelled, cycle * (1.0 + 1e-9)).astype(np.int64) + 1
    return travelled / rate, potential, scan


def _turns(parts: Parts) -> list[float]:
    """Where the potential begins, turns and ends, in V."""
    begin = parts.parameter("Init E")
    if "Segment" not in parts.parameters:
        return [begin, parts.parameter("Final E")]
    ends = [parts.parameter("High E"), parts.parameter("Low E")]
    if parts.parameters.get("Init P/N", "P").upper().startswith("N"):
        ends.reverse()
    count = int(parts.parameter("Segment"))
    return [begin, *(ends[place % 2] for place in range(count))]


def _refuse_short(values: NDArray[np.float64], end: float, interval: float, unit: str) -> None:
    """`Refused` where the course `values` does not come to its `end` within half an interval."""
    if not len(values) or abs(float(values[-1]) - end) > HALF * interval:
        came = float(values[-1]) if len(values) else 0.0
        raise Refused(f"is cut: its data cover {came:g} of {end:g} {unit}")


def _voltammogram(
    source: Source,
    file: ImportedFile,
    time: NDArray[np.float64],
    potential: NDArray[np.float64],
    current: NDArray[np.float64],
    scan: NDArray[np.int64],
) -> Voltammogram:
    import numpy as np

    return Voltammogram(
        time,
        source.array(potential, "V", file),
        source.array(current, "A", file),
        scan,
        np.zeros(len(time), dtype=bool),
    )


def _header(source: Source, text: Text, parts: Parts, current: NDArray[np.float64]) -> Header:
    def after(key: str) -> str:
        found = (line.partition(":")[2] for line in parts.head if line.startswith(key))
        return next(found, "").strip()

    who = Identity("CH Instruments", after("Instrument Model:"), after("Serial Number:"))
    if not who.serial and source.beside.identity is not None:
        who = source.beside.identity
    method = "\n".join(line.rstrip() for line in parts.head if line.strip())
    remarks = (
        *missing(current=current),
        f"{source.beside.polarity} currents are positive in the file",
        "the file does not tell overloads: none is marked",
    )
    sample = after("Header:") or stem(source.name)
    measured = _measured(parts.head, source.beside.utc_offset)
    return Header(method, sample, measured, who, text.encoding, remarks)


def _measured(head: list[str], utc_offset: float) -> float:
    """The date of the first lines, `Jan. 2, 2026   03:04:05`, as Unix time in s."""
    found = next((match for line in head[:3] if (match := _DATE.search(line))), None)
    if found is None:
        raise Refused("states no time of measurement")
    return when_as(" ".join(found.groups()), "%b %d %Y %H:%M:%S", utc_offset)


DRIVER = ChiText
