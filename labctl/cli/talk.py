"""`labctl talk`: a traced console to an instrument, also at the end of a pipe."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from labctl.i18n import N_

LinkAddress = Annotated[
    str, typer.Argument(metavar="ADDRESS", help=N_("Where the instrument is, as in a bench file."))
]
Timeout = Annotated[
    float | None, typer.Option("--timeout", metavar="S", help=N_("Seconds to wait for an answer."))
]
Ending = Annotated[
    Literal["lf", "cr", "crlf", "none"],
    typer.Option("--end", help=N_("What ends a line of text; none: frames in hexadecimal.")),
]
TraceFile = Annotated[
    Path | None,
    typer.Option("--trace", metavar="FILE", help=N_("Write every transaction into this file.")),
]
Force = Annotated[
    bool, typer.Option("--force", help=N_("Talk also to an instrument that a run holds."))
]

ENDINGS = {"lf": "\n", "cr": "\r", "crlf": "\r\n", "none": ""}


def talk(
    address: LinkAddress,
    timeout: Timeout = None,
    end: Ending = "lf",
    trace: TraceFile = None,
    force: Force = False,
) -> None:
    """Carry out the lines of standard input at the instrument and print its answers.

    Nobody else uses the instrument meanwhile; one that a run holds is refused without `--force`.
    """
    from labctl.cli.talking import converse
    from labctl.console import TalkRequest

    request = TalkRequest(address, timeout, ENDINGS[end], trace)
    raise typer.Exit(converse(request, force=force))
