"""One killed run: it dies in a process of its own, goes on in another, and is compared.

Processes are forked from one that has imported everything, where the system can do so.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import sys
import tempfile
from collections.abc import Callable, Iterable
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from labctl.engine import execute
from labctl.journal.reader import Reader
from labctl.journalled import journalled_outcome
from labctl.requests import ItemOutcome
from labctl.resume import ResumeRequest, resume
from labctl.runfile import open_run
from labctl.runfolder import RunFolder
from labctl.testing.faulted import apart
from labctl.verdict import Verdict
from tests.killed import KILLED
from tests.runcheck import check_run
from tests.system import dying

PATIENCE = 1800.0
"""Seconds of real time after which a process counts as hanging."""

EXPOSURES = ("exposure", "light-soaking", "mpp")
"""Last parts of the names of the steps in which the device is exposed."""

TOLERANT = ("1.1-04",)
"""Procedures that tolerate gaps of hours in an exposure."""


class Kill(NamedTuple):
    """A kill at a `passage` of a place in a run of `item`, without labctl for `outage` s then;
    `first` is the reading in which an earlier kill came, 0 where there was none."""

    item: str
    outage: float
    stratum: str
    passage: int
    first: int = 0

    def __str__(self) -> str:
        gap = f" + {self.outage / 60:g} min" if self.outage else ""
        earlier = f" after reading {self.first}" if self.first else ""
        return f"{self.item}{gap}, {self.stratum} {self.passage}{earlier}"


class Found(msgspec.Struct, frozen=True):
    """What a run came to: its verdict, SHA-256 of the items' outcomes and of the readings that
    count by channel, and, of the undisturbed run, how often each place was passed and what it had
    imported at its end."""

    verdict: Verdict
    items: str
    readings: dict[str, str]
    passages: dict[str, int] = {}
    modules: tuple[str, ...] = ()


def context(whole: Iterable[Found]) -> BaseContext:
    """How processes are started: forked, where the system can do so, from one that has imported
    what the undisturbed runs `whole` had imported, which is half the time of a short run."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context()
    chosen = multiprocessing.get_context("forkserver")
    chosen.set_forkserver_preload(sorted({name for one in whole for name in one.modules}))
    return chosen


def undisturbed(item: str, hours: float) -> Found:
    """The run of `item` that is left alone."""
    ctx = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="labctl-kills-") as folder:
        told = Path(folder) / "found.json"
        _process(ctx, 0, _whole, Path(folder), told, item, hours)
        return msgspec.json.decode(told.read_bytes(), type=Found)


def differences(ctx: BaseContext, kill: Kill, whole: Found, hours: float) -> list[str]:
    """In which ways a killed run that went on is not as it must be."""
    with tempfile.TemporaryDirectory(prefix="labctl-kills-") as folder:
        told = Path(folder) / "problems.json"
        try:
            run = _killed(ctx, kill, Path(folder), hours)
            _process(ctx, 0, _compare, run, kill, whole, told)
        except RuntimeError as error:
            return [str(error)]
        return msgspec.json.decode(told.read_bytes(), type=list[str])


def _killed(ctx: BaseContext, kill: Kill, runs: Path, hours: float) -> Path:
    """The folder of a run that was killed so."""
    stratum, count = ("inside a step", kill.first) if kill.first else (kill.stratum, kill.passage)
    _process(ctx, KILLED, dying.main, runs, stratum, count, str(hours), kill.item)
    (journal,) = runs.glob("*/journal.db")
    if kill.first:
        again = (journal.parent, kill.stratum, kill.passage, "go-on")
        _process(ctx, KILLED, dying.main, *again)
    return journal.parent


def _process(ctx: BaseContext, code: int, call: Callable[..., None], *args: Any) -> None:
    """Call in a process of its own; `RuntimeError` where it does not end with `code`."""
    process = ctx.Process(target=call, args=args)  # type: ignore[attr-defined]
    process.start()
    process.join(PATIENCE)
    if process.exitcode is None:
        process.kill()
        process.join()
        raise RuntimeError(f"{call.__name__} hangs")
    if process.exitcode != code:
        raise RuntimeError(f"{call.__name__} ended with {process.exitcode}, not {code}")


def _whole(runs: Path, told: Path, item: str, hours: float) -> None:
    with dying.passages() as seen:
        outcome = execute(dying.request(runs, hours, item))
    found = _found(outcome.path, outcome.items)
    # Those of Python itself come with the others; by themselves, some come out of order.
    others = sys.modules.keys() - {"__main__", "__mp_main__"}
    modules = tuple(n for n in others if n.partition(".")[0] not in sys.stdlib_module_names)
    more = msgspec.structs.replace(found, passages=seen, modules=modules)
    told.write_bytes(msgspec.json.encode(more))


def _compare(run: Path, kill: Kill, whole: Found, told: Path) -> None:
    exposed = _exposed(run)
    if open_run(run).state == "done":
        # It died after its last commit: what was acknowledged is all there is to go on with.
        items = _came_to(run)
    else:
        items = resume(ResumeRequest(run, outage=kill.outage)).items
    found = _found(run, items)
    problems = [str(problem) for problem in check_run(run)]
    problems += _outlived(kill, found, whole, exposed) if kill.outage else _other(found, whole)
    told.write_bytes(msgspec.json.encode(problems))


def _came_to(run: Path) -> tuple[ItemOutcome, ...]:
    """What the items of a run that is done came to, by its journal."""
    each = (journalled_outcome(one.id, one.verdict, one.error) for one in open_run(run).items)
    return tuple(one for one in each if one is not None)


def _found(folder: Path, items: tuple[ItemOutcome, ...]) -> Found:
    """What stands in the folder of a run that came to `items`."""
    run = open_run(folder)
    (item,) = run.items
    read = {name: _sha256(list(run.readings(item.id, name))) for name in sorted(item.channels)}
    return Found(items[0].verdict, _sha256(items), read)


def _sha256(what: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(what)).hexdigest()


def _exposed(run: Path) -> bool:
    """Whether the device was being exposed when the run was killed last: in an exposure of which
    a part was committed. That it is exposed is committed before it is, after its step has begun."""
    unfinished = (
        "SELECT DISTINCT a.step FROM progress p JOIN attempts a ON a.id = p.attempt"
        " WHERE a.id NOT IN (SELECT attempt FROM steps)"
        " AND a.id = (SELECT max(b.id) FROM attempts b WHERE b.step = a.step)"
    )
    with Reader(RunFolder(run).journal) as reader:
        names = [name for (name,) in reader.rows(unfinished)]
    return any(name.rpartition("/")[2] in EXPOSURES for name in names)


def _other(found: Found, whole: Found) -> list[str]:
    """How a run that lost no time differs: it may not at all."""
    problems = [] if found.items == whole.items else ["another verdict"]
    return problems if found.readings == whole.readings else [*problems, "other readings"]


def _outlived(kill: Kill, found: Found, whole: Found, exposed: bool) -> list[str]:
    """How a run that lost time differs from the same verdict within U, or from INVALID."""
    (row,), (expected,) = found.verdict.rows, whole.verdict.rows
    outcome = str(found.verdict.outcome)
    if row.value is None:
        return [f"{outcome}: {'; '.join(found.verdict.reasons)}"]
    if exposed and kill.item not in TOLERANT:
        told = any("interrupted for" in reason for reason in found.verdict.reasons)
        return [] if outcome == "INVALID" and told else [f"{outcome} after a gap not tolerated"]
    problems = [] if outcome == whole.verdict.outcome else [f"{outcome}: another verdict"]
    off = apart(row, expected)
    return problems if off <= 1.0 else [*problems, f"off by {off:.2g} U"]
