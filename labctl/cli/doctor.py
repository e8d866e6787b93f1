"""`labctl doctor`: a self-check of the installation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import typer

from labctl.cli.options import AsJson, RunsFolder
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from pathlib import Path

    from labctl.cli.checks import Check


def doctor(folder: RunsFolder = None, as_json: AsJson = False) -> None:
    """Check names, libraries, folders, language and encodings; exit 3 where one is wrong."""
    from labctl.cli.streams import say_json

    found = everything(folder)
    if as_json:
        say_json([check.as_dict() for check in found])
    else:
        show(found)
    raise typer.Exit(0 if all(check.ok for check in found) else 3)


def everything(folder: Path | None) -> list[Check]:
    """Every check, in the order in which a fault would matter."""
    from labctl.cli import checks

    steps: Sequence[Callable[[], Check]] = (
        checks.python,
        checks.names,
        checks.labs,
        checks.libraries,
        checks.catalogue,
        lambda: checks.runs_writable(folder),
        checks.language,
        checks.encodings,
    )
    return [step() for step in steps]


def show(found: Sequence[Check]) -> None:
    """Print one line a check, and the remedy of those that fail."""
    from labctl.cli.streams import say
    from labctl.cli.table import padded, width

    cells = max(width(_(check.name)) for check in found) + 2
    marks = {True: _(N_("ok")), False: _(N_("WRONG"))}
    for check in found:
        say(f"{padded(marks[check.ok], 7)}{padded(_(check.name), cells)}{check.detail}".rstrip())
        if check.remedy:
            say(" " * 7 + _("remedy: {remedy}").format(remedy=check.remedy))
