"""The tree of commands. Each command's file imports what it needs only when it runs."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.main import get_command

from labctl.cli.coverage import coverage
from labctl.cli.demo import demo
from labctl.cli.doctor import doctor
from labctl.cli.group import Command, Group, translate
from labctl.cli.indicators import indicators
from labctl.cli.new import group as new_group
from labctl.cli.report import report
from labctl.cli.resume import resume
from labctl.cli.run import run
from labctl.cli.runs import runs
from labctl.cli.show import show
from labctl.cli.sim import group as sim_group
from labctl.cli.talk import talk
from labctl.i18n import N_

_COMMANDS = (
    (demo, N_("A first run on a simulated solar cell; no hardware.")),
    (indicators, N_("Browse the indicator map.")),
    (coverage, N_("How much of the map has a procedure.")),
    (run, N_("Run procedures on a bench and judge what they measured.")),
    (resume, N_("Go on with a run that was interrupted.")),
    (show, N_("What a run came to.")),
    (report, N_("Write the report of a run, or its readings.")),
    (runs, N_("List the runs.")),
    (talk, N_("Talk to an instrument.")),
    (doctor, N_("Check this installation.")),
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"labctl {version('labctl-hil')}")
        except PackageNotFoundError:
            typer.echo("labctl")
        raise typer.Exit


def labctl(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_version, help=N_("Print the version and exit.")
        ),
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="en|zh", help=N_("Language; else that of the locale.")),
    ] = None,
) -> None:
    """Options of every command; `--lang` is taken from the command line before it is parsed."""


def build() -> Group:
    """The command `labctl` with all its commands, its help in the current language."""
    app = typer.Typer(
        cls=Group,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    summary = N_("Measure acceptance indicators on real or simulated benches.")
    app.callback(help=summary)(labctl)
    for function, text in _COMMANDS:
        app.command(help=text, cls=Command)(function)
    app.add_typer(sim_group(), name="sim")
    app.add_typer(new_group(), name="new")
    tree = translate(get_command(app))
    assert isinstance(tree, Group)
    return tree
