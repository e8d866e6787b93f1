"""Terminals that are closed, and requests to terminate, for processes that do not end with them."""

from __future__ import annotations

import os
import signal
import stat
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from types import FrameType

if sys.platform == "win32":
    HANGUP: tuple[signal.Signals, ...] = (signal.SIGBREAK,)
else:
    HANGUP = (signal.SIGHUP,)
"""Signals that say that the terminal was closed."""


def on_terminate(ask: Callable[[], None]) -> None:
    """From now on a request to terminate calls `ask`; a terminal's signals are not heard.

    Called in the main thread; `ask` runs in a signal handler and may only do what is safe there.
    """

    def handle(number: int, frame: FrameType | None) -> None:
        ask()

    signal.signal(signal.SIGTERM, handle)
    for one in (signal.SIGINT, *HANGUP):
        signal.signal(one, signal.SIG_IGN)


def let_go() -> None:
    """The terminal is gone: what is still printed on it goes nowhere, and is no error."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        with suppress(OSError):  # there is no such stream
            if stat.S_ISCHR(os.fstat(stream).st_mode):
                os.dup2(null, stream)
    os.close(null)


@contextmanager
def listening(interrupted: Callable[[], None], closed: Callable[[], None]) -> Generator[None]:
    """Call `interrupted` at Ctrl-C or a request to terminate, `closed` when the terminal is closed.

    Both run in a signal handler. Only the main thread hears signals. A process that was told to
    outlive its terminal does.
    """

    def handler(act: Callable[[], None]) -> Callable[[int, FrameType | None], None]:
        return lambda number, frame: act()

    wanted = {signal.SIGINT: interrupted, signal.SIGTERM: interrupted}
    wanted |= {one: closed for one in HANGUP if signal.getsignal(one) != signal.SIG_IGN}
    if threading.current_thread() is not threading.main_thread():
        wanted = {}
    before = {number: signal.signal(number, handler(act)) for number, act in wanted.items()}
    try:
        yield
    finally:
        for number, was in before.items():
            signal.signal(number, was)


CLOSING = (2, 5, 6)
"""Events of a Windows console: closed, logged off, shut down."""

CONSOLE = 4.5
"""Seconds that Windows lets a process live after its console was closed, a little less."""


@contextmanager
def outliving_console(ended: threading.Event) -> Generator[None]:
    """Inside the block a closed Windows console is a signal, and waits until `ended` is set.

    Without it Windows ends the process before the main thread hears of anything.
    """
    if sys.platform != "win32":
        yield
        return
    import ctypes
    from ctypes import wintypes

    def handle(event: int) -> bool:
        if event not in CLOSING:
            return False
        signal.raise_signal(signal.SIGBREAK)
        ended.wait(CONSOLE)
        return True

    # Kept in a name: Windows calls it for as long as it is set.
    handler = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)(handle)
    ctypes.windll.kernel32.SetConsoleCtrlHandler(handler, True)
    try:
        yield
    finally:
        ctypes.windll.kernel32.SetConsoleCtrlHandler(handler, False)
