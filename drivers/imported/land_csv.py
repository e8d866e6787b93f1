"""LAND battery test system's CSV export of records: one head, one row a record.

English names as cellpy's definition of LAND files has them, Chinese ones remembered. The format has
no end, and a running test is exported too: a cut at the end of a line shows only against `points`,
or how the last line begins (`end`), in labctl-import.toml; without them the remarks say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from drivers.imported.cycler import Log, clock_time, record, seconds, stem
from drivers.imported.folder import Importer
from drivers.imported.source import Header, Refused, Source, missing, own
from drivers.imported.text import (
    Table,
    Text,
    decoded,
    numbers,
    refuse_open_end,
    split_row,
    split_unit,
)
from drivers.roles.battery_cycler import CyclerRecord
from drivers.roles.imported import Imported
from labctl.evidence import Identity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAMES: Mapping[str, str] = {
    **dict.fromkeys(("Record", "Index", "记录序号", "序号"), "record"),
    **dict.fromkeys(("Cycle-Index", "Cycle", "循环序号"), "cycle"),
    **dict.fromkeys(("Step-Index", "Step", "工步序号", "步骤序号"), "step"),
    **dict.fromkeys(("TestTime", "测试时间"), "time"),
    **dict.fromkeys(("Voltage", "电压"), "voltage"),
    **dict.fromkeys(("Current", "电流"), "current"),
    **dict.fromkeys(("Capacity", "容量"), "charge"),
    **dict.fromkeys(("Energy", "能量"), "energy"),
    **dict.fromkeys(("SysTime", "系统时间"), "date"),
}
"""What a column is, by its name without unit."""

UNITS: Mapping[str, str] = {"voltage": "V", "current": "A", "charge": "C", "energy": "J"}


class LandCsv(Importer[Imported[CyclerRecord]]):
    """Records of LAND's CSV exports in a watched folder, in V, A, C, J and s."""

    instrument_class: ClassVar[str] = "battery_cycler"
    suffixes: ClassVar[tuple[str, ...]] = (".csv",)

    def result_of(self, source: Source) -> Imported[CyclerRecord]:
        """The record; `Refused` for a cut file, as far as its length is known."""
        text = decoded(source.data, source.beside.encodings, _is_land)
        names, units = _head(text.lines[0])
        rows = [split_row(line) for line in _data(text, source.beside.end)]
        _refuse_cut(source, text, len(rows))
        log = _log(names, units, rows)
        file = source.file(
            own("drivers.imported.land_csv"), _header(source, text, names, rows, log)
        )
        return Imported(file, record(source, file, log))


def _refuse_cut(source: Source, text: Text, rows: int) -> None:
    """`Refused` for a torn line, and where it is not as long as the bench says."""
    if source.beside.points or source.beside.end:
        refuse_open_end(rows, source, text)
    elif not text.is_ended or not rows:
        raise Refused("is cut: its last line has no end")


def _is_land(text: str) -> bool:
    head = {NAMES.get(split_unit(cell)[0]) for cell in split_row(text.partition("\n")[0])}
    return {"record", "time", "voltage", "current"} <= head


def _head(line: str) -> tuple[list[str], list[str]]:
    found = [split_unit(cell) for cell in split_row(line)]
    names = [NAMES.get(name, name) for name, _ in found]
    wanted = ("record", "cycle", "step", "time", *UNITS, "date")
    lacking = [need for need in wanted if need not in names]
    if lacking:
        raise Refused(f"has no column for {', '.join(lacking)}")
    return names, [unit.rstrip(".") for _, unit in found]


def _data(text: Text, end: str) -> list[str]:
    return [line for line in text.lines[1:] if line.strip() and not (end and line.startswith(end))]


def _log(names: Sequence[str], units: Sequence[str], rows: Sequence[list[str]]) -> Log:
    import numpy as np

    at = {name: place for place, name in enumerate(names)}
    if any(len(row) != len(names) for row in rows):
        raise Refused("is cut or torn: a row is shorter or longer than the head")
    picked = ["record", "cycle", "step", *UNITS]
    values = numbers([[row[at[name]] for name in picked] for row in rows], len(picked))
    table = Table(tuple(picked), tuple(units[at[name]] for name in picked), values)
    columns: list[NDArray[np.float64]] = [table.column(name, unit) for name, unit in UNITS.items()]
    time = np.array([seconds(row[at["time"]]) for row in rows])
    return Log(values[:, 0], values[:, 1], values[:, 2], time, *columns)


def _header(
    source: Source, text: Text, names: Sequence[str], rows: Sequence[list[str]], log: Log
) -> Header:
    began = clock_time(rows[0][names.index("date")], source.beside.utc_offset) - float(log.time[0])
    remarks = missing(voltage=log.voltage, current=log.current, charge=log.charge)
    if not source.beside.points and not source.beside.end:
        remarks += (f"no end in this format: {len(rows)} points that are there",)
    who = source.beside.identity or Identity("LAND", "CT", "")
    program = f"{len(set(log.step))} steps in {len(set(log.cycle))} cycles"
    return Header(program, stem(source.name), began, who, text.encoding, remarks)


DRIVER = LandCsv
