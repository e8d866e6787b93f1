"""The runs of a folder as rows of a page."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from labctl import register
from labctl.errors import JournalError
from labctl.register import Tested
from labctl.report.wording import iso_moment, word
from labctl.runfile import State, list_runs

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RunRow:
    """A run: its `started` time as the language writes it, what its items came to.

    `outcomes` are pairs of an indicator and its verdict's word in English, "" where there is none.
    `simulated` is None until the instruments have told who they are.
    """

    run: str
    path: Path
    started: str
    state: State
    targets: tuple[str, ...]
    outcomes: tuple[tuple[str, str], ...]
    samples: tuple[str, ...]
    simulated: bool | None

    def matches(self, query: str) -> bool:
        """Whether every word of `query` stands somewhere in the row, in either language."""
        shown = (self.run, self.started, self.state, word(self.state), *self.targets, *self.samples)
        judged = (text for id, outcome in self.outcomes for text in (id, outcome, word(outcome)))
        text = " ".join((*shown, *judged)).casefold()
        return all(part in text for part in query.casefold().split())


def run_rows(runs: Path, query: str = "") -> list[RunRow]:
    """The runs in the folder `runs` that match `query`, newest first."""
    known = last_entries(runs)
    rows: list[RunRow] = []
    for run in reversed(list_runs(runs)):
        items = known.get(run.run, ())
        simulated = [one.simulated for one in items if one.simulated is not None]
        row = RunRow(
            run=run.run,
            path=run.path,
            started=iso_moment(run.started),
            state=run.state,
            targets=run.targets,
            outcomes=tuple((one.indicator, one.outcome) for one in items),
            samples=tuple(dict.fromkeys(one.sample for one in items if one.sample)),
            simulated=any(simulated) if simulated else None,
        )
        if row.matches(query):
            rows.append(row)
    return rows


def last_entries(runs: Path) -> dict[str, tuple[Tested, ...]]:
    """What the newest line of the register says of the items of each run; nothing where the
    register was changed, which the log tells and `labctl verify` explains."""
    try:
        found = register.entries(runs)
    except JournalError as error:
        _log.warning("%s", error)
        return {}
    return {entry.run: entry.items for entry in found if entry.items}


def newest_outcomes(runs: Path) -> dict[str, tuple[str, bool | None]]:
    """By indicator, the outcome of its newest run that has one, and whether it was simulated."""
    found: dict[str, tuple[str, bool | None]] = {}
    for items in last_entries(runs).values():
        found.update((one.indicator, (one.outcome, one.simulated)) for one in items if one.outcome)
    return found
