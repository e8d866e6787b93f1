"""An exposure under way: the results of its points, committed in parts, taken up after a resume."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import islice
from typing import Any, Generic, TypeVar

import msgspec

from labctl import clock
from labctl.errors import Defect
from labctl.gaps import shift
from labctl.journal.plain import decode, encode
from labctl.soak import Pace, Part, Soak, instants
from labctl.steps import Steps

T = TypeVar("T")
Tell = Callable[[float, str], None]


class Exposure(Generic[T]):
    """The exposure `name` of an item, whose points have results of type `result`.

    It begins when the bench is arranged for it. Gaps move its begin: a gap is no exposure.
    """

    def __init__(self, steps: Steps, name: str, result: type[T], tell: Tell) -> None:
        self._steps = steps
        self._result = result
        self._tell = tell
        self.full = steps.claim(name)
        self.stored = steps.item.stored.get(self.full)
        self._kept = steps.item.parts.get(self.full)
        self.begin = 0.0
        self.points = self._kept.points if self._kept else 0
        done = self._kept.results if self._kept else ()
        self.results: list[T] = [self._typed(one) for one in done]
        self._new: list[Any] = []

    async def soak(
        self, soak: Soak, every: float, fn: Callable[[float, T | None], Awaitable[T]]
    ) -> list[T]:
        """Points at 0, `every`, ..., to the end of `soak`; all results."""
        if self.stored is not None:
            return decode(self.stored, list[self._result])
        async with self._steps.attempt(self.full) as attempt:
            soak.begin = await self._begin(attempt)
            pace = Pace(self._steps.item.points)
            for elapsed in islice(instants(soak.seconds, every), self.points, None):
                with self._steps.checkpoints.waiting():
                    await soak.wait(elapsed)
                await self._steps.checkpoints.checkpoint()
                await self._add(attempt, await fn(elapsed, self._last()), elapsed, pace.due())
                self._tell(*soak.progress(elapsed))
        if soak.late:
            self._steps.journal.event(self._steps.item.number, "late", soak.lateness)
        return await self._close(attempt)

    async def cycles(
        self, count: int, fn: Callable[[int, T | None], Awaitable[T]], done: float, until: float
    ) -> list[T]:
        """Cycles 0 to `count` - 1, each committed; all results. Progress from `done` to `until`."""
        if self.stored is not None:
            return decode(self.stored, list[self._result])
        async with self._steps.attempt(self.full) as attempt:
            await self._begin(attempt)
            for index in range(self.points, count):
                await self._steps.checkpoints.checkpoint()
                await self._add(attempt, await fn(index, self._last()), index + 1.0, True)
                part = (index + 1) / count
                self._tell(done + (until - done) * part, f"{self.full}: {index + 1} of {count}")
        return await self._close(attempt)

    async def _begin(self, attempt: int) -> float:
        """Run time in s at which it began, as if there had been no gap since its last part.

        That the device is exposed from now on is committed before it is.
        """
        kept, restored = self._kept, self._steps.item.restored
        if kept is None:
            self.begin = clock.now()
            await self._steps.advance(attempt, 0.0, encode(Part(self.begin, 0)))
        else:
            self.begin = kept.begin + shift(self._steps.gaps, kept.t, restored=restored)
        return self.begin

    async def _add(self, attempt: int, found: T, elapsed: float, commit: bool) -> None:
        self.points += 1
        if self._result is not type(None):
            self.results.append(found)
            self._new.append(msgspec.to_builtins(found))
        if commit:
            part = Part(self.begin, self.points, self._new)
            await self._steps.advance(attempt, elapsed, encode(part))
            self._new = []

    async def _close(self, attempt: int) -> list[T]:
        await self._steps.finish(attempt, encode(self.results))
        return self.results

    def _last(self) -> T | None:
        return self.results[-1] if self.results else None

    def _typed(self, one: Any) -> T:
        try:
            return msgspec.convert(one, self._result)
        except msgspec.ValidationError as error:
            raise Defect(f"{self.full}: a point's result is no {self._result}: {error}") from error
