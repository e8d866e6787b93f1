"""Watching a run that has no guardian: what its journal tells, until nobody writes it any more."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from labctl.cli.streams import note

if TYPE_CHECKING:
    from labctl.journal.reader import Reader

LOOK = 0.5
"""Seconds between two looks at the journal."""


@dataclass(frozen=True)
class Standing:
    """How far a run is: its items that began, the step under way, the newest readings."""

    item: str
    number: int
    step: str
    readings: tuple[str, ...]

    def line(self) -> str:
        """One line of text."""
        parts = [f"[{self.number}] {self.item}", self.step, *self.readings]
        return "  ".join(part for part in parts if part)


def watch_journal(path: Path, as_json: bool) -> int:
    """Follow the run in the folder `path`, then tell what it came to; returns the exit code."""
    from labctl.cli.guarded import outcome_of
    from labctl.cli.perform import finish
    from labctl.journal.reader import Reader
    from labctl.runfile import open_run
    from labctl.runfolder import RunFolder

    folder, last, pause = RunFolder(path), "", threading.Event()
    while folder.is_running:
        if not as_json:
            with Reader(folder.journal) as reader:
                now = standing(reader)
            line = "" if now is None else now.line()
            if line and line != last:
                note(line)
            last = line
        pause.wait(LOOK)
    items = [item.indicator for item in open_run(path).items]
    return finish(items, outcome_of(path), as_json)


def standing(reader: Reader) -> Standing | None:
    """How far the run is whose journal `reader` reads; None where no item has begun."""
    items = reader.items()
    if not items:
        return None
    number, id, *_rest = items[-1]
    steps = reader.steps(number)
    under_way = steps[-1][0] if steps and steps[-1][2] is None else ""
    return Standing(id, number, under_way, tuple(newest(reader, number)))


def newest(reader: Reader, item: int) -> list[str]:
    """The newest reading of each channel of an item, as text."""
    sql = (
        "SELECT c.name, r.value, c.unit FROM channels c JOIN readings r ON r.rowid ="
        " (SELECT max(rowid) FROM readings WHERE channel = c.id) WHERE c.item = ? ORDER BY c.rowid"
    )
    return [
        f"{name} {'–' if value is None else format(value, '.6g')} {unit}"
        for name, value, unit in reader.rows(sql, item)
    ]
