"""How a run stands, from its journal: items, steps, conditions, gaps, newest readings.

What the guardian tells (progress, prompts) comes on its line; what stands here is there after a
restart of everything too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from labctl.agreement import Agreement
from labctl.errors import UnitError
from labctl.indicator import Condition, Indicator
from labctl.item import Held, bands_of
from labctl.journal.plain import decode, encode
from labctl.journal.reader import Reader
from labctl.report.conditions import condition_view
from labctl.report.notation import number, signs, unit_text, with_unit
from labctl.report.results import NOTHING, limit_text, result_text
from labctl.report.wording import duration, moment, name_of, path, plain
from labctl.runfile import RunSummary, summary_of
from labctl.runfolder import RunFolder
from labctl.units import convert
from labctl.verdict import Verdict
from labctl.web.view.indicators import required
from labctl.web.view.words import in_band_word

STEPS = 60
"""The newest steps that a page shows."""


@dataclass(frozen=True)
class ItemLine:
    """An item of the run: `outcome` is its verdict's word, "" where there is none yet."""

    number: int
    id: str
    name: str
    outcome: str
    results: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class StepLine:
    """A step: `took` is how long it took as text, "" while it is under way."""

    name: str
    attempt: int
    took: str
    under_way: bool
    abandoned: bool


@dataclass(frozen=True)
class ReadingLine:
    """The newest reading of a channel: number and unit as text, when it was taken (Unix time)."""

    channel: str
    value: str
    unit: str
    utc: float


@dataclass(frozen=True)
class ConditionLine:
    """A condition: what is required, what was read last, and whether that is in its band.

    `state` is "in", "out" or "" where no reading of that name has told yet.
    """

    name: str
    required: str
    observed: str
    state: str
    word: str


@dataclass(frozen=True)
class Standing:
    """How a run stands at this moment, with details of the item `item` (its number, from 1)."""

    summary: RunSummary
    items: tuple[ItemLine, ...]
    planned: int
    item: int
    begun: float
    simulated: bool = False
    steps: tuple[StepLine, ...] = ()
    readings: tuple[ReadingLine, ...] = ()
    conditions: tuple[ConditionLine, ...] = ()
    gaps: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


def standing(run: Path, item: int | None = None) -> Standing:
    """How the run in the folder `run` stands; `item` chooses whose details, else the newest.

    `JournalError` where there is no run.
    """
    summary = summary_of(run)
    with Reader(RunFolder(run).journal) as reader:
        meta = reader.meta()
        found = [(number, decode(text, Indicator)) for number, _id, text, *_ in reader.items()]
        lines = tuple(_item_line(reader, number, one) for number, one in found)
        planned = max(len(meta.get("indicators", ())), len(lines))
        if not found:
            return Standing(summary, (), planned, 0, 0.0)
        chosen = dict(found).get(item or 0)
        number = item if chosen is not None and item is not None else found[-1][0]
        indicator = dict(found)[number]
        agreement = decode(encode(meta.get("agreement", {})), Agreement)
        readings = _readings(reader, number)
        [(begun,)] = reader.rows("SELECT t FROM items WHERE id = ?", number)
        return Standing(
            summary,
            lines,
            planned,
            number,
            begun,
            any(one.identity.simulated for one in reader.instruments(number)),
            _steps(reader, number, summary.state == "running"),
            tuple(_reading_line(*row) for row in readings),
            _conditions(reader, number, indicator, agreement, readings),
            _gaps(reader, number),
            _events(reader, number),
        )


def newest_readings(run: Path) -> tuple[ReadingLine, ...]:
    """The newest reading of each channel of the newest item of the run in the folder `run`."""
    with Reader(RunFolder(run).journal) as reader:
        items = reader.items()
        rows = _readings(reader, items[-1][0]) if items else []
    return tuple(_reading_line(*row) for row in rows)


def _item_line(reader: Reader, number: int, one: Indicator) -> ItemLine:
    verdict = reader.fact(number, "verdict", Verdict)
    if verdict is None:
        return ItemLine(number, one.id, name_of(one), "")
    results = tuple((plain(row.key), result_text(row), limit_text(row)) for row in verdict.rows)
    return ItemLine(number, one.id, name_of(one), verdict.outcome, results)


def _steps(reader: Reader, item: int, running: bool) -> tuple[StepLine, ...]:
    sql = (
        "SELECT a.step, a.attempt, a.t, s.t, (SELECT max(b.id) FROM attempts b"
        " WHERE b.item = a.item AND b.step = a.step) > a.id FROM attempts a"
        " LEFT JOIN steps s ON s.attempt = a.id WHERE a.item = ? ORDER BY a.rowid DESC LIMIT ?"
    )
    lines: list[StepLine] = []
    for name, attempt, begun, ended, followed in reader.rows(sql, item, STEPS):
        took = "" if ended is None else duration(ended - begun)
        open_now = ended is None and running and not followed
        lines.append(StepLine(name, attempt, took, open_now, ended is None and not open_now))
    return tuple(lines)


def _readings(reader: Reader, item: int) -> list[tuple[str, str, float | None, float]]:
    """(channel, unit, value, Unix time) of the newest reading of each channel."""
    sql = (
        "SELECT c.name, c.unit, r.value, r.utc FROM channels c JOIN readings r ON r.rowid ="
        " (SELECT max(rowid) FROM readings WHERE channel = c.id) WHERE c.item = ? ORDER BY r.rowid"
    )
    newest: dict[str, tuple[str, str, float | None, float]] = {}
    for name, unit, value, utc in reader.rows(sql, item):
        newest.pop(name, None)
        newest[name] = (name, unit, value, utc)
    return list(reversed(newest.values()))


def _reading_line(channel: str, unit: str, value: float | None, utc: float) -> ReadingLine:
    text = NOTHING if value is None else signs(f"{value:.6g}")
    return ReadingLine(path(channel), text, unit_text(unit), utc)


def _conditions(
    reader: Reader,
    item: int,
    indicator: Indicator,
    agreement: Agreement,
    readings: list[tuple[str, str, float | None, float]],
) -> tuple[ConditionLine, ...]:
    """As judged where there is a verdict, else as the newest readings of those names show them."""
    verdict = reader.fact(item, "verdict", Verdict)
    if verdict is not None:
        views = [condition_view(one) for one in verdict.conditions]
        return tuple(
            ConditionLine(v.name, v.required, v.observed, "in" if v.held else "out", v.state)
            for v in views
        )
    bands = bands_of(indicator, agreement)
    return tuple(_condition(one, bands.get(one.quantity), readings) for one in indicator.conditions)


def _condition(
    one: Condition, band: Held | None, readings: list[tuple[str, str, float | None, float]]
) -> ConditionLine:
    name, wanted = plain(one.name), required(one)
    for channel, unit, value, _utc in readings:
        same = one.quantity and channel.rpartition("/")[2] == one.quantity
        if not same or value is None or band is None or not math.isfinite(value):
            continue
        try:
            there = convert(value, unit or "dimensionless", band.unit or "dimensionless")
        except UnitError:
            continue
        state = "in" if band.low <= there <= band.high else "out"
        shown = with_unit(number(float(f"{value:.6g}")), unit)
        return ConditionLine(name, wanted, shown, state, in_band_word(state))
    return ConditionLine(name, wanted, NOTHING, "", in_band_word(""))


def _gaps(reader: Reader, item: int) -> tuple[str, ...]:
    if reader.version < 2:
        return ()
    sql = "SELECT utc, seconds, state FROM gaps WHERE item = ? ORDER BY rowid DESC"
    return tuple(
        f"{moment(utc)}: {duration(seconds)}, {plain(state)}"
        for utc, seconds, state in reader.rows(sql, item)
    )


def _events(reader: Reader, item: int) -> tuple[str, ...]:
    sql = "SELECT utc, kind, text FROM events WHERE item = ? ORDER BY rowid DESC LIMIT 30"
    return tuple(f"{moment(utc)}  {kind}: {text}" for utc, kind, text in reader.rows(sql, item))
