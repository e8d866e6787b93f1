"""Verifying a folder of runs: those that are there, and those that the register knows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labctl import manifest, register, registercheck
from labctl.errors import JournalError
from labctl.register import Entry
from labctl.runfolder import JOURNAL
from labctl.verification.problems import Problem
from labctl.verification.report import NOT_WHOLE, Report, verify_run
from labctl.verification.salvage.marks import is_salvage


@dataclass(frozen=True)
class AllReport:
    """The runs of a folder, oldest first, and what is wrong with the register itself."""

    folder: Path
    runs: tuple[Report, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """3 where anything is not what was written, else 0: the runs' verdicts are not its
        business."""
        whole = not self.problems and all(report.ok for report in self.runs)
        return 0 if whole else NOT_WHOLE

    def as_dict(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {
            "folder": str(self.folder),
            "ok": self.exit_code == 0,
            "problems": [{"kind": one.kind, "text": one.text} for one in self.problems],
            "remarks": list(self.remarks),
            "runs": [report.as_dict() for report in self.runs],
        }


def verify_all(runs: Path) -> AllReport:
    """Verify every run in the folder `runs`, and report those of its register that are gone."""
    entries, problems = _register(runs)
    known = {problem.text for problem in problems}
    wrong = [text for text in registercheck.problems(runs) if text not in known]
    problems += [Problem("altered", text) for text in wrong]
    reports = tuple(_one(runs / name, entries) for name in _names(runs, entries))
    if reports and not (runs / register.FILE).exists():
        problems = [Problem("missing", "there is no register of runs in this folder")]
    torn = [f"line {n} of the register of runs is torn" for n in register.torn(runs)]
    return AllReport(runs, reports, tuple(problems), tuple(torn))


def known_runs(runs: Path) -> list[str]:
    """Names of the runs in the folder `runs`, oldest first, also of those that are gone."""
    return _names(runs, _register(runs)[0])


def verify_known(path: Path) -> Report:
    """Verify the run in the folder `path`, also where it is gone and a register knows it."""
    return _one(path, _register(path.parent)[0])


def _names(runs: Path, entries: list[Entry]) -> list[str]:
    return sorted({*_folders(runs), *(entry.run for entry in entries)})


def _register(runs: Path) -> tuple[list[Entry], list[Problem]]:
    try:
        return register.entries(runs), []
    except JournalError as error:
        return [], [Problem("altered", error.message)]


def _folders(runs: Path) -> list[str]:
    files = (file for name in (JOURNAL, manifest.FILE) for file in runs.glob(f"*/{name}"))
    return [file.parent.name for file in files if not is_salvage(file.parent)]


def _one(path: Path, entries: list[Entry]) -> Report:
    own = [entry for entry in entries if entry.run == path.name]
    return verify_run(path) if path.is_dir() or not own else _gone(path, own[-1])


def _gone(path: Path, last: Entry) -> Report:
    """The report of a run that the register knows and whose folder is not there."""
    text = f"the folder of the run is gone; the register of runs knows it ({last.event} {last.utc})"
    problem = Problem("missing", text)
    return Report(path.name, path, "missing", 0, "", (problem,))
