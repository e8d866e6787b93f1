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


RUNNING = "running"
"""State of an item that nothing holds."""

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
    """Run time per real time of the item in progress, and what is left of it."""

    def __init__(self) -> None:
        self._item = ""
        self._begin = (0.0, 0.0)
        self._still = (0.0, 0.0)

    def text(self, progress: Progress) -> str:
        """Run time in the item, how many times faster than real time it passes, and time left."""
        if progress.item != self._item:
            self._item, self._begin = progress.item, (progress.t, stopwatch())
            self._still = (progress.t, progress.done)
        if progress.done <= self._still[1]:
            # What is waited for before anything moves says nothing about the rest.
            self._still = (progress.t, progress.done)
        passed, real = progress.t - self._begin[0], stopwatch() - self._begin[1]
        faster = passed / real if real > 0 else 1.0
        moved = progress.t - self._still[0], progress.done - self._still[1]
        left = time_left(*moved, 1.0 - progress.done)
        now = duration(progress.t)
        if faster < 2:
            return (
                now
                if left is None
                else _("{time}, {left} left").format(time=now, left=duration(left))
            )
        pace = _("{time} at {factor:,.0f}×").format(time=now, factor=faster)
        if left is None:
            return pace
        ends = {"pace": pace, "left": duration(left), "real": duration(left / faster)}
        return _("{pace}, {left} left ({real})").format(**ends)


LEAST = 0.01
"""Part of an item that must be done before it is told how long the rest takes."""


def time_left(passed: float, done: float, rest: float) -> float | None:
    """Run time in s that the `rest` of an item takes, of which `done` took `passed` in s.

    None where nothing is left, and where too little is done to tell.
    """
    if rest <= 0 or done < LEAST or passed <= 0:
        return None
    return passed * rest / done


def state(progress: Progress) -> str:
    """Why the item is held or paused; "" while it runs."""
    return "" if progress.state == RUNNING else f"[{word(progress.state)}]"


class Lines:
    """Progress as lines of text, for logs and pipes."""

    def __init__(self) -> None:
        self._last: tuple[str, str, int, str] | None = None
        self._pace = Pace()

    def __call__(self, progress: Progress) -> None:
        """Write a line where item, tenth, state or text up to its colon has changed."""
        pace = self._pace.text(progress)
        phase = progress.text.partition(":")[0]
        key = (progress.item, phase, int(progress.done * TENTHS), progress.state)
        if key != self._last:
            self._last = key
            print(line(progress, pace), file=sys.stderr, flush=True)


def line(progress: Progress, pace: str) -> str:
    """One report of progress as a line of text."""
    head = f"[{progress.index + 1}/{progress.count}] {progress.item} {progress.done:4.0%}"
    parts = [head, state(progress), pace, word(progress.text), progress.reading]
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
    pace, drawn, states, tasks = Pace(), [0.0], [RUNNING], dict[str, TaskID]()
    with Bars(*columns, console=Console(stderr=True), auto_refresh=False) as bars:

        def show(progress: Progress) -> None:
            if progress.item not in tasks:
                head = f"[{progress.index + 1}/{progress.count}] {progress.item}"
                tasks[progress.item] = bars.add_task("", total=1.0, head=head)
            parts = (
                state(progress),
                pace.text(progress),
                word(progress.text),
                progress.reading,
            )
            text = "  ".join(part for part in parts if part)
            bars.update(tasks[progress.item], completed=progress.done, description=text)
            news = progress.done >= 1 or progress.state != states[0]
            if news or stopwatch() - drawn[0] >= REDRAW:
                drawn[0], states[0] = stopwatch(), progress.state
                bars.refresh()

        yield show
