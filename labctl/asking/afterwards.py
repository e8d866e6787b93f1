"""Superseding in a run that nobody writes: its lock taken, its journal appended to and closed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from labctl import clock, manifest
from labctl.asking import amending
from labctl.asking.again import Again
from labctl.asking.amending import Act
from labctl.changes import Change, changes, check_accepted, together
from labctl.discovery import procedure_for
from labctl.engine import Resolve
from labctl.errors import JournalError, UsageError
from labctl.journal.reader import Reader
from labctl.journal.rows import AmendmentKind, AmendmentRow
from labctl.journal.standing import last_moment
from labctl.journal.writer import Journal
from labctl.journalled import journalled_request
from labctl.provenance import package_versions
from labctl.record import RunRecorder, code_hashes
from labctl.requests import RunRequest
from labctl.runfolder import RunFolder
from labctl.verdict import Verdict


@dataclass(frozen=True)
class Outcome:
    """What an act came to: its row, and the verdicts on its item `before` and `after` it.

    `after` is None where the item is to be gone on with by `labctl resume`.
    """

    item: str
    row: AmendmentRow
    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True)
class _Run:
    """A run as its journal holds it; `moment` are run and Unix time in s of its last row.

    `accepted` are the changes of code that were accepted since it began.
    """

    folder: RunFolder
    request: RunRequest
    started: str
    whole: bool
    moment: tuple[float, float]
    meta: dict[str, object]
    accepted: tuple[Change, ...]


Do = Callable[[Journal, Reader], Awaitable[AmendmentRow]]


def amend(
    path: Path,
    act: Act,
    said: str,
    accept: Sequence[str] = (),
    resolve: Resolve | None = None,
) -> Outcome:
    """Supersede an answer of the run in the folder `path`; an item that had a verdict gets another.

    `accept` names changes of the code since the run began, which the new verdict then names;
    `resolve` finds the procedure of an indicator, if not that of the installed labs.
    `UsageError` where there is no such prompt, or the value is no answer to it.
    """

    async def do(journal: Journal, reader: Reader) -> AmendmentRow:
        return await amending.amend(journal, reader, act, said)

    with _taken(path) as run:
        with Reader(run.folder.journal) as reader:
            amending.checked(reader, act, said)
        found = check_accepted(changes(run.meta, code_hashes(), package_versions()), accept)
        run = replace(run, accepted=together(run.accepted, found))
        names = tuple(str(change) for change in run.accepted if change.measures)

        async def judge(journal: Journal) -> Verdict | None:
            indicator = run.request.items[act.item - 1]
            bound = (resolve or procedure_for)(indicator)
            if bound is None:
                raise UsageError(f"{indicator.id} has no procedure any more")
            return await Again(run.request, indicator, act.item, journal, names).judged(bound)

        return _appended(run, act, do, judge)


def redo(path: Path, act: Act) -> Outcome:
    """Let `labctl resume` do a step of the run in the folder `path` again."""

    async def do(journal: Journal, reader: Reader) -> AmendmentRow:
        return amending.redo(journal, reader, act)

    async def open_again(journal: Journal) -> None:
        journal.fact(act.item, "error", None)
        journal.fact(act.item, "verdict", None)

    with _taken(path) as run:
        with Reader(run.folder.journal) as reader:
            _check_kept(reader, act)
        return _appended(run, act, do, open_again)


def swap(path: Path, act: Act) -> Outcome:
    """Let `labctl resume` take another instrument for a role."""

    async def do(journal: Journal, reader: Reader) -> AmendmentRow:
        return amending.swap(journal, reader, act)

    async def leave(journal: Journal) -> None:
        """It waits for the resume."""

    with _taken(path) as run:
        with Reader(run.folder.journal) as reader:
            _check_open(reader, act)
        return _appended(run, act, do, leave)


def find(path: Path, kind: AmendmentKind, subject: str, item: str | None) -> int:
    """The number of the item that has the prompt, step or role `subject`.

    `UsageError` lists what there is where none has it, or several have and `item` names none.
    """
    with Reader(RunFolder(path).journal) as reader:
        items = {number: name for number, name, *_ in reader.items() if item in (None, name)}
        there = {number: amending.subjects(reader, number, kind) for number in items}
    found = [n for n, names in there.items() if amending.among(kind, subject, names)]
    if len(found) == 1:
        return found[0]
    listed = "; ".join(f"{items[n]}: {', '.join(names) or 'none'}" for n, names in there.items())
    what = {"amend": "prompt", "redo": "step", "swap": "role"}[kind]
    if found:
        names = ", ".join(items[number] for number in found)
        raise UsageError(f"several items have the {what} {subject!r}", remedy=f"--item: {names}")
    raise UsageError(f"there is no {what} {subject!r}", remedy=f"there is: {listed or 'none'}")


@contextmanager
def _taken(path: Path) -> Generator[_Run]:
    folder = RunFolder(path)
    with folder.taken():
        with Reader(folder.journal) as reader:
            meta, identity = reader.meta(), reader.identity()
            run = _Run(
                folder,
                journalled_request(meta, identity, folder),
                identity["started"],
                meta.get("state") == "done",
                last_moment(reader),
                meta,
                tuple(msgspec.convert(meta.get("accepted", []), list[Change])),
            )
        yield run


def _appended(
    run: _Run, act: Act, do: Do, then: Callable[[Journal], Awaitable[Verdict | None]]
) -> Outcome:
    """Do it in the journal, and `then` what follows for an item that had a verdict."""
    recorder = RunRecorder(run.folder, run.request, run.started)
    journal, whole, ended = recorder.journal, run.whole, _ended(run.folder)
    try:
        # Whoever is killed here leaves an interrupted run behind, not one that looks altered.
        recorder.go_on(run.accepted)
        # Nothing of this is run time: what was the run's last sign of life stays so.
        journal.stand_still(run.moment)

        async def work() -> Outcome:
            with Reader(journal.path) as reader:
                before = reader.fact(act.item, "verdict", Verdict)
                name = run.request.items[act.item - 1].id
                outcome = Outcome(name, await do(journal, reader), before, before)
            if before is not None:
                await journal.flush()
                outcome = replace(outcome, after=await then(journal))
            return outcome

        outcome = clock.run(work(), virtual=run.request.virtual, start=run.moment[0])
        whole = run.whole and outcome.after is not None
        return outcome
    finally:
        recorder.end(whole=whole, ended=ended)


def _ended(folder: RunFolder) -> str:
    """When the run ended, wall-clock UTC in ISO 8601; "" for one that was killed."""
    try:
        return manifest.read(folder.path).ended
    except JournalError:
        return ""


def _check_open(reader: Reader, act: Act) -> None:
    if reader.fact(act.item, "verdict", Verdict) is not None:
        raise UsageError(
            "the item is done: no instrument is used any more",
            remedy="labctl redo a step first",
        )


def _check_kept(reader: Reader, act: Act) -> None:
    """`UsageError` where the simulated device of the item is not kept any more."""
    worlds = "SELECT 1 FROM worlds w JOIN attempts a ON a.id = w.attempt WHERE a.item = ? LIMIT 1"
    kept = "SELECT 1 FROM snapshots WHERE item = ? LIMIT 1"
    if any(reader.rows(worlds, act.item)) and not any(reader.rows(kept, act.item)):
        raise UsageError(
            "the simulated device of this item is gone: another one came after it",
            remedy="run the item anew",
        )
