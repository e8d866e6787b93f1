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

    def __call__(self, done: float, text: str, reading: str) -> None:
        """Progress 0..1, what is being done, the newest reading as text."""
        now = clock.stopwatch()
        if self.on_progress is None or (now - self.last < EVERY and 0 < done < 1):
            return
        self.last = now
        t = max(clock.now(), self.since)
        self.on_progress(Progress(self.item, self.index, self.count, done, text, t, reading))
