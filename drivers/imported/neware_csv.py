"""Neware BTS client's layered CSV export: rows of cycles, of their steps, of their records.

The three heads follow each other, each with one empty cell more before it; English names as BEEP
(Apache-2.0) reads them, Chinese ones remembered. A step's row states how long it took, a cycle's
row its capacities: the records are held against both. The format has no end; a cut between two
cycles shows only against `points` in labctl-import.toml.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from drivers.imported.cycler import Log, clock_time, record, seconds, stem
from drivers.imported.folder import Importer
from drivers.imported.source import Header, Refused, Source, factor, missing, number, own
from drivers.imported.text import Text, decoded, refuse_cut, spelled, split_row, split_unit
from drivers.roles.battery_cycler import CyclerRecord
from drivers.roles.imported import Imported
from labctl.evidence import Identity

NAMES: Mapping[str, str] = {
    **dict.fromkeys(("Cycle ID", "循环号", "循环序号"), "cycle"),
    **dict.fromkeys(("Cap_Chg", "充电容量"), "charged"),
    **dict.fromkeys(("Cap_DChg", "放电容量"), "discharged"),
    **dict.fromkeys(("Step ID", "工步号", "工步序号"), "step"),
    **dict.fromkeys(("Step Name", "Step Type", "工步名称", "工步类型"), "kind"),
    **dict.fromkeys(("Step Time", "工步时间"), "lasted"),
    **dict.fromkeys(("Record ID", "记录序号", "数据序号"), "record"),
    **dict.fromkeys(("Time", "时间", "相对时间"), "time"),
    **dict.fromkeys(("Voltage", "电压"), "voltage"),
    **dict.fromkeys(("Current", "电流"), "current"),
    **dict.fromkeys(("Capacity", "容量"), "capacity"),
    **dict.fromkeys(("Energy", "能量"), "energy"),
    **dict.fromkeys(("Realtime", "绝对时间", "系统时间"), "date"),
}
"""What a column is, by its name without unit."""

HEADS = ("cycle", "step", "record")
STEP_NEEDS = ("step", "kind", "lasted")
RECORD_NEEDS = ("record", "time", "voltage", "current", "capacity", "energy", "date")
TIME_MISSED = 2e-3
"""Seconds by which a printed time may differ from another: they are told in ms."""

CHARGE_MISSED = 1e-3
"""Part of a cycle's capacity by which the sum of its steps may differ: printed digits."""


@dataclass(frozen=True)
class Level:
    """The head of one kind of rows: where what stands, and its unit."""

    places: Mapping[str, int]
    units: Mapping[str, str]

    def cell(self, row: Sequence[str], what: str) -> str:
        """The cell of `what`; `Refused` where the row is too short for it."""
        if self.places[what] >= len(row):
            raise Refused(f"is cut or torn: a row of {len(row)} cells has no {what}")
        return row[self.places[what]]

    def number(self, row: Sequence[str], what: str, unit: str) -> float:
        """The value of `what` in `unit`; an empty cell is nan."""
        text = self.cell(row, what)
        scale = factor(spelled(self.units[what]), unit)
        return number(text, what) * scale if text else float("nan")


@dataclass
class Step:
    """A step's row with its records, as they stand in the file."""

    cycle: int
    row: list[str]
    records: list[list[str]] = field(default_factory=list)


class NewareCsv(Importer[Imported[CyclerRecord]]):
    """Records of Neware's layered CSV exports in a watched folder, in V, A, C, J and s."""

    instrument_class: ClassVar[str] = "battery_cycler"
    suffixes: ClassVar[tuple[str, ...]] = (".csv",)

    def result_of(self, source: Source) -> Imported[CyclerRecord]:
        """The record; `Refused` where a step or a cycle is not whole."""
        text = decoded(source.data, source.beside.encodings, _is_neware)
        rows = [split_row(line) for line in text.lines]
        levels = [_level(row, kind) for row, kind in zip(rows, HEADS, strict=False)]
        if not text.is_ended:
            raise Refused("is cut: its last line has no end")
        cycles, steps = _sorted(rows[len(HEADS) :])
        _refuse_cut(source, text, cycles, steps, levels)
        log, began = _log(steps, levels, source.beside.utc_offset)
        header = _header(source, text, steps, levels[1], log, began)
        file = source.file(own("drivers.imported.neware_csv"), header)
        return Imported(file, record(source, file, log))


def _is_neware(text: str) -> bool:
    rows = [split_row(line) for line in text.splitlines()[: len(HEADS)]]
    firsts = [next((cell for cell in row if cell), "") for row in rows]
    return [NAMES.get(split_unit(cell)[0]) for cell in firsts] == list(HEADS)


def _level(row: Sequence[str], kind: str) -> Level:
    found = [split_unit(cell) for cell in row]
    known = {NAMES[name]: at for at, (name, _) in enumerate(found) if name in NAMES}
    needs = {"cycle": ("cycle",), "step": STEP_NEEDS, "record": RECORD_NEEDS}[kind]
    lacking = [need for need in needs if need not in known]
    if lacking:
        raise Refused(f"has no column for {', '.join(lacking)} in its head of {kind} rows")
    return Level(known, {what: found[at][1] for what, at in known.items()})


def _sorted(rows: Sequence[list[str]]) -> tuple[list[list[str]], list[Step]]:
    """Rows by how many empty cells they begin with: cycles, steps with their records."""
    cycles: list[list[str]] = []
    steps: list[Step] = []
    for place, row in enumerate(rows, len(HEADS) + 1):
        depth = next((at for at, cell in enumerate(row) if cell), -1)
        if depth == 0:
            cycles.append(row)
        elif depth == 1 and cycles:
            steps.append(Step(int(number(cycles[-1][0], "cycle")), row))
        elif depth == 2 and steps:
            steps[-1].records.append(row)
        else:
            raise Refused(f"is torn: line {place} is no row of a cycle, step or record")
    if not cycles or not steps:
        raise Refused("is cut: it has no step of a cycle")
    return cycles, steps


def _refuse_cut(
    source: Source,
    text: Text,
    cycles: Sequence[list[str]],
    steps: Sequence[Step],
    levels: Sequence[Level],
) -> None:
    for step in steps:
        lasted = seconds(levels[1].cell(step.row, "lasted"))
        ended = seconds(levels[2].cell(step.records[-1], "time")) if step.records else -1.0
        if abs(lasted - ended) > TIME_MISSED:
            name = levels[1].cell(step.row, "step")
            raise Refused(f"is cut: step {name} lasts {lasted:g} s, its records end at {ended:g} s")
    for row in cycles:
        _refuse_short_cycle(row, steps, levels)
    if source.beside.points:
        refuse_cut(sum(len(step.records) for step in steps), source.beside.points, text)


def _refuse_short_cycle(row: list[str], steps: Sequence[Step], levels: Sequence[Level]) -> None:
    """`Refused` where the steps of a cycle do not carry the charge that its row states."""
    cycle = int(number(row[0], "cycle"))
    sums = {"charged": 0.0, "discharged": 0.0}
    for step in (one for one in steps if one.cycle == cycle):
        current = levels[2].number(step.records[-1], "current", "A")
        capacity = levels[2].number(step.records[-1], "capacity", "C")
        sums["charged" if current > 0 else "discharged"] += capacity if current else 0.0
    if not any(step.cycle == cycle for step in steps):
        raise Refused(f"is cut: cycle {cycle} has no steps")
    for what, found in sums.items():
        if what not in levels[0].places:
            raise Refused("states no charge of its cycles, so that a cut would not show")
        stated = levels[0].number(row, what, "C")
        if abs(stated - found) > CHARGE_MISSED * stated + 1e-3:
            raise Refused(f"is cut: cycle {cycle} has {what} {stated:g} C, its steps {found:g} C")


def _log(steps: Sequence[Step], levels: Sequence[Level], utc_offset: float) -> tuple[Log, float]:
    """All records with their times since the start, and when that was, Unix time in s."""
    import numpy as np

    _, step_level, head = levels
    start, lines = 0.0, list[list[float]]()
    for step in steps:
        place = number(step_level.cell(step.row, "step"), "step")
        for row in step.records:
            lines.append([
                number(head.cell(row, "record"), "record"),
                step.cycle,
                place,
                start + seconds(head.cell(row, "time")),
                head.number(row, "voltage", "V"),
                head.number(row, "current", "A"),
                head.number(row, "capacity", "C"),
                head.number(row, "energy", "J"),
            ])
        start += seconds(step_level.cell(step.row, "lasted"))
    first = steps[0].records[0]
    began = clock_time(head.cell(first, "date"), utc_offset) - seconds(head.cell(first, "time"))
    return Log(*np.asarray(lines).T), began


def _header(
    source: Source, text: Text, steps: Sequence[Step], level: Level, log: Log, began: float
) -> Header:
    program = "\n".join(
        f"{level.cell(s.row, 'step')} {level.cell(s.row, 'kind')} {level.cell(s.row, 'lasted')}"
        for s in steps
    )
    who = source.beside.identity or Identity("Neware", "BTS", "")
    remarks = missing(voltage=log.voltage, current=log.current, charge=log.charge)
    if not source.beside.points:
        remarks += (f"no end in this format: {len(steps)} whole steps, {len(log.index)} points",)
    return Header(program, stem(source.name), began, who, text.encoding, remarks)


DRIVER = NewareCsv
