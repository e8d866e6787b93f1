"""Pseudo-terminals: a serial port that is no hardware. POSIX systems have them, Windows has none.

A pseudo-terminal refuses parity, so an instrument that needs parity is served over TCP instead.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable

from labctl.errors import UsageError

if sys.platform != "win32":
    import tty

_MOST = 65536


def available() -> bool:
    """Whether this system has pseudo-terminals."""
    return sys.platform != "win32"


class PseudoTerminal:
    """One pseudo-terminal on the running event loop, raw in both directions.

    A program opens `path` as a serial port; `received` is called with what it sends.
    """

    path: str
    _received: Callable[[bytes], None]
    _near: int
    _far: int
    _loop: asyncio.AbstractEventLoop

    def __init__(self, received: Callable[[bytes], None]) -> None:
        if sys.platform == "win32":
            raise UsageError("this system has no pseudo-terminals", remedy="use the TCP address")
        self._received = received
        self._near, self._far = os.openpty()
        # The far end stays open here as well: its settings would be lost, and reading would fail,
        # between one client and the next.
        tty.setraw(self._far)
        os.set_blocking(self._near, False)
        self.path = os.ttyname(self._far)
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._near, self._read)

    def send(self, data: bytes) -> None:
        """Bytes to the program; what nobody reads is lost once the system's buffer is full."""
        if sys.platform != "win32":
            try:
                os.write(self._near, data)
            except BlockingIOError:
                return

    def close(self) -> None:
        """Take the port away. Closing twice is no error."""
        if self._near < 0:
            return
        self._loop.remove_reader(self._near)
        os.close(self._near)
        os.close(self._far)
        self._near = self._far = -1

    def _read(self) -> None:
        try:
            data = os.read(self._near, _MOST)
        except BlockingIOError:
            return
        if data:
            self._received(data)
