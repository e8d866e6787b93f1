"""Doing what people order of an item that is under way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from labctl.asking.amending import obey
from labctl.errors import Defect, LabError
from labctl.holding import PAUSED, Control
from labctl.journal.writer import Journal
from labctl.orders import Amend, Continue, Order, Pause, Redo, Swap

Refuse = Callable[[str], None]


@dataclass
class Attendant:
    """Takes the orders for the item `number`; `refuse` is told of one that cannot be done."""

    journal: Journal
    control: Control
    number: int
    refuse: Refuse
    acts: list[asyncio.Task[None]] = field(default_factory=list["asyncio.Task[None]"])

    def take(self, order: Order) -> None:
        """Do what a person ordered; called on the run's event loop."""
        match order:
            case Pause(who):
                self.control.pause(who)
            case Continue(who):
                self.journal.event(self.number, "continued", who)
                self.control.release(PAUSED)
            case Amend() | Redo() | Swap():
                self.acts.append(asyncio.create_task(self._obey(order)))
            case _:
                raise Defect(f"an order that no item takes: {order}")

    async def settled(self) -> None:
        """Return when all that was ordered is done."""
        while self.acts:
            await self.acts.pop()

    async def _obey(self, order: Amend | Redo | Swap) -> None:
        """Supersede what is journalled; the procedure is executed again with what stands then."""
        try:
            await obey(self.journal, order)
        except LabError as error:
            self.refuse(str(error))
        else:
            self.control.again()
