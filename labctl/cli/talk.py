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

ENDINGS = {"lf": "\n", "cr": "\r", "crlf": "\r\n", "none": ""}


def talk(
    address: LinkAddress,
    timeout: Timeout = None,
    end: Ending = "lf",
    trace: TraceFile = None,
) -> None:
    """Carry out the lines of standard input at the instrument and print its answers."""
    from labctl.cli.talking import converse
    from labctl.console import TalkRequest

    raise typer.Exit(converse(TalkRequest(address, timeout, ENDINGS[end], trace)))
