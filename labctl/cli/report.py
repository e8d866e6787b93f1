"""`labctl report`: the report of a run, its readings, or the acceptance table of a direction."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from labctl.cli.options import AsJson, RunsFolder
from labctl.errors import UsageError
from labctl.i18n import N_, _

Named = Annotated[
    str | None,
    typer.Argument(
        metavar="RUN",
        help=N_("Id of a run, its beginning, its path, or 'last'."),
        show_default=False,
    ),
]
DirectionId = Annotated[
    str | None,
    typer.Option("--direction", metavar="ID", help=N_("The acceptance table of a direction.")),
]
OfSample = Annotated[
    str, typer.Option("--sample", metavar="ID", help=N_("Of this sample alone, with --direction."))
]
Format = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help=N_("html, csv, parquet or crate."))
]
KeyName = Annotated[
    str | None,
    typer.Option("--key", metavar="NAME", help=N_("Who signs the crate; '' for nobody.")),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", metavar="FILE", help=N_("Where to write; else the run folder.")),
]
FORMATS = "html, csv, parquet, crate"


def report(
    run: Named = None,
    format: Format = "html",
    direction: DirectionId = None,
    sample: OfSample = "",
    output: Output = None,
    key: KeyName = None,
    folder: RunsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Write the report of a run anew, its readings, or a direction's table, and print where."""
    if (run is None) == (direction is None):
        raise UsageError(
            _("name one run, or give --direction"), remedy=_("labctl runs lists the runs")
        )
    if direction is not None:
        from labctl.cli.acceptance import write

        write(direction, sample, output, folder, as_json)
    elif run is not None and format == "crate":
        from labctl.cli.crate import write as write_crate

        write_crate(run, output, key, folder, as_json)
    elif run is not None:
        _of_run(run, format, output, folder, as_json)


def _of_run(run: str, format: str, output: Path | None, folder: Path | None, as_json: bool) -> None:
    from labctl.bundle.table import write_parquet
    from labctl.cli.find import run_folder
    from labctl.cli.streams import say, say_json
    from labctl.report.export import write_readings
    from labctl.report.write import write_report

    writers = {"html": write_report, "csv": write_readings, "parquet": write_parquet}
    if format not in writers:
        raise _unknown(format)
    path = writers[format](run_folder(run, folder), output)
    if as_json:
        say_json({"path": str(path)})
    else:
        say(str(path))


def _unknown(format: str) -> UsageError:
    return UsageError(
        _("unknown format {name!r}").format(name=format),
        remedy=_("use one of {choices}").format(choices=FORMATS),
    )
