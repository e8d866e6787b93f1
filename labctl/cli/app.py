"""The tree of commands. Each command's file imports what it needs only when it runs."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.main import get_command

from labctl.cli.affected import affected
from labctl.cli.amend import amend
from labctl.cli.analyse import analyse
from labctl.cli.audit import group as audit_group
from labctl.cli.authorise import authorise
from labctl.cli.certificate import certificate
from labctl.cli.ci import ci
from labctl.cli.coverage import coverage
from labctl.cli.demo import demo
from labctl.cli.doctor import doctor
from labctl.cli.group import Command, Group, translate
from labctl.cli.indicators import indicators
from labctl.cli.key import group as key_group
from labctl.cli.leases import leases
from labctl.cli.lodge import lodge
from labctl.cli.new import group as new_group
from labctl.cli.notices import group as notices_group
from labctl.cli.plan import plan
from labctl.cli.proficiency import proficiency
from labctl.cli.recover import recover
from labctl.cli.redo import redo
from labctl.cli.rejudge import rejudge
from labctl.cli.report import report
from labctl.cli.resume import resume
from labctl.cli.run import run
from labctl.cli.runs import runs
from labctl.cli.sample import sample
from labctl.cli.serve import serve
from labctl.cli.show import show
from labctl.cli.sim import group as sim_group
from labctl.cli.swap import swap
from labctl.cli.talk import talk
from labctl.cli.timestamp import timestamp
from labctl.cli.user import group as user_group
from labctl.cli.verify import verify
from labctl.cli.watch import watch
from labctl.i18n import N_

_COMMANDS = (
    (demo, N_("A first run on a simulated solar cell; no hardware.")),
    (indicators, N_("Browse the indicator map.")),
    (coverage, N_("How much of the map has a procedure.")),
    (plan, N_("Say before a run what it will come to.")),
    (proficiency, N_("Try procedures on devices that they do not know.")),
    (ci, N_("Try every procedure on simulated devices and faults.")),
    (run, N_("Run procedures on a bench and judge what they measured.")),
    (resume, N_("Go on with a run that was interrupted.")),
    (recover, N_("Make safe what killed runs left behind.")),
    (amend, N_("Correct an answer; the one before is kept.")),
    (redo, N_("Let a step be done again; its result is kept.")),
    (swap, N_("Let another instrument take a role.")),
    (watch, N_("Follow a run from another terminal.")),
    (show, N_("What a run came to.")),
    (report, N_("Write the report of a run, its readings, or a direction's table.")),
    (affected, N_("Which verdicts rest on an instrument that was wrong.")),
    (authorise, N_("Sign the report of a run, so that it is no draft.")),
    (runs, N_("List the runs.")),
    (sample, N_("What was done to a sample.")),
    (analyse, N_("Analyse files of data that somebody else measured.")),
    (verify, N_("Whether a run or a bundle holds.")),
    (timestamp, N_("Put a time stamp on a bundle.")),
    (lodge, N_("Print the head of a run, to be deposited.")),
    (rejudge, N_("Judge a run again, by another agreement.")),
    (serve, N_("Serve the web console and its API.")),
    (leases, N_("List the instruments that runs hold.")),
    (certificate, N_("Show what a calibration certificate says.")),
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
    app.add_typer(notices_group(), name="notices")
    app.add_typer(key_group(), name="key")
    app.add_typer(user_group(), name="user")
    app.add_typer(audit_group(), name="audit")
    tree = translate(get_command(app))
    assert isinstance(tree, Group)
    return tree
