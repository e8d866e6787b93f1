"""Whether a worker lives, by its beats; time comes as ticks, of which the guardian counts its own.

Counting ticks and not seconds keeps a guardian that was stopped for a while itself, or a suspended
computer, from taking every worker for dead.
"""

from __future__ import annotations

from typing import Literal

TICK = 1.0
"""Seconds between two ticks, as many as between two beats."""

MISSED = 3
"""So many beats in a row that do not come are a hang."""

STARTING = 120
"""Ticks that a worker has to import what it needs and begin."""

CLOSING = 60
"""Ticks that it has to close its journal and end, once its event loop is over."""

Stage = Literal["starting", "beating", "closing"]


class Watchdog:
    """Counts ticks in which nothing was heard of a worker."""

    def __init__(self) -> None:
        self._stage: Stage = "starting"
        self._silent = 0

    def beat(self) -> None:
        """The worker's event loop lives."""
        self._stage, self._silent = "beating", 0

    def closing(self) -> None:
        """The worker's event loop is over."""
        self._stage, self._silent = "closing", 0

    def tick(self) -> str:
        """A second has passed: why the worker is taken for hung, or ""."""
        self._silent += 1
        if self._stage == "beating" and self._silent > MISSED:
            return f"hangs: {MISSED} beats were missed"
        if self._stage == "starting" and self._silent > STARTING:
            return f"did not begin within {STARTING} s"
        if self._stage == "closing" and self._silent > CLOSING:
            return f"did not end within {CLOSING} s after its event loop"
        return ""
