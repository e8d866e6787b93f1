"""A run without engine and journal: steps are done once, everything recorded is kept."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast

import msgspec

from labctl import clock
from labctl.evidence import Attachment, Contribution, Evidence, Figure, Observed, Reading, Result
from labctl.item import Wanted
from labctl.quantity import Quantity
from labctl.reductions import Reduced, Reductions
from labctl.run import Run
from labctl.sample import Sample
from labctl.soak import instants
from labctl.traceable import Unstated
from labctl.uncertainty import MonteCarlo
from labctl.words import Words, sentences

T = TypeVar("T")


class FakeRun:
    """What a procedure asks of a run. `stored` are results of steps by name, as JSON."""

    def __init__(
        self,
        sample: Sample,
        *,
        set_points: Mapping[str, Quantity] | None = None,
        wanted: tuple[Wanted, ...] = (),
        item: str = "0.0-00",
        draws: int = 2000,
    ) -> None:
        self.item = item
        self.sample = sample
        self.seed = 1
        self.contributions: dict[str, Quantity] = {}
        self.monte_carlo = MonteCarlo(draws, 1)
        self.reductions = Reductions()
        self.channels: dict[str, list[Reading]] = {}
        self.stored: dict[str, bytes] = {}
        self.files: dict[str, bytes] = {}
        self.observed: list[Observed] = []
        self._set_points = dict(set_points or {})
        self._wanted = wanted
        self.bands: dict[str, tuple[float, float]] = {}
        self._scopes: dict[str, Callable[[], Awaitable[None]] | None] = {}

    @property
    def run(self) -> Run:
        """The same object, as the type that procedures ask for."""
        return cast(Run, self)

    def wanted(self) -> tuple[Wanted, ...]:
        return self._wanted

    def set_point(self, quantity: str, unit: str) -> float:
        return self._set_points[quantity].to(unit).value

    def band(self, quantity: str, unit: str) -> tuple[float, float] | None:
        return self.bands.get(quantity)

    async def step(self, name: str, fn: Callable[[], Awaitable[T]], result: type[T]) -> T:
        name = self._full(name)
        if name not in self.stored:
            await self._arrange()
            self.stored[name] = msgspec.json.encode(await fn())
        return msgspec.json.decode(self.stored[name], type=result)

    async def record(self, channel: str, *readings: Reading) -> None:
        self.channels.setdefault(channel, []).extend(readings)

    async def log(
        self,
        name: str,
        seconds: float,
        every: float,
        fn: Callable[[float, T | None], Awaitable[T]],
        result: type[T],
        until: float = 0.95,
    ) -> list[T]:
        name = self._full(name)
        if name not in self.stored:
            await self._arrange()
            points: list[T] = []
            begin = clock.now()
            for elapsed in instants(seconds, every):
                await clock.sleep_until(begin + elapsed)
                points.append(await fn(elapsed, points[-1] if points else None))
            self.stored[name] = msgspec.json.encode(points)
        return msgspec.json.decode(self.stored[name], type=list[result])

    @asynccontextmanager
    async def scope(
        self, name: str, arrange: Callable[[], Awaitable[None]]
    ) -> AsyncGenerator[None]:
        self._scopes[name] = arrange
        try:
            yield
        finally:
            del self._scopes[name]

    def _full(self, name: str) -> str:
        return "/".join([*self._scopes, name])

    async def _arrange(self) -> None:
        """What the scopes ask for, before the first step in them that is not stored."""
        for name, arrange in self._scopes.items():
            if arrange is not None:
                await arrange()
                self._scopes[name] = None

    async def readings(self, channel: str) -> list[Reading]:
        return self.channels[channel]

    def exposed(self, t: float) -> float:
        return t

    async def reduce(self, fn: Callable[[], T]) -> T:
        return fn()

    def figure(self, key: str, reduction: Any, unit: str, reasons: tuple[str, ...] = ()) -> Figure:
        return self.reductions.figure(key, Reduced(reduction, unit, reasons), self.monte_carlo)

    def look_at(self, quantity: str, value: float, unit: str) -> None:
        """Nobody is told."""

    def observe(self, observed: Observed) -> None:
        self.observed.append(observed)

    async def attach(self, name: str, data: bytes, media_type: str) -> Attachment:
        self.files[name] = data
        return Attachment(name, "", media_type, len(data))

    def progress(self, done: float, text: str) -> None:
        assert 0 <= done <= 1

    def evidence(
        self,
        results: Mapping[str, Result],
        *,
        how: Words | Sequence[Words],
        left_out: tuple[Words, ...] = (),
        budget: tuple[Contribution, ...] = (),
        missing: tuple[str, ...] = (),
        unstated: tuple[Unstated, ...] = (),
    ) -> Evidence:
        more: dict[str, Any] = {"left_out": left_out, "budget": budget, "missing": missing}
        more["unstated"] = (*unstated, *self.reductions.unstated)
        return Evidence(dict(results), tuple(self.observed), how=sentences(how), **more)

    def seen(self, quantity: str) -> Observed:
        """The condition observed under this name."""
        return next(o for o in self.observed if o.quantity == quantity)
