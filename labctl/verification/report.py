"""What `labctl verify` tells of one run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labctl import verdict
from labctl.errors import LabError
from labctl.journal.checking import UNREADABLE
from labctl.journal.reader import Reader
from labctl.register import Entry
from labctl.runfolder import RunFolder
from labctl.verdict import Outcome
from labctl.verification.integrity import Integrity, check
from labctl.verification.judgement import Rejudged, rejudge
from labctl.verification.problems import Problem

NOT_WHOLE = 3
"""Exit code where a run is not what was written, or came to another verdict than it says."""


@dataclass(frozen=True)
class Report:
    """A run verified: `problems` are none where it is whole and its verdicts follow.

    `state` is "done", "interrupted", "running", or "missing" of a folder without a journal.
    `transactions` of the chain fit, up to `head`.
    """

    run: str
    path: Path
    state: str
    transactions: int
    head: str
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...] = ()
    verdicts: tuple[Rejudged, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems

    @property
    def exit_code(self) -> int:
        """3 where something was found, else what the run's verdicts come to; 2 if unfinished."""
        if not self.ok:
            return NOT_WHOLE
        outcomes = [one.outcome or Outcome.INCOMPLETE for one in self.verdicts]
        unfinished = [] if self.state == "done" else [Outcome.INCOMPLETE]
        return verdict.exit_code([*outcomes, *unfinished])

    def as_dict(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {
            "run": self.run,
            "path": str(self.path),
            "state": self.state,
            "ok": self.ok,
            "transactions": self.transactions,
            "head": self.head,
            "problems": [{"kind": one.kind, "text": one.text} for one in self.problems],
            "remarks": list(self.remarks),
            "verdicts": [_verdict(one) for one in self.verdicts],
        }


def verify_run(path: Path, known: Sequence[Entry] | None = None) -> Report:
    """Verify the run in the folder `path`; whatever is there, or not, is a report.

    `known` are its entries in the register of runs, where that is not beside it.
    """
    folder = RunFolder(path)
    found = check(folder, known)
    verdicts: tuple[Rejudged, ...] = ()
    problems = list(found.problems)
    if not problems:
        verdicts, problems = _judged_again(folder)
    return Report(
        run=folder.run if found.stated is None else found.stated.run,
        path=path,
        state=_state(folder, found),
        transactions=found.chain.transactions,
        head=found.chain.head,
        problems=tuple(problems),
        remarks=found.remarks,
        verdicts=verdicts,
    )


def _judged_again(folder: RunFolder) -> tuple[tuple[Rejudged, ...], list[Problem]]:
    try:
        with Reader(folder.journal) as reader:
            verdicts = tuple(rejudge(reader))
    except (*UNREADABLE, LabError, ValueError) as error:
        return (), [Problem("verdict", f"cannot be judged again: {error}")]
    return verdicts, list(_differing(verdicts))


def _differing(verdicts: Iterable[Rejudged]) -> Iterable[Problem]:
    for one in verdicts:
        if one.differences:
            yield Problem("verdict", f"{one.id}: another verdict than the journal's follows")


def _state(folder: RunFolder, found: Integrity) -> str:
    if not folder.journal.is_file():
        return "missing"
    if folder.is_running:
        return "running"
    stated = "running" if found.stated is None else found.stated.state
    return "interrupted" if stated == "running" else stated


def _verdict(one: Rejudged) -> dict[str, Any]:
    return {
        "id": one.id,
        "outcome": None if one.outcome is None else str(one.outcome),
        "recomputed": None if one.recomputed is None else str(one.recomputed),
        "differences": [{"where": d.where, "was": d.was, "now": d.now} for d in one.differences],
    }
