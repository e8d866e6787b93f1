"""Steps of an item: each is done once in the life of the run, and its result is kept.

Names are scoped by the step or exposure that is under way in the task (`light/sweep-3600`), and by
`scope`; they are unique in an item. A scope may say how the bench is arranged for its steps: that
is done before the first of them that is really done in this process, so also after a resume.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterable
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import TypeVar

from labctl.errors import Defect, JournalError
from labctl.gaps import Gap
from labctl.holding import Checkpoints, NoCheckpoints
from labctl.item import Item
from labctl.journal.batch import World
from labctl.journal.plain import decode, encode
from labctl.journal.writer import Journal
from labctl.outside import inside_step

T = TypeVar("T")
Snapshot = Callable[[], bytes | None]
Arrange = Callable[[], Awaitable[None]]
Land = Callable[[], Awaitable[Gap | None]]

_scope: ContextVar[tuple[str, int | None]] = ContextVar("scope", default=("", None))
"""Prefix of step names, and the number of the attempt that is under way, in this task."""


_arranging: ContextVar[tuple[_Arranged, ...]] = ContextVar("arranging", default=())
"""How the bench is arranged for the scopes that this task is in, outermost first."""


class _Arranged:
    """The arrangement of the scope `name`, which is made once in this process."""

    def __init__(self, name: str, arrange: Arrange) -> None:
        self.name = name
        self.done = False
        self._arrange = arrange
        self._lock = asyncio.Lock()

    async def once(self) -> bool:
        """Make it; whether it had not been made before."""
        async with self._lock:
            if self.done:
                return False
            await self._arrange()
            self.done = True
            return True


async def _meet_nothing() -> None:
    """There is no sample to be recognised."""


async def no_gap() -> Gap | None:
    """A run that was not resumed goes on where it is."""
    return None


def attempt_under_way() -> int | None:
    """Number of the attempt that this task is in; None outside every step."""
    return _scope.get()[1]


def no_snapshot() -> bytes | None:
    """What a bench that is not simulated gives."""
    return None


class Steps:
    """The steps of `item`, kept in `journal`.

    `snapshot` gives the simulated bench as it is, for a resumed run to start from; None on a real
    bench. `land` is awaited once, when everything is arranged for the first step that is done, and
    gives the gap that ended with it. Before each step is one of the `checkpoints`. `meet` is
    awaited once, before anything is arranged: whether the sample is the one of the item.
    """

    def __init__(
        self,
        journal: Journal,
        item: Item,
        snapshot: Snapshot = no_snapshot,
        land: Land = no_gap,
        checkpoints: Checkpoints | None = None,
        meet: Arrange | None = None,
    ) -> None:
        self.journal = journal
        self.checkpoints = checkpoints or NoCheckpoints()
        self.item = item
        self._snapshot = snapshot
        self.gaps = list(item.gaps)
        self._land = land
        self._landed = _Arranged("", self._go_on)
        self._met = _Arranged("", meet or _meet_nothing)
        self._names: set[str] = set()

    async def once(self, name: str, fn: Callable[[], Awaitable[T]], result: type[T]) -> T:
        """Run `fn`, or return its stored result; see `labctl.run.Run.step`."""
        full = self.claim(name)
        if full in self.item.stored:
            return decode(self.item.stored[full], result)
        async with self.attempt(full) as attempt:
            text = encode(await fn())
        await self.finish(attempt, text)
        return self._typed(full, text, result)

    def claim(self, name: str) -> str:
        """The whole name of a step; `Defect` where it was used before."""
        full = self.full(name)
        if full in self._names:
            raise Defect(
                f"{self.item.id}: two steps are named {full!r}",
                remedy="derive the name from the loop's index",
            )
        self._names.add(full)
        return full

    def full(self, name: str) -> str:
        """`name` with the scope that this task is in."""
        prefix, _ = _scope.get()
        return f"{prefix}/{name}" if prefix else name

    @asynccontextmanager
    async def attempt(self, full: str) -> AsyncGenerator[int]:
        """A new attempt of the step `full` is under way inside the block; gives its number.

        What the scopes around it say is arranged before it begins.
        """
        await self.checkpoints.checkpoint()
        with inside_step():
            await self._met.once()
            arranged = await self._ready(_arranging.get())
            count = self.item.attempts.get(full, 0) + 1
            attempt = self.journal.attempt(self.item.number, full, count)
            if arranged:
                await self.checkpoints.quiet()
                await self.journal.arranged(attempt, self._world())
            with self._in(full, attempt):
                yield attempt

    @asynccontextmanager
    async def scope(self, name: str, arrange: Arrange) -> AsyncGenerator[None]:
        """Names of steps inside the block begin with `name`, and `arrange` is made for them."""
        full = self.claim(name)
        token = _arranging.set((*_arranging.get(), _Arranged(full, arrange)))
        try:
            with self._in(full, attempt_under_way()):
                yield
        finally:
            _arranging.reset(token)

    async def finish(self, attempt: int, text: str) -> None:
        """Commit the result of an attempt with the simulated bench as it is now."""
        await self.checkpoints.quiet()
        await self.journal.finish(attempt, text, self._world())

    async def advance(self, attempt: int, elapsed: float, state: str) -> None:
        """Commit a part of an exposure with the simulated bench as it is now."""
        await self.checkpoints.quiet()
        await self.journal.advance(attempt, elapsed, state, self._world())

    async def _ready(self, scopes: tuple[_Arranged, ...]) -> bool:
        """The bench arranged for `scopes`, and landed; whether that is news to the journal.

        Scopes of a snapshot are arranged before it is taken up, and it knows of them; others of a
        rehearsed bench afterwards. Any other bench goes on when all is arranged.
        """
        known = self.item.rehearsed
        early = scopes if known is None else [scope for scope in scopes if scope.name in known]
        arranged = await self._arrange(early)
        await self._landed.once()
        return await self._arrange(scopes) or (arranged and known is None)

    async def land(self) -> None:
        """Go on where the item was interrupted, if no step has done so yet."""
        await self._landed.once()

    async def _go_on(self) -> None:
        gap = await self._land()
        if gap is not None:
            self.gaps.append(gap)

    def _world(self) -> World | None:
        try:
            state = self._snapshot()
        except Defect as error:
            # A run goes on without: resumed, it starts from the snapshot before.
            self.journal.event(self.item.number, "no snapshot", error.message)
            return None
        scopes = tuple(scope.name for scope in _arranging.get() if scope.done)
        return None if state is None else World(self.item.number, state, scopes)

    @staticmethod
    async def _arrange(scopes: Iterable[_Arranged]) -> bool:
        """Arrange the bench, outermost scope first; whether anything was to be done."""
        return any([await scope.once() for scope in scopes])

    @contextmanager
    def _in(self, full: str, attempt: int | None) -> Generator[None]:
        token = _scope.set((full, attempt))
        try:
            yield
        finally:
            _scope.reset(token)

    def _typed(self, full: str, text: str, result: type[T]) -> T:
        try:
            return decode(text, result)
        except JournalError as error:
            raise Defect(f"{self.item.id}: step {full!r} returned no {result}: {error}") from error
