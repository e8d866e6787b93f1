"""The engine: runs a list of items in this process and judges each.

`execute` is synchronous: it starts the event loop of the run, virtual or real, and ends with the
journal closed whole, whatever happened: an error, Ctrl-C, a defect.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from labctl import clock
from labctl.changes import Change
from labctl.desk import desk_of
from labctl.discovery import Bound, procedure_for
from labctl.errors import JournalError
from labctl.indicator import Indicator
from labctl.itemrun import ItemRun
from labctl.journal.writer import Journal
from labctl.landing import Landing
from labctl.logs import run_log
from labctl.orders import Abort, Order, Remark
from labctl.platform.interrupts import Interrupts, interrupts
from labctl.record import RunRecorder
from labctl.requests import ItemOutcome, Progress, RunOutcome, RunRequest
from labctl.runfolder import RunFolder, new_folder
from labctl.viewer import ItemViewer

__all__ = ["ItemOutcome", "Progress", "RunOutcome", "RunRequest", "execute"]

Resolve = Callable[[Indicator], Bound | None]

_log = logging.getLogger(__name__)


def execute(request: RunRequest, resolve: Resolve = procedure_for) -> RunOutcome:
    """Run all items; an item that errs is INCOMPLETE and the others go on.

    An interrupt makes the bench safe, leaves the rest undone and ends within 2 s with the journal
    whole. Raises `JournalError` where the run cannot be recorded. `resolve` finds the procedure
    of an indicator.
    """
    with new_folder(request.runs, request.targets) as folder:
        recorder = RunRecorder(folder, request)
        return carry_out(folder, request, recorder, resolve, Plan())


@dataclass(frozen=True)
class Plan:
    """What is left of a run: what each item that was `begun` came to, or where it goes on.

    `start` is the run time in s at which it goes on, `changed` what changed since it began.
    """

    begun: tuple[ItemOutcome | Landing, ...] = ()
    start: float = 0.0
    changed: tuple[Change, ...] = ()
    resumed: bool = False


def carry_out(
    folder: RunFolder, request: RunRequest, recorder: RunRecorder, resolve: Resolve, plan: Plan
) -> RunOutcome:
    """Do what is left of the run in `folder`, and close it whatever happened."""
    with interrupts() as stop, run_log(folder.log):
        trace = folder.trace if request.trace else None
        items = _Items(request, recorder.journal, stop, resolve, plan, trace)
        try:
            if plan.resumed:
                recorder.go_on(plan.changed)
            else:
                recorder.begin()
            items.run()
        finally:
            stop.taken()
            recorder.end(whole=items.whole)
        return RunOutcome(folder.run, folder.path, tuple(items.outcomes), stop.asked)


@dataclass
class _Items:
    """The items of a run, one after the other on one event loop."""

    request: RunRequest
    journal: Journal
    stop: Interrupts
    resolve: Resolve
    plan: Plan
    trace: Path | None = None
    outcomes: list[ItemOutcome] = field(default_factory=list[ItemOutcome])
    current: ItemRun | None = None

    def __post_init__(self) -> None:
        self.desk = desk_of(self.request)

    @property
    def whole(self) -> bool:
        """Whether all items came to their end."""
        left = self.current is not None and self.current.left
        return len(self.outcomes) == len(self.request.items) and not left

    def run(self) -> None:
        """Run all; what an interrupt or a stuck clock leaves undone stays undone."""
        try:
            clock.run(self._all(), virtual=self.request.virtual, start=self.plan.start)
        except (KeyboardInterrupt, asyncio.CancelledError):
            _log.warning("interrupted")
            if not self.stop.asked:
                raise
        except JournalError:
            raise
        except Exception as error:
            # What ends the loop itself, a VirtualDeadlock, ends the run with the item it was in.
            if self.current is None or not self.current.reached:
                raise
            self.outcomes.append(self.current.failed(error))

    async def _all(self) -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        self.stop.on_ask(lambda: _cancel(loop, task))
        self.desk.attend(self._take)
        try:
            for index, indicator in enumerate(self.request.items):
                known = self.plan.begun[index] if index < len(self.plan.begun) else None
                if isinstance(known, ItemOutcome):
                    self.outcomes.append(known)
                    continue
                self.outcomes.append(await self._item(index, indicator, known))
                if self.current is not None and self.current.left:
                    break
                self.current = None
                if self.stop.asked:  # a procedure may have turned its cancellation into an error
                    break
        finally:
            self.desk.attend(None)
            self.stop.on_ask(_nothing)

    def _take(self, order: Order) -> None:
        """Do what a person ordered."""
        if isinstance(order, Abort):
            self.journal.event(None, "abort", f"{order.who} {order.why}".strip())
            self.stop.ask()
        elif isinstance(order, Remark):
            self.journal.event(None, order.kind, order.text)
        elif self.current is not None:
            self.current.take(order)

    async def _item(self, index: int, indicator: Indicator, landing: Landing | None) -> ItemOutcome:
        request = self.request
        viewer = ItemViewer(self.desk.tell, indicator.id, index, len(request.items))
        self.current = ItemRun(request, self.journal, self.stop, indicator, viewer, self.desk)
        self.current.trace = self.trace
        self.current.changed = self.plan.changed
        if landing is not None:
            self.current.landing, viewer.since = landing, landing.alive
        viewer(0.0, "", "")
        outcome = await self.current.perform(self.resolve)
        viewer(1.0, str(outcome.verdict.outcome), "")
        return outcome


def _cancel(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None]) -> None:
    loop.call_soon_threadsafe(task.cancel)


def _nothing() -> None:
    """The loop is over: whatever is left to do is done without it."""
