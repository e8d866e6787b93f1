"""`labctl new`: whole pieces of a lab, written from templates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from labctl.cli.group import Command, Group
from labctl.cli.options import AsJson
from labctl.i18n import N_

if TYPE_CHECKING:
    from labctl.scaffold.plan import Plan
    from labctl.scaffold.tree import Tree

Instrument = Annotated[
    str, typer.Argument(metavar="VENDOR/MODEL", help=N_("Vendor and model: keithley/k2400."))
]
Name = Annotated[str, typer.Argument(metavar="NAME", help=N_("Its name, as a module has it."))]
RigName = Annotated[
    str, typer.Option("--rig", metavar="NAME", help=N_("Rig of the lab that it runs on."))
]


def lab(name: Name, as_json: AsJson = False) -> None:
    """Write a whole package for a lab into a new folder of the working directory."""
    from labctl.scaffold.lab import plan_lab
    from labctl.scaffold.names import checked

    _write(*plan_lab(checked(name), Path.cwd()), as_json)


def driver(instrument: Instrument, as_json: AsJson = False) -> None:
    """Write a driver with emulator, golden file, test and docs page into the tree around."""
    from labctl.scaffold.driver import plan_driver
    from labctl.scaffold.names import model_name
    from labctl.scaffold.tree import tree_around

    model = model_name(instrument)
    tree = tree_around(Path.cwd())
    _write(tree, plan_driver(tree, model), as_json)


def rig(name: Name, as_json: AsJson = False) -> None:
    """Write a rig with its benches and its world into the lab around."""
    from labctl.scaffold.names import checked
    from labctl.scaffold.pieces import plan_rig
    from labctl.scaffold.tree import lab_around

    tree = lab_around(Path.cwd())
    _write(tree, plan_rig(tree, checked(name)), as_json)


def model(name: Name, as_json: AsJson = False) -> None:
    """Write a model of a device under test into the lab around."""
    from labctl.scaffold.names import checked
    from labctl.scaffold.pieces import plan_model
    from labctl.scaffold.tree import lab_around

    tree = lab_around(Path.cwd())
    _write(tree, plan_model(tree, checked(name)), as_json)


def procedure(name: Name, rig: RigName = "", as_json: AsJson = False) -> None:
    """Write a procedure and the indicator that it is bound to into the lab around."""
    from labctl.scaffold.names import checked
    from labctl.scaffold.pieces import plan_procedure, rig_of
    from labctl.scaffold.tree import lab_around

    tree = lab_around(Path.cwd())
    _write(tree, plan_procedure(tree, checked(name), rig_of(tree, rig)), as_json)


def _write(tree: Tree, plan: Plan, as_json: bool) -> None:
    from labctl.cli.written import tell

    plan.carry_out()
    tell(tree, plan, as_json)


_COMMANDS = (
    (lab, N_("A whole package for a lab.")),
    (driver, N_("A driver with emulator, golden file, test and docs page.")),
    (rig, N_("A rig with a simulated bench and an example of a real one.")),
    (model, N_("A model of a device under test.")),
    (procedure, N_("A procedure with the indicator it is bound to.")),
)


def group() -> typer.Typer:
    """The commands `labctl new ...`."""
    app = typer.Typer(cls=Group, add_completion=False, rich_markup_mode=None)
    app.callback(help=N_("Write a new piece of a lab."))(_nothing)
    for function, text in _COMMANDS:
        app.command(help=text, cls=Command)(function)
    return app


def _nothing() -> None:
    """`labctl new` has no options of its own."""
