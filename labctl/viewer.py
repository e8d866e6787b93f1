"""Progress on its way to whoever watches a run, not more often than an eye can see."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from labctl import clock
from labctl.requests import Progress

EVERY = 0.05
"""Real seconds between two calls for one item."""


@dataclass
class ItemViewer:
    """Tells `on_progress` about item `index` of `count`; the first and the last call always.

    Nothing is told as earlier than run time `since` in s, where a resumed item goes on.
    """

    on_progress: Callable[[Progress], None] | None
    item: str
    index: int
    count: int
    since: float = -math.inf
    last: float = -EVERY
    state: str = "running"
    said: tuple[float, str, str] = (0.0, "", "")

    def __call__(self, done: float, text: str, reading: str) -> None:
        """Progress 0..1, what is being done, the newest reading as text."""
        self.said = (done, text, reading)
        now = clock.stopwatch()
        if self.on_progress is None or (now - self.last < EVERY and 0 < done < 1):
            return
        self.last = now
        t = max(clock.now(), self.since)
        place = (self.item, self.index, self.count)
        self.on_progress(Progress(*place, done, text, t, reading, self.state))

    def stands(self, state: str) -> None:
        """The item is "running", or held: why. Told at once."""
        self.state, self.last = state, -EVERY
        self(*self.said)
