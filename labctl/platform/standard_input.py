"""Lines of standard input, read beside the event loop."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable

_MOST = 65536


def watch_lines(received: Callable[[str], None]) -> None:
    """Call `received` with each line of standard input, in a thread that ends with the process.

    Nothing happens where there is no standard input, or where the process runs in the background
    of a terminal and may not read it.
    """
    try:
        number = sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):
        return
    if sys.platform != "win32" and threading.current_thread() is threading.main_thread():
        # A background process that reads from its terminal is stopped by this signal; ignored,
        # the read fails instead.
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)
    # The file is read by its number: a thread that waits inside sys.stdin holds a lock that the
    # interpreter needs to end.
    threading.Thread(target=_watch, args=(number, received), name="stdin", daemon=True).start()


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
            received(line.decode("utf-8", "replace").strip())
