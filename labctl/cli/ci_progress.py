"""Progress of `labctl ci` on stderr: a bar on a terminal, a line for each tenth elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from labctl.cli.streams import note
from labctl.i18n import _

if TYPE_CHECKING:
    from labctl.ci.trial import Tried

Tell = Callable[[Sequence["Tried"]], None]
"""Is told of all devices that were tried so far."""

TENTHS = 10


@contextmanager
def shown(count: int, quiet: bool) -> Generator[Tell]:
    """Tells how many of `count` undisturbed devices were tried; nothing where `quiet`."""
    if quiet:
        yield _nobody
    elif sys.stderr.isatty():
        with _bar(count) as tell:
            yield tell
    else:
        yield _lines(count)


def text(tried: Sequence[Tried]) -> str:
    """How many faults were tried and how many devices failed."""
    faults = sum(bool(one.fault) for one in tried)
    failures = sum(not one.standing.good for one in tried)
    return _("{faults} faults, {failures} failures").format(faults=faults, failures=failures)


def done(tried: Sequence[Tried]) -> int:
    """How many undisturbed devices were tried."""
    return sum(not one.fault for one in tried)


def _nobody(tried: Sequence[Tried]) -> None:
    """A machine reads along."""


def _lines(count: int) -> Tell:
    last = [0]

    def tell(tried: Sequence[Tried]) -> None:
        tenth = done(tried) * TENTHS // max(count, 1)
        if tenth > last[0]:
            last[0] = tenth
            note(f"{done(tried)}/{count}  {text(tried)}")

    return tell


@contextmanager
def _bar(count: int) -> Generator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Left

    columns = (BarColumn(), MofNCompleteColumn(), Left(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=count)

        def tell(tried: Sequence[Tried]) -> None:
            bars.update(task, completed=done(tried), description=text(tried))

        yield tell
