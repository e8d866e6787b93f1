"""Whether the computer was awake: a suspended one leaves its bench alone, which is a gap.

Most systems stop their monotonic clock while they are suspended, and the date goes on; on others
both go on, and the event loop has stood still. A clock that was set forward cannot be told from
that, and counts as a gap too: doubt is no exposure.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from labctl import clock
from labctl.holding import Control

EVERY = 1.0
"""Seconds between two looks at both clocks."""

LEAST = 5.0
"""Seconds by which they must differ; corrections of the date are smaller."""

SUSPENDED = "suspended"
"""Name of the hold after a suspension."""

Note = Callable[[str], None]


class Awake:
    """Looks at run time `t` and Unix time `utc`, both in s, about each `EVERY` s."""

    def __init__(self, t: float, utc: float) -> None:
        self._last = (t, utc)

    def look(self, t: float, utc: float) -> tuple[float, float]:
        """(seconds for which nothing went on, seconds that the date has gained on run time)."""
        passed, dated = t - self._last[0], utc - self._last[1]
        self._last = (t, utc)
        stood = max(passed, dated) - EVERY
        return (stood if stood > LEAST else 0.0), dated - passed


@asynccontextmanager
async def staying_awake(control: Control, note: Note) -> AsyncGenerator[None]:
    """Inside the block a suspension takes the item off its bench and lets it go on from there.

    `note` is told where the date was set back. In virtual time nothing is suspended.
    """
    if clock.is_virtual():
        yield
        return
    task = asyncio.create_task(_look(control, note), name="staying awake")
    try:
        yield
    finally:
        task.cancel()


async def _look(control: Control, note: Note) -> None:
    awake = Awake(*clock.stamp())
    while True:
        alive = clock.now()
        await clock.sleep(EVERY)
        stood, gained = awake.look(*clock.stamp())
        if stood:
            why = f"nothing went on for {stood:.0f} s: the computer was suspended"
            control.hold(SUSPENDED, why, since=alive)
            clock.skip(max(gained, 0.0))
            control.release(SUSPENDED)
        elif gained < -LEAST:
            note(f"the date was set back by {-gained:.0f} s; run time is not affected")
