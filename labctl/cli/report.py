"""`labctl report`: the report of a run, or its readings as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from labctl.cli.options import RunName, RunsFolder
from labctl.errors import UsageError
from labctl.i18n import N_, _

Format = Annotated[str, typer.Option("--format", metavar="FORMAT", help=N_("html or csv."))]
Output = Annotated[
    Path | None,
    typer.Option("--output", metavar="FILE", help=N_("Where to write; else the run folder.")),
]
PLANNED = ("parquet", "crate")
"""Formats of the design that are not there yet."""


def report(
    run: RunName, format: Format = "html", output: Output = None, folder: RunsFolder = None
) -> None:
    """Write the report of a run anew, or its readings, and print where."""
    from labctl.cli.find import run_folder
    from labctl.cli.streams import say
    from labctl.report.export import write_readings
    from labctl.report.write import write_report

    writers = {"html": write_report, "csv": write_readings}
    if format not in writers:
        raise _unknown(format)
    say(str(writers[format](run_folder(run, folder), output)))


def _unknown(format: str) -> UsageError:
    text = _("unknown format {name!r}")
    if format in PLANNED:
        text = _("the format {name!r} is not there yet")
    return UsageError(
        text.format(name=format), remedy=_("use one of {choices}").format(choices="html, csv")
    )
