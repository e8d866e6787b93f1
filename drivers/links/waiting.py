"""Waiting in turn and waiting until a deadline, at the cost of a comparison where nobody waits."""

from __future__ import annotations

import asyncio
from collections import deque

from labctl import clock


class Turns:
    """Whose turn it is, first come, first served.

    if not turns.take():
        await turns.wait()
    try:
        ...
    finally:
        turns.give()
    """

    def __init__(self) -> None:
        self._taken = False
        self._waiting: deque[asyncio.Future[None]] = deque()

    def take(self) -> bool:
        """Take the turn where nobody has it; False where somebody has."""
        if self._taken:
            return False
        self._taken = True
        return True

    async def wait(self) -> None:
        """Wait until the turn is handed over by who has it."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self.give()  # it was handed over at the moment of the cancellation
            raise

    def give(self) -> None:
        """Hand the turn over to who has waited longest."""
        while self._waiting:
            following = self._waiting.popleft()
            if not following.done():
                following.set_result(None)
                return
        self._taken = False


class Deadline:
    """Ends a wait with `TimeoutError`. One timer of the loop serves the waits of a line in turn.

    A timer that fires for a wait that has ended is set anew for the one that is under way.
    """

    def __init__(self) -> None:
        self._timer: asyncio.TimerHandle | None = None
        self._waiter: asyncio.Future[int] | None = None
        self._at = 0.0

    def set(self, waiter: asyncio.Future[int], at: float) -> None:
        """End `waiter` at run time `at` in s, unless it is done by then."""
        self._waiter, self._at = waiter, at
        timer = self._timer
        if timer is None or timer.when() > at:
            self.cancel()
            self._timer = waiter.get_loop().call_at(at, self._fire)

    def cancel(self) -> None:
        """No wait is under way any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _fire(self) -> None:
        waiter, self._timer = self._waiter, None
        if waiter is None or waiter.done():
            return
        if self._at > clock.now():
            self._timer = waiter.get_loop().call_at(self._at, self._fire)
        else:
            waiter.set_exception(TimeoutError())
