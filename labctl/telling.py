"""Telling the viewer how far an item is and what it reads."""

from __future__ import annotations

from collections.abc import Callable

from labctl.evidence import Reading

Tell = Callable[[float, str, str], None]
"""Takes progress (0..1), what is being done, and the newest reading as text."""


class Teller:
    """Tells by `tell`; `done` (0..1) is how far the item was when it was last told."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._newest = ""
        self.done = 0.0

    def heard(self, channel: str, reading: Reading) -> None:
        """`reading` is the newest one."""
        self._newest = f"{channel} {reading.value:.6g} {reading.unit}"

    def progress(self, done: float, text: str) -> None:
        """The item is `done` so far and does what `text` says."""
        self.done = min(max(done, 0.0), 1.0)
        self._tell(self.done, text, self._newest)
