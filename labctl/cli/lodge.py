"""`labctl lodge`: the head of a run, to be deposited with somebody else."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from labctl.cli.options import RunName, RunsFolder
from labctl.errors import UsageError
from labctl.i18n import N_

Output = Annotated[
    Path | None,
    typer.Option("--output", metavar="FILE", help=N_("Where to write; else it is printed.")),
]


def lodge(run: RunName, output: Output = None, folder: RunsFolder = None) -> None:
    """Print what proves later, in other hands, that the run was there by then: a JSON document."""
    from labctl.bundle.lodging import as_text, lodged
    from labctl.cli.find import run_folder
    from labctl.cli.streams import say

    text = as_text(lodged(run_folder(run, folder)))
    if output is None:
        say(text.rstrip())
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{output}: {error.strerror}") from error
    say(str(output))
