"""`labctl doctor`: a self-check of the installation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from labctl.cli.options import AsJson, RunsFolder
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.cli.checks import Check

BenchFile = Annotated[
    Path | None,
    typer.Option("--bench", metavar="FILE", help=N_("A bench file to look at; else every lab's.")),
]


def doctor(folder: RunsFolder = None, bench: BenchFile = None, as_json: AsJson = False) -> None:
    """Check names, libraries, folders, language, encodings and benches; exit 3 where one is wrong.

    Of each bench it lists what the drivers lack, which is not wrong.
    """
    from labctl.cli.streams import say_json

    found = everything(folder, bench)
    if as_json:
        say_json([check.as_dict() for check in found])
    else:
        show(found)
    raise typer.Exit(0 if all(check.ok for check in found) else 3)


def everything(folder: Path | None, bench: Path | None = None) -> list[Check]:
    """Every check, in the order in which a fault would matter; of the benches `bench` alone, if
    one is named."""
    from labctl.cli import bench_checks, checks

    steps: Sequence[Callable[[], Check]] = (
        checks.python,
        checks.names,
        checks.labs,
        checks.libraries,
        checks.catalogue,
        lambda: checks.runs_writable(folder),
        checks.leases,
        checks.notices,
        checks.language,
        checks.encodings,
    )
    return [*(step() for step in steps), *bench_checks.benches(bench)]


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
        for role, lacks in check.lacks.items():
            for lack in lacks:
                say(" " * 9 + f"{role}: {lack}")
