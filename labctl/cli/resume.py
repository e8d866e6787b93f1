"""`labctl resume`: go on with a run that was interrupted."""

from __future__ import annotations

from typing import Annotated

import typer

from labctl.cli.options import AsJson, Detach, RunName, RunsFolder
from labctl.i18n import N_, _

Accept = Annotated[
    list[str] | None,
    typer.Option("--accept", metavar="ID", help=N_("Accept a change; once for each.")),
]
Outage = Annotated[
    str,
    typer.Option(
        "--sim-outage", metavar="T", help=N_("How long a simulated bench was alone: 30min, 2 h.")
    ),
]


def resume(
    run: RunName,
    accept: Accept = None,
    outage: Outage = "0 s",
    folder: RunsFolder = None,
    detach: Detach = False,
    as_json: AsJson = False,
) -> None:
    """Go on with an interrupted run, print all its verdicts and write the report."""
    from labctl.cli.find import run_folder
    from labctl.cli.perform import finish, real_bench
    from labctl.cli.progress import shown
    from labctl.control.job import is_guarded
    from labctl.control.launch import bench_in_journal
    from labctl.errors import UsageError
    from labctl.resume import ResumeRequest
    from labctl.resume import resume as go_on
    from labctl.runfile import open_run
    from labctl.units import seconds

    path = run_folder(run, folder)
    if is_guarded(path) or real_bench(bench_in_journal(path)):
        from labctl.cli.guarded import resume_guarded

        if seconds(outage):
            raise UsageError(
                _("a run in real time knows its own outage"), remedy=_("leave --sim-outage out")
            )
        raise typer.Exit(resume_guarded(path, tuple(accept or ()), as_json, detach=detach))
    with shown(quiet=as_json) as show:
        outcome = go_on(ResumeRequest(path, tuple(accept or ()), seconds(outage), show))
    items = [item.indicator for item in open_run(outcome.path).items]
    raise typer.Exit(finish(items, outcome, as_json))
