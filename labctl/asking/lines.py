"""Lines that a person types, each for the prompt that waits when it comes.

One thread reads standard input for the whole process, so that a prompt that was left leaves nobody
behind who would swallow the next answer. What is typed while no prompt waits is for no prompt: it
may be the late answer to one that timed out.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache

from labctl.errors import OperatorError
from labctl.platform.standard_input import watch_lines

Start = Callable[[Callable[[str], None], Callable[[], None]], None]
"""Starts to read: calls its first argument with each line, its second at the end."""


class Lines:
    """Lines as they come in from `start`, which is called at the first prompt.

    Lines for no prompt go to `spare`.
    """

    def __init__(self, start: Start = watch_lines) -> None:
        self.spare: Callable[[str], None] = _drop
        self._start = start
        self._begun = False
        self._ended = False
        self._lock = threading.Lock()
        self._waiting: asyncio.Future[str] | None = None

    def next(self) -> asyncio.Future[str]:
        """The next line that is typed from now on; `OperatorError` where the terminal is closed.

        Call it before the prompt is shown: a scanner answers at once.
        """
        waiting: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        with self._lock:
            self._waiting = waiting
        self._begin()
        return waiting

    def listen(self, spare: Callable[[str], None]) -> None:
        """Read from now on, not only at the first prompt; lines for no prompt go to `spare`."""
        self.spare = spare
        self._begin()

    def _begin(self) -> None:
        if self._ended:
            self._end()
        elif not self._begun:
            self._begun = True
            self._start(self._take, self._end)

    def _take(self, line: str) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, None
        if waiting is None or waiting.done():
            self.spare(line)
        else:
            _deliver(waiting, lambda: waiting.set_result(line))

    def _end(self) -> None:
        self._ended = True
        with self._lock:
            waiting, self._waiting = self._waiting, None
        if waiting is not None:
            error = OperatorError("the terminal was closed before the answer")
            _deliver(waiting, lambda: waiting.set_exception(error))


@cache
def standard_lines() -> Lines:
    """The lines of this process' standard input."""
    return Lines()


def somebody_there() -> bool:
    """Whether a person may be typing into standard input."""
    return sys.stdin is not None and sys.stdin.isatty()


def _deliver(waiting: asyncio.Future[str], act: Callable[[], None]) -> None:
    """`act` on the loop that waits, unless the prompt or its loop has ended meanwhile."""

    def on_loop() -> None:
        if not waiting.done():
            act()

    with suppress(RuntimeError):
        waiting.get_loop().call_soon_threadsafe(on_loop)


def _drop(line: str) -> None:
    """Nobody asked for it."""
