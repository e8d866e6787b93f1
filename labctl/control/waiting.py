"""Waiting for another process, in a thread without an event loop."""

from __future__ import annotations

import threading
from collections.abc import Callable

from labctl.clock import stopwatch

LOOK = 0.02
"""Seconds between two looks."""


def wait_until(done: Callable[[], bool], timeout: float) -> bool:
    """Return when `done()` is true; False where it is not for `timeout` in s."""
    until, pause = stopwatch() + timeout, threading.Event()
    while not done():
        if stopwatch() > until:
            return False
        pause.wait(LOOK)
    return True
