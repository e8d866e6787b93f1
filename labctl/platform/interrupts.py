"""Ctrl-C and a request to terminate: the first cancels in good order, the second breaks.

Only signals that every system knows are used, through `signal.signal`, so that the same code
serves a selector loop and Windows' proactor.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from labctl.platform.terminals import HANGUP, let_go, outliving_console

PATIENCE = 1.0
"""Seconds after which a computation that does not let the loop breathe is broken off."""

SIGNALS: tuple[signal.Signals, ...] = (signal.SIGINT, signal.SIGTERM, *HANGUP)
"""A terminal that is closed ends a run that has no guardian as Ctrl-C does."""


class Interrupts:
    """Whether the user asked this process to stop, and what is to happen then.

    After `PATIENCE` seconds in which nobody called `taken()`, `KeyboardInterrupt` is raised in
    the main thread, as it is by a second signal. While the run is being closed in good order one
    further signal is ignored; where the closing is `hurried`, it is broken off after the same time.
    """

    def __init__(self) -> None:
        self._asks = 0
        self._asked = threading.Event()
        self._taken = threading.Event()
        self.ended = threading.Event()
        self._hurried = False
        self._broken = False
        self._cancel: Callable[[], None] | None = None

    @property
    def asked(self) -> bool:
        """Whether the user asked to stop."""
        return self._asks > 0

    def on_ask(self, cancel: Callable[[], None]) -> None:
        """Call `cancel` when the user asks, at once if that was before; it runs in a signal
        handler and may only do what is safe there."""
        self._cancel = cancel
        if self.asked:
            cancel()

    def taken(self, *, hurried: bool = False) -> None:
        """Say that the cancellation has arrived and the run is being closed in good order.

        `hurried` says that nothing real hangs on the closing, so that it may be broken off; a real
        bench is made safe however long that takes.
        """
        self._hurried = self._hurried or hurried
        self._taken.set()

    def handle(self, number: int, frame: FrameType | None) -> None:
        """The signal handler."""
        if number in HANGUP:
            let_go()
        if self._broken:  # by `watch`, which is nobody's second wish
            self._broken = False
            raise KeyboardInterrupt
        self._asks += 1
        if self._asks == 1:
            self._asked.set()
            if self._cancel is not None:
                self._cancel()
        elif not self._taken.is_set() or self._asks > 2:
            raise KeyboardInterrupt

    def ask(self) -> None:
        """Ask to stop, as a signal does; called in the main thread."""
        self.handle(signal.SIGINT, None)

    def watch(self) -> None:
        """Break off what does not end in time; runs in a thread of its own until `end()`."""
        self._asked.wait()
        taken = self._taken.wait(PATIENCE)
        if taken and not self._hurried:
            return
        if not taken or not self.ended.wait(PATIENCE):
            self._broken = True
            signal.raise_signal(signal.SIGINT)

    def end(self) -> None:
        """Let `watch` return."""
        self.ended.set()
        self._taken.set()
        self._asked.set()


def _heard() -> list[signal.Signals]:
    """A process that was told to outlive its terminal does."""
    return [one for one in SIGNALS if one not in HANGUP or signal.getsignal(one) != signal.SIG_IGN]


@contextmanager
def interrupts() -> Generator[Interrupts]:
    """Handle the user's wish to stop inside the `with` block, in the main thread only.

    Elsewhere nothing is installed: whoever started that thread has to stop it.
    """
    state = Interrupts()
    if threading.current_thread() is not threading.main_thread():
        yield state
        return
    # Started beforehand: starting a thread takes locks, which a signal handler must not.
    watch = threading.Thread(target=state.watch, name="interrupts", daemon=True)
    watch.start()
    before: dict[int, Any] = {one: signal.signal(one, state.handle) for one in _heard()}
    with outliving_console(state.ended):
        try:
            yield state
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)
            state.end()
            watch.join()
