"""Tensile curves in CSV or text, as Bluehill and testXpert export them; our own reader.

Which column is what stands in labctl-import.toml under `[columns]`: `time`, `force`,
`displacement` and, where there is an extensometer, `strain`; without it the names of an English
Bluehill are looked for. Units stand in the row of names, `Load [N]`, in the row below it, `(N)`, or
in the mapping. Rows of `key, value` before the table are the method block; the mapping may name
which of them are `sample`, `date`, `maker`, `machine` and `serial`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from drivers.imported.beside import Column
from drivers.imported.folder import Importer
from drivers.imported.source import Header, Refused, Source, missing, own, when
from drivers.imported.text import (
    Table,
    Text,
    decoded,
    numbers,
    refuse_open_end,
    split_row,
    split_unit,
)
from drivers.roles.imported import Imported
from drivers.roles.material_tester import ForceCurve
from labctl.evidence import Identity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEEDED: Mapping[str, str] = {"time": "s", "force": "N", "displacement": "m"}
STRAIN = "dimensionless"
NAMES: dict[str, tuple[str, ...]] = {
    "time": ("Time",),
    "force": ("Load", "Force"),
    "displacement": ("Extension", "Displacement"),
    "strain": ("Tensile strain", "Strain"),
    "sample": ("Specimen label", "Sample"),
    "date": ("Date",),
    "maker": ("Manufacturer", "Maker"),
    "machine": ("System", "Model", "Machine"),
    "serial": ("Serial number", "Serial Number"),
}
"""Names of columns and keys where the bench maps none."""

Names = Mapping[str, tuple[str, ...]]
COLUMNS = ("time", "force", "displacement", "strain")
KEYS = ("sample", "date", "maker", "machine", "serial")
DELIMITERS = ("\t", ";", ",")


class TensileCsv(Importer[Imported[ForceCurve]]):
    """Force curves of CSV and text files in a watched folder, in N, m and s."""

    instrument_class: ClassVar[str] = "material_tester"
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".txt", ".tra")

    def result_of(self, source: Source) -> Imported[ForceCurve]:
        """The curve; `Refused` without mapping, for a cut file, and without units."""
        names = _names(source)
        text = decoded(source.data, source.beside.encodings, lambda text: _has(text, names))
        before, table = _table(source, text, names)
        header = _header(source, text, before, table, names)
        file = source.file(own("drivers.imported.tensile_csv"), header)
        strain = table.column("strain", STRAIN) if table.has("strain") else None
        time, force, moved = (table.column(name, unit) for name, unit in NEEDED.items())
        curve = ForceCurve(
            _rising(time),
            source.array(force, "N", file),
            source.array(moved, "m", file),
            None if strain is None else source.array(strain, STRAIN, file),
        )
        return Imported(file, curve)


def _names(source: Source) -> Names:
    """What a column or key may be called: as the bench maps it, else as Bluehill has it."""
    return NAMES | {what: (column.name,) for what, column in source.beside.columns.items()}


def _has(text: str, names: Names) -> bool:
    return _head_of(text.splitlines(), names) is not None


def _head_of(lines: Sequence[str], names: Names) -> tuple[int, str, list[str]] | None:
    """Where the row of names stands, what parts its cells, and the cells."""
    for place, line in enumerate(lines):
        for delimiter in DELIMITERS:
            cells = split_row(line, delimiter)
            there = {cell for one in cells for cell in (one, split_unit(one)[0])}
            if all(there & set(names[what]) for what in NEEDED):
                return place, delimiter, cells
    return None


def _table(source: Source, text: Text, names: Names) -> tuple[list[list[str]], Table]:
    """Rows before the table, and its columns under the names of their roles."""
    found = _head_of(text.lines, names)
    if found is None:
        raise Refused("has no row with the names of its columns")
    place, delimiter, cells = found
    rows = [split_row(line, delimiter) for line in _data(text.lines[place + 1 :], source)]
    units = ["" for _ in cells]
    if rows and all(cell.startswith(("(", "[")) for cell in rows[0] if cell):
        units = [cell.strip("()[]") for cell in rows.pop(0)]
    refuse_open_end(len(rows), source, text)
    if source.beside.decimal == ",":
        rows = [[cell.replace(",", ".") for cell in row] for row in rows]
    values = numbers(rows, len(cells))
    heads = [_head(source, names, *one) for one in zip(cells, units, strict=True)]
    table = Table(tuple(name for name, _ in heads), tuple(unit for _, unit in heads), values)
    return [split_row(line, delimiter) for line in text.lines[:place]], table


def _head(source: Source, names: Names, cell: str, unit: str) -> tuple[str, str]:
    """What a column is, and its unit: from the row below, its own name, or the mapping."""
    bare, stated = split_unit(cell)
    for what in COLUMNS:
        if {cell, bare} & set(names[what]):
            mapped = source.beside.columns.get(what, Column(""))
            return what, unit or (stated if bare in names[what] else "") or mapped.unit
    return cell, unit


def _data(lines: Sequence[str], source: Source) -> list[str]:
    end = source.beside.end
    return [line for line in lines if line.strip() and not (end and line.startswith(end))]


def _mapped(
    cells: Sequence[str], units: Sequence[str], columns: Mapping[str, Column]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names by what a column is, and the units of all columns."""
    names, stated = list(cells), list(units)
    for at, cell in enumerate(cells):
        bare, unit = split_unit(cell)
        for what, column in columns.items():
            if column.name in (cell, bare):
                names[at] = what
                stated[at] = units[at] or (unit if column.name == bare else "") or column.unit
    return tuple(names), tuple(stated)


def _rising(time: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    if not len(time) or np.any(np.isnan(time)) or np.any(np.diff(time) < 0):
        raise Refused("is torn: its times do not rise")
    return time


def _header(
    source: Source, text: Text, before: Sequence[Sequence[str]], table: Table, names: Names
) -> Header:
    said = {row[0].rstrip(":").strip(): row[1] for row in before if len(row) > 1 and row[0]}
    found = {key: next((said[n] for n in names[key] if n in said), "") for key in KEYS}
    method = "\n".join(": ".join(cell for cell in row if cell) for row in before if any(row))
    who = Identity(found["maker"], found["machine"], found["serial"])
    remarks = missing(**{
        name: table.values[:, table.names.index(name)] for name in NEEDED if table.has(name)
    })
    measured = when(found["date"], source.beside.utc_offset)
    known = who if who.model else None
    return Header(method, found["sample"], measured, known, text.encoding, remarks)


DRIVER = TensileCsv
