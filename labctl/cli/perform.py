"""Carrying out a run for a viewer: progress, verdicts, report, exit code."""

from __future__ import annotations

import getpass
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labctl.cli.failure import DEFECT, INTERRUPTED
from labctl.cli.streams import note, say, say_json
from labctl.errors import UsageError
from labctl.i18n import _

if TYPE_CHECKING:
    from labctl.engine import ItemOutcome, RunOutcome, RunRequest
    from labctl.indicator import Indicator


def perform(request: RunRequest, as_json: bool) -> int:
    """Run `request`, tell the outcome and write the report; returns the exit code.

    An interrupted run has no report yet: whoever pressed Ctrl-C does not wait for its drawings.
    """
    from labctl.cli.progress import shown
    from labctl.engine import execute

    with shown(quiet=as_json) as show:
        outcome = execute(replace(request, on_progress=show))
    return finish(request.items, outcome, as_json)


def finish(items: Iterable[Indicator], outcome: RunOutcome, as_json: bool) -> int:
    """Tell the outcome of a run of `items` and write the report; returns the exit code."""
    if not as_json:
        tell(items, outcome)
    if not outcome.interrupted:
        report(outcome.path, as_json)
    if as_json:
        say_json(as_document(outcome))
    return exit_code(outcome.items, outcome.interrupted)


def report(run: Path, as_json: bool) -> None:
    """Write the report of the run in folder `run` and say where."""
    from labctl.report.write import write_report

    path = write_report(run)
    if not as_json:
        say(_("report: {path}").format(path=path))


def tell(items: Iterable[Indicator], outcome: RunOutcome) -> None:
    """Print the table of verdicts and where the run is."""
    from labctl.cli.verdicts import Judged, say_verdicts

    known = {indicator.id: indicator for indicator in items}
    say_verdicts([Judged(known[item.id], item.verdict, item.error) for item in outcome.items])
    say(_("run: {path}").format(path=outcome.path))
    if outcome.interrupted:
        note(_("interrupted: what was recorded is kept; labctl resume last goes on with it"))


def as_document(outcome: RunOutcome) -> dict[str, Any]:
    """The outcome as `--json` prints it."""
    return {
        "run": outcome.run,
        "path": str(outcome.path),
        "verdicts": [item.verdict.as_dict(item.error) for item in outcome.items],
    }


def exit_code(items: Sequence[ItemOutcome], interrupted: bool) -> int:
    """What the command ends with: the first that applies of 4, 130, 3, 1, 2, 0."""
    from labctl import verdict

    codes = [item.exit_code for item in items if item.error is not None]
    if DEFECT in codes:
        return DEFECT
    if interrupted:
        return INTERRUPTED
    return max(codes) if codes else verdict.exit_code(item.verdict.outcome for item in items)


def real_bench(bench: Path | None) -> bool:
    """Whether the bench file states no simulation; one that cannot be read is left to the bench's
    own reader, which says what is wrong."""
    if bench is None:
        return False
    try:
        return "sim" not in tomllib.loads(bench.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return False


def is_virtual(time: str | None, bench: Path | None, dossier: Path | None) -> bool:
    """Whether a run keeps virtual time: by default where every instrument is simulated.

    A folder of real documents is dated in real time; `UsageError` where it, or a real bench, is
    asked for in virtual time.
    """
    real = str(dossier) if dossier else str(bench) if real_bench(bench) else ""
    if real and time == "virtual":
        raise UsageError(
            f"{real} is real and cannot be run in virtual time", remedy="leave --time out"
        )
    return time != "real" and not real


def is_guarded(guarded: bool, time: str | None, bench: Path | None) -> bool:
    """Whether a run gets a guardian: always on a real bench, else where it is asked for.

    `UsageError` where virtual time is asked for as well.
    """
    if guarded and time == "virtual":
        raise UsageError(
            _("a guarded run keeps real time: its guardian has the clock of the bench"),
            remedy=_("leave --guarded or --time virtual out"),
        )
    return guarded or real_bench(bench)


def operator(bench: Path | None) -> str:
    """Who is logged on at a real bench; empty where nobody is needed or the system knows none."""
    return user() if real_bench(bench) else ""


def user() -> str:
    """Who is logged on; empty where the system knows nobody."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
