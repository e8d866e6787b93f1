"""No verdict of a damaged run holds: in its salvage a later one stands, which says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from labctl import clock
from labctl.agreement import Agreement
from labctl.errors import LabError
from labctl.indicator import Indicator
from labctl.journal.plain import decode, encode
from labctl.journal.reader import TAKEN_BACK
from labctl.verdict import Outcome, Verdict, incomplete
from labctl.verification.salvage.marks import Salvaged

META = "salvage"
"""Key of the row that marks a journal as a salvage."""


def void_verdicts(target: sqlite3.Connection, report: Salvaged) -> None:
    """Mark the journal on `target`, and set INVALID over every verdict that it holds, INCOMPLETE
    where there is none."""
    agreement = _agreement(target)
    for number, text in target.execute("SELECT id, text FROM items ORDER BY id").fetchall():
        for verdict in _void(target, number, text, agreement):
            row = (number, "verdict", encode(verdict), 0.0, clock.wall().timestamp())
            target.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?)", row)
    for key, value in (("state", "interrupted"), (META, report)):
        target.execute("INSERT INTO meta VALUES (?, ?)", (key, encode(value)))


def _agreement(target: sqlite3.Connection) -> Agreement:
    sql = "SELECT value FROM meta WHERE key = 'agreement' ORDER BY rowid DESC LIMIT 1"
    for (text,) in target.execute(sql).fetchall():
        try:
            return decode(text, Agreement)
        except (LabError, TypeError):
            break
    return Agreement()


def _void(
    target: sqlite3.Connection, number: int, text: str, agreement: Agreement
) -> Iterator[Verdict]:
    """The verdict that stands in the salvage; none of an item whose indicator cannot be read."""
    sql = "SELECT value FROM facts WHERE item = ? AND name = 'verdict' ORDER BY rowid DESC LIMIT 1"
    try:
        indicator = decode(text, Indicator)
        row = target.execute(sql, (number,)).fetchone()
        had = None if row is None or row[0] == TAKEN_BACK else decode(row[0], Verdict)
    except (LabError, TypeError):
        return
    reason = "salvaged from a damaged journal"
    simulated = had is None or had.simulated
    if had is None:
        yield incomplete(indicator, agreement, reason, simulated=simulated)
        return
    reason = f"{reason}, where it had come to {had.outcome}"
    void = incomplete(indicator, agreement, reason, simulated=simulated)
    yield msgspec.structs.replace(void, outcome=Outcome.INVALID)
