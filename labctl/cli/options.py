"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from labctl.i18n import N_

AsJson = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]
RunsFolder = Annotated[
    Path | None,
    typer.Option("--runs", metavar="DIR", help=N_("Folder of the runs.")),
]
RunName = Annotated[
    str,
    typer.Argument(metavar="RUN", help=N_("Id of a run, its beginning, its path, or 'last'.")),
]
Detach = Annotated[
    bool, typer.Option("--detach", help=N_("Start a guarded run and leave it to itself."))
]
