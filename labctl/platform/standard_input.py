"""Lines of standard input, read beside the event loop."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable

_MOST = 65536


def _nothing() -> None:
    """Nobody wants to know that the input has ended."""


def watch_lines(received: Callable[[str], None], ended: Callable[[], None] = _nothing) -> None:
    """Call `received` with each line of standard input, in a thread that ends with the process.

    `ended` is called in place of a line where there is no standard input, where it was closed, or
    where the process runs in the background of a terminal and may not read it.
    """
    try:
        number = sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):
        ended()
        return
    if sys.platform != "win32" and threading.current_thread() is threading.main_thread():
        # A background process that reads from its terminal is stopped by this signal; ignored,
        # the read fails instead.
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)

    # The file is read by its number: a thread that waits inside sys.stdin holds a lock that the
    # interpreter needs to end.
    def watch() -> None:
        _watch(number, received)
        ended()

    threading.Thread(target=watch, name="stdin", daemon=True).start()


def decoded(line: bytes) -> str:
    """A line as text: UTF-8, else in the code page of the terminal, or that Python was told."""
    try:
        return line.decode("utf-8").strip()
    except UnicodeDecodeError:
        encoding = os.device_encoding(0) or sys.stdin.encoding
        named = sys.stdin.encoding if encoding.lower() == "utf-8" else encoding
        return line.decode(named, "replace").strip()


def _watch(number: int, received: Callable[[str], None]) -> None:
    rest = b""
    while True:
        try:
            data = os.read(number, _MOST)
        except OSError:
            return
        if not data:
            return
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            received(decoded(line))
