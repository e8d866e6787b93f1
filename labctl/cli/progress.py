"""Live progress of a run on stderr: a bar on a terminal, plain lines elsewhere, or nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from labctl.clock import stopwatch
from labctl.i18n import _
from labctl.report.wording import duration, word

if TYPE_CHECKING:
    from labctl.engine import Progress

REDRAW = 0.1
"""Real seconds between two drawings of the bar."""

TENTHS = 10
"""A plain line is written at each of so many parts of an item, and at each new text."""


Show = Callable[["Progress"], None]
"""Shows one report of progress."""


@contextmanager
def shown(quiet: bool) -> Generator[Show | None]:
    """What to hand to the engine as `on_progress`; nothing is written where `quiet`."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bar() as show:
            yield show
    else:
        yield Lines()


class Pace:
    """Run time per real time of the item in progress."""

    def __init__(self) -> None:
        self._item = ""
        self._begin = (0.0, 0.0)

    def text(self, progress: Progress) -> str:
        """Run time in the item, and how many times faster than real time it passes."""
        if progress.item != self._item:
            self._item, self._begin = progress.item, (progress.t, stopwatch())
        passed, real = progress.t - self._begin[0], stopwatch() - self._begin[1]
        faster = passed / real if real > 0 else 1.0
        if faster < 2:
            return duration(progress.t)
        return _("{time} at {factor:,.0f}×").format(time=duration(progress.t), factor=faster)


class Lines:
    """Progress as lines of text, for logs and pipes."""

    def __init__(self) -> None:
        self._last: tuple[str, str, int] | None = None
        self._pace = Pace()

    def __call__(self, progress: Progress) -> None:
        """Write a line where item, tenth or text up to its colon has changed."""
        pace = self._pace.text(progress)
        phase = progress.text.partition(":")[0]
        key = (progress.item, phase, int(progress.done * TENTHS))
        if key != self._last:
            self._last = key
            print(line(progress, pace), file=sys.stderr, flush=True)


def line(progress: Progress, pace: str) -> str:
    """One report of progress as a line of text."""
    head = f"[{progress.index + 1}/{progress.count}] {progress.item} {progress.done:4.0%}"
    parts = [head, pace, word(progress.text), progress.reading]
    return "  ".join(part for part in parts if part)


@contextmanager
def _bar() -> Generator[Show]:
    """Progress as a bar that is drawn anew in place; it draws on the run's own thread."""
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TextColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.fields[head]}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.percentage:>3.0f} %", markup=False),
        TextColumn("{task.description}", markup=False),
    )
    pace, drawn, tasks = Pace(), [0.0], dict[str, TaskID]()
    with Bars(*columns, console=Console(stderr=True), auto_refresh=False) as bars:

        def show(progress: Progress) -> None:
            if progress.item not in tasks:
                head = f"[{progress.index + 1}/{progress.count}] {progress.item}"
                tasks[progress.item] = bars.add_task("", total=1.0, head=head)
            parts = (pace.text(progress), word(progress.text), progress.reading)
            text = "  ".join(part for part in parts if part)
            bars.update(tasks[progress.item], completed=progress.done, description=text)
            if stopwatch() - drawn[0] >= REDRAW or progress.done >= 1:
                drawn[0] = stopwatch()
                bars.refresh()

        yield show
