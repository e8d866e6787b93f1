"""`labctl sim serve`: simulated instruments on real sockets, for anybody's drivers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from labctl.cli.group import Command, Group
from labctl.i18n import N_

BenchName = Annotated[
    str,
    typer.Argument(metavar="BENCH", help=N_("Bench file, or name of a simulated bench.")),
]
Host = Annotated[str, typer.Option("--host", metavar="HOST", help=N_("Address to listen on."))]
Port = Annotated[
    int,
    typer.Option(
        "--port", metavar="N", min=0, max=65535, help=N_("First TCP port; 0 takes free ones.")
    ),
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help=N_("Seed of all random streams."))]
Faults = Annotated[
    Path | None,
    typer.Option("--faults", metavar="FILE", help=N_("Faults from the start, one a line.")),
]
JsonOnly = Annotated[
    bool, typer.Option("--json", help=N_("The JSON line alone, without a table beside it."))
]


def serve(
    bench: BenchName,
    host: Host = "127.0.0.1",
    port: Port = 0,
    seed: Seed = 1,
    faults: Faults = None,
    as_json: JsonOnly = False,
) -> None:
    """Serve the emulators of a bench on real sockets until interrupted."""
    from labctl.cli.served import keep_serving
    from labctl.serving import ServeRequest

    keep_serving(ServeRequest(bench, host, port, seed, faults), table=not as_json)


def group() -> typer.Typer:
    """The commands `labctl sim ...`."""
    app = typer.Typer(cls=Group, add_completion=False, rich_markup_mode=None)
    app.callback(help=N_("Simulated instruments."))(_nothing)
    text = N_("Serve a simulated bench on real sockets, for any driver.")
    app.command(help=text, cls=Command)(serve)
    return app


def _nothing() -> None:
    """`labctl sim` has no options of its own."""
