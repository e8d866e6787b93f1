"""Carrying a procedure through holds: executed again behind its last commit until it returns."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from labctl import clock
from labctl.errors import Defect, LabError
from labctl.holding import Control, Held
from labctl.journal.reader import Reader
from labctl.journal.standing import standing
from labctl.journal.writer import Journal
from labctl.labs import OpenBench
from labctl.landing import Landing
from labctl.outside import between_steps
from labctl.run import Run

T = TypeVar("T")

AMENDED = "amended"
"""Cause of a hold by an amendment before the item went on: what was lost by then is lost still."""


@dataclass
class Carrier:
    """Carries the item `number`, named `id`, on `bench` as far as `control` lets it.

    `settled` waits for what people ordered of it before it counts as done.
    """

    id: str
    number: int
    control: Control
    journal: Journal
    bench: OpenBench
    settled: Callable[[], Awaitable[None]]

    async def carry(
        self,
        procedure: Callable[[Run], Awaitable[T]],
        make: Callable[[Landing | None], Run],
        landing: Landing | None,
    ) -> tuple[T, Run]:
        """What `procedure` returns, with the run that it returned from.

        `make` gives the run for an item that goes on at a landing. `InterlockError` after a trip.
        """
        while True:
            run = make(landing)
            try:
                with between_steps(self.id):
                    answer = await self.control.carry(_to_its_end(procedure, run))
                await self.settled()
                if not self.control.amended:
                    return answer, run
                landing = await self._wait("", clock.now(), None)
            except Held as held:
                landing = await self._wait(str(held), held.since, landing)

    async def _wait(self, reason: str, alive: float, before: Landing | None) -> Landing:
        """The bench in its hold state until nothing holds it; where the item goes on then.

        Without a `reason` the procedure is executed again at once, on the bench as it stands. An
        item that was held before it had gone on at `before` is away since then.
        """
        if reason:
            await self._hold()
            await self.control.released()
        await self.journal.flush()
        with Reader(self.journal.path) as reader:
            done = standing(reader, self.number, restored=False)
        causes = frozenset(self.control.causes) if reason else frozenset[str]()
        if before is not None and before.lost and done.gaps == before.standing.gaps:
            alive, causes = before.away, causes or before.causes or frozenset({AMENDED})
        state = f"hold: {reason}"
        return Landing(self.number, done, alive, state=state, real=True, held=True, causes=causes)

    async def _hold(self) -> None:
        """The bench in its hold state; one that cannot be held is tripped."""
        try:
            await self.bench.hold()
        except Defect:
            raise
        except LabError as error:
            self.control.trip(f"the bench could not be held: {error}")


async def _to_its_end(procedure: Callable[[Run], Awaitable[T]], run: Run) -> T:
    answer = await procedure(run)
    await run.ended()
    return answer
