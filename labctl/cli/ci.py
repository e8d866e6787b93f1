"""`labctl ci`: everything on simulated benches, with nominal, failing and faulted devices."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from labctl.cli.options import AsJson, RunsFolder
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.ci.reporting import Report
    from labctl.ci.trial import Job, Tried

Targets = Annotated[
    list[str] | None,
    typer.Argument(metavar="TARGET", help=N_("Indicators, directions, fields; without one all.")),
]
ShardOf = Annotated[
    str, typer.Option("--shard", metavar="I/N", help=N_("Only the part I of N, by hash of the id."))
]
Base = Annotated[
    str,
    typer.Option("--changed", metavar="BASE", help=N_("Only what differs from a commit of git.")),
]
Only = Annotated[
    str, typer.Option("--only", metavar="ID", help=N_("One indicator, without drawn faults."))
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help=N_("Seed of all random streams."))]
Dut = Annotated[
    Literal["nominal", "failing"] | None, typer.Option("--dut", help=N_("Only this device."))
]
FaultName = Annotated[
    str,
    typer.Option(
        "--fault", metavar="ROLE:KIND@STEP", help=N_("Only with this fault; needs --only.")
    ),
]
Faults = Annotated[
    int,
    typer.Option("--faults", metavar="N", min=0, help=N_("Faults drawn for each device.")),
]
Repeat = Annotated[
    int, typer.Option("--repeat", metavar="N", min=1, help=N_("Repeat with N seeds."))
]
Junit = Annotated[Path | None, typer.Option("--junit", metavar="FILE", help=N_("Write JUnit XML."))]
Coverage = Annotated[
    Path | None,
    typer.Option("--coverage", metavar="FILE", help=N_("Write the table: .md and .json.")),
]
Processes = Annotated[
    int | None, typer.Option("--jobs", metavar="N", min=1, help=N_("Processes; else processors."))
]


def ci(
    targets: Targets = None,
    shard: ShardOf = "1/1",
    changed: Base = "",
    only: Only = "",
    seed: Seed = 1,
    dut: Dut = None,
    fault: FaultName = "",
    faults: Faults = 1,
    repeat: Repeat = 1,
    junit: Junit = None,
    coverage: Coverage = None,
    jobs: Processes = None,
    runs: RunsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Measure devices on simulated benches and tell which procedures are wrong."""
    from labctl.ci.choosing import Asked, jobs_of
    from labctl.ci.choosing import shard as part
    from labctl.ci.reporting import Report, written
    from labctl.cli.ci_selecting import Question, selected
    from labctl.clock import stopwatch
    from labctl.config import runs_folder
    from labctl.testing.standing import DUTS

    _check(targets, only, fault)
    question = Question(tuple([only] if only else targets or ["all"]), part(shard), changed)
    asked = Asked(
        keep=str(runs_folder(runs) / "ci"),
        seeds=tuple(range(seed, seed + repeat)),
        faults=0 if only else faults,
        duts=(dut,) if dut else DUTS,
        fault=fault,
    )
    chosen = selected(question)
    began = stopwatch()
    found = _worked(list(jobs_of(chosen.indicators, chosen.shared, asked)), jobs, as_json)
    report = Report(chosen, tuple(found), stopwatch() - began)
    written(report, junit, coverage)
    _tell(report, as_json)
    raise typer.Exit(report.exit_code)


def _check(targets: Sequence[str] | None, only: str, fault: str) -> None:
    from labctl.errors import UsageError

    if fault and not only:
        raise UsageError(_("a fault is one of one procedure"), remedy=_("name it with --only ID"))
    if only and targets:
        raise UsageError(_("--only stands for the targets"), remedy=_("leave one of them out"))


def _worked(jobs: Sequence[Job], processes: int | None, quiet: bool) -> list[Tried]:
    """What came of the jobs, in the order of their ids, with progress on stderr."""
    from labctl.ci.working import worked
    from labctl.cli.ci_progress import shown

    count = min(processes or os.cpu_count() or 1, max(len(jobs), 1))
    found: list[Tried] = []
    with shown(sum(len(job.indicators) for job in jobs), quiet) as tell:
        for each in worked(jobs, count):
            found += each
            tell(found)
    return sorted(
        found, key=lambda one: (_order(one.id), one.seed, one.dut != "nominal", one.fault)
    )


def _order(id: str) -> tuple[str, list[int]]:
    """Ids in the order of the map: `1.2-03` before `1.10-01`, those of labs by their names."""
    lab, _slash, own = id.rpartition("/")
    return lab, [int(part) for part in own.replace("-", ".").split(".") if part.isdigit()]


def _tell(report: Report, as_json: bool) -> None:
    from labctl.ci.reporting import document, lines
    from labctl.cli.streams import say, say_json

    if as_json:
        say_json(document(report))
        return
    for line in lines(report):
        say(line)
