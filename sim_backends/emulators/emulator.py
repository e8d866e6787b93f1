"""What an emulator is: a simulated instrument, sans-IO.

Bytes and time are arguments. A plug (`sim_backends/plugs`) carries the bytes to and from a
library's own door and calls `send` when `due` says so; a server does the same on a socket. An
emulator is written from the instrument's manual and never from our driver.
"""

from __future__ import annotations

from typing import Protocol


class Emulator(Protocol):
    """A simulated instrument on one line. Times are run time in seconds and never go back."""

    def receive(self, data: bytes, t: float) -> None:
        """Take `data`, any piece of the byte stream, at time `t`."""
        ...

    def due(self) -> float | None:
        """When the instrument next has something to do or to say; None while it only listens."""
        ...

    def send(self, t: float) -> bytes:
        """Do all that is due until `t` and return the bytes that leave the instrument by then."""
        ...

    def clear(self, t: float) -> None:
        """Device clear or a broken line: forget half a command and every answer not yet sent."""
        ...
