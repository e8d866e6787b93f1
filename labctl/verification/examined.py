"""A run or a bundle examined offline: integrity, author, time, decision, reduction."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from labctl.bundle import archive, layout, lodging
from labctl.bundle.lodging import Lodged
from labctl.discovery import procedure_for
from labctl.engine import Resolve
from labctl.errors import JournalError, LabError
from labctl.i18n import _
from labctl.journal.checking import UNREADABLE
from labctl.keys import KeyList
from labctl.runfolder import RunFolder
from labctl.verification import crate, moment
from labctl.verification.author import Author, author, no_bundle
from labctl.verification.crate import Sealed
from labctl.verification.moment import Moment, unproven
from labctl.verification.problems import Problem
from labctl.verification.reduction import Recomputed, recompute
from labctl.verification.report import NOT_WHOLE, Report, verify_run
from labctl.verification.runs import verify_known


@dataclass(frozen=True)
class Examined:
    """What was found, question by question; `files` of a bundle were compared, 0 of a run's folder.

    `reduction` has the items that were computed again, none where the run is not whole or
    `unreduced` says why.
    """

    report: Report
    author: Author
    time: Moment
    reduction: tuple[Recomputed, ...] = ()
    unreduced: str = ""
    files: int = 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is not what was written, or does not follow from it."""
        return (*self.report.problems, *self._more())

    @property
    def ok(self) -> bool:
        """Whether nothing was found; author and time may be unproven all the same."""
        return not self.problems

    @property
    def proven(self) -> bool:
        """Whether author and time are known, and every figure came out again as it stands."""
        reduced = self.reduction and all(one.same for one in self.reduction)
        return self.author.state == "known" and self.time.state == "proven" and bool(reduced)

    @property
    def exit_code(self) -> int:
        """3 where something was found, else what the run's verdicts come to."""
        return self.report.exit_code if self.ok else NOT_WHOLE

    def as_dict(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {
            **self.report.as_dict(),
            "ok": self.ok,
            "problems": [{"kind": one.kind, "text": one.text} for one in self.problems],
            "files": self.files,
            "author": msgspec.to_builtins(self.author),
            "time": msgspec.to_builtins(self.time),
            "reduction": [reduced(one) for one in self.reduction],
            "unreduced": self.unreduced,
        }

    def _more(self) -> Iterable[Problem]:
        if self.author.state == "wrong":
            yield Problem("altered", self.author.text)
        if self.time.state == "wrong":
            yield Problem("altered", self.time.text)
        yield from (Problem("reduction", wrong(one)) for one in self.reduction if one.wrong)


def reduced(one: Recomputed) -> dict[str, Any]:
    """An item that was computed again, as `--json` prints it; an infinite difference is null."""
    rows = [msgspec.to_builtins(row) for row in one.rows]
    return {
        "id": one.id,
        "difference": one.difference,
        "rows": rows,
        "why": one.why,
        "changed": list(one.changed),
        "contradictions": list(one.contradictions),
    }


def wrong(one: Recomputed) -> str:
    """What is wrong with an item that was computed again, in words."""
    if one.contradictions:
        more = len(one.contradictions) - 1
        text = f"{one.id}: {one.contradictions[0]}"
        return text + (_(", and {count} more").format(count=more) if more else "")
    if one.broken:
        text = _("{item}: it cannot be computed again from what was recorded: {why}")
        return text.format(item=one.id, why=one.why)
    worst = max(one.rows, key=lambda row: row.difference)
    text = _("{item}: {key} differs by {difference} u from what was recorded")
    return text.format(item=one.id, key=worst.key, difference=f"{worst.difference:.3g}")


def examine(
    path: Path,
    keys: KeyList,
    lodged: Lodged | None = None,
    resolve: Resolve = procedure_for,
    *,
    reduce: bool = True,
) -> Examined:
    """Examine the run's folder, or the bundle's folder or archive, at `path`.

    Whatever is there, or not, is a finding. Nothing is written into it. Without `reduce` the
    figures are not computed again.
    """
    with _unpacked(path) as (folder, problems):
        if problems or layout.is_crate(folder) or path.suffix == ".zip":
            found = _bundle(folder, path, keys, problems)
            source = RunFolder(folder / layout.RUN)
        else:
            found = Examined(verify_known(folder), no_bundle(), unproven())
            source = RunFolder(folder)
        # A stamp that is wrong stays wrong, whatever else was lodged.
        if lodged is not None and found.time.state != "wrong" and source.journal.is_file():
            found = replace(found, time=moment.lodged(source.journal, found.report.run, lodged))
        if not reduce:
            return replace(found, unreduced=_("it was not asked for"))
        return _reduced(found, source, resolve)


@contextmanager
def _unpacked(path: Path) -> Generator[tuple[Path, list[Problem]]]:
    """The folder of a bundle, and what is wrong with the archive that it comes from."""
    if path.suffix != ".zip":
        yield path, []
        return
    with tempfile.TemporaryDirectory(prefix="labctl-") as scratch:
        folder = Path(scratch) / "crate"
        folder.mkdir()
        try:
            archive.unpack(path, folder)
            exact = archive.is_exact(path, folder, Path(scratch) / "again")
            wrong = [] if exact else ["the archive was altered between its files, or packed anew"]
        except JournalError as error:
            wrong = [error.message]
        yield folder, [Problem("altered", text) for text in wrong]


def _bundle(folder: Path, path: Path, keys: KeyList, problems: list[Problem]) -> Examined:
    sealed = crate.check(folder)
    report = verify_run(folder / layout.RUN, sealed.entries)
    found = [*problems, *sealed.problems, *report.problems, *_chained(sealed, report)]
    report = replace(report, path=path, problems=tuple(dict.fromkeys(found)))
    time = moment.stamped(folder, sealed.manifest, keys)
    proven = datetime.fromisoformat(time.utc).timestamp() if time.state == "proven" else None
    who = author(folder, sealed.manifest, keys, proven)
    count = 0 if sealed.manifest is None else len(sealed.manifest.files)
    return Examined(report, who, time, files=count)


def _chained(sealed: Sealed, report: Report) -> Iterable[Problem]:
    if sealed.manifest is None:
        return ()
    return crate.chained(sealed.manifest, report.run, report.transactions, report.head)


def _reduced(found: Examined, folder: RunFolder, resolve: Resolve) -> Examined:
    if any(one.kind != "verdict" for one in found.report.problems):
        return replace(found, unreduced=_("the run is not what was written"))
    if folder.is_running:
        return replace(found, unreduced=_("the run goes on"))
    try:
        return replace(found, reduction=recompute(folder, resolve))
    except (*UNREADABLE, LabError, OSError) as error:
        said = error.message if isinstance(error, LabError) else str(error)
        return replace(found, unreduced=said)


def read_lodged(path: Path | None) -> Lodged | None:
    """The lodged head in the file `path`, if one is named; `UsageError` where it is none."""
    return None if path is None else lodging.read(path)
