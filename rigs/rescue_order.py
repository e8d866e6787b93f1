"""Whose turn it is to be made safe: the declared order, which no silent instrument holds up."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable

from labctl import clock

LINES = 0.4
"""Seconds that the lines have to be opened and brought to a known state before silence counts.

All of them are at it at the same time: it changes nothing that an instrument puts out.
"""


class Order:
    """Turns of `roles`, each begun when the one before is done or was silent for `patience` in s.

    order = Order(roles, patience)
    watching = asyncio.create_task(order.keep())
    await order.turn(role)
    order.done(role)
    """

    def __init__(self, roles: Iterable[str], patience: float) -> None:
        self._turns = {role: asyncio.Event() for role in roles}
        self._ends = {role: asyncio.Event() for role in self._turns}
        self._patience = patience

    async def turn(self, role: str) -> None:
        """Wait until it is the turn of `role`; from then on it is so for good."""
        await self._turns[role].wait()

    def done(self, role: str) -> None:
        """Say that `role` is safe, or that a try has failed: it holds up nobody any more."""
        self._ends[role].set()

    async def keep(self) -> None:
        """Give the turns, one after the other; returns with the last."""
        settled = clock.now() + LINES
        for role, turn in self._turns.items():
            turn.set()
            patience = max(self._patience, settled - clock.now())
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    await self._ends[role].wait()
