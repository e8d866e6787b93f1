"""From the `[[interlocks]]` of a bench file to watches over the rig that is open."""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from labctl.errors import Defect, UnitError
from labctl.evidence import Reading
from labctl.interlocks import Finding, Terms, Watch
from labctl.quantity import Quantity
from rigs.bench import Bench
from rigs.interlock_entries import TABLE, InterlockEntry
from rigs.probes import Probe, State, Told, Watchable

Findings = AbstractAsyncContextManager[AsyncIterator[Finding]]


@dataclass(frozen=True)
class Limit:
    """`what` must not be above (or below) `limit`; it is good again at `clear`, all in `unit`."""

    what: str
    unit: str
    limit: float
    clear: float
    above: bool

    def finding(self, reading: Reading) -> Finding:
        """What `reading` says; one that is no number is bad."""
        value = Quantity(reading.value, reading.unit).to(self.unit).value
        said = f"{self.what} is {value:.6g} {self.unit}"
        side = "above" if self.above else "below"
        if math.isnan(value) or self._beyond(value, self.limit):
            return Finding("bad", f"{said}, limit: not {side} {self.limit:.6g} {self.unit}")
        if self._beyond(value, self.clear):
            return Finding("between", f"{said}, still {side} {self.clear:.6g} {self.unit}")
        return Finding("good", said)

    def _beyond(self, value: float, limit: float) -> bool:
        return value > limit if self.above else value < limit


@dataclass(frozen=True)
class Wanted:
    """`what` must be in one of the states `good`."""

    what: str
    good: frozenset[str]

    def finding(self, state: str) -> Finding:
        """What `state` says; one that is not known is bad."""
        if state in self.good:
            return Finding("good", f"{self.what} is {state}")
        return Finding("bad", f"{self.what} is {state}, expected {' or '.join(sorted(self.good))}")


@dataclass(frozen=True)
class Asked:
    """An interlock whose instrument is asked (`labctl.interlocks.Watch`)."""

    terms: Terms
    ask: Callable[[], Awaitable[Finding]]
    pushed: bool = False

    async def read(self) -> Finding:
        """What it reads now."""
        return await self.ask()

    def told(self) -> Findings:
        """`Defect`: it is asked."""
        raise Defect(f"the interlock {self.terms.name} tells nothing by itself")


@dataclass(frozen=True)
class Heard:
    """An interlock whose instrument tells by itself (`labctl.interlocks.Watch`)."""

    terms: Terms
    listen: Callable[[], Findings]
    pushed: bool = True

    async def read(self) -> Finding:
        """`Defect`: it tells by itself."""
        raise Defect(f"the interlock {self.terms.name} cannot be asked")

    def told(self) -> Findings:
        """What it tells, inside the block."""
        return self.listen()


def watches_of(bench: Bench, rig: Any) -> tuple[Watch, ...]:
    """The interlocks of `bench` over `rig`; nothing is sent yet.

    `BenchError` names file, line and key of one that the rig does not let be watched, or not so.
    """
    probes = rig.watchable() if isinstance(rig, Watchable) else {}
    return tuple(
        _watch(bench, index, entry, probes) for index, entry in enumerate(bench.interlocks)
    )


def _watch(bench: Bench, index: int, entry: InterlockEntry, probes: Mapping[str, Probe]) -> Watch:
    key = (TABLE, str(index), "watch")
    probe = probes.get(entry.watch)
    if probe is None:
        known = ", ".join(probes) or "nothing"
        raise bench.wrong(key, f"{entry.watch!r} is not to be watched", f"the rig has: {known}")
    if isinstance(probe, State):
        wanted, read = _wanted(bench, key[:2], entry, probe), probe.read

        async def state() -> Finding:
            return wanted.finding(await read())

        return Asked(entry.terms(), state)
    limit = _limit(bench, key[:2], entry, probe.unit)
    if isinstance(probe, Told):
        return Heard(entry.terms(), _following(probe, limit))
    ask = probe.read

    async def value() -> Finding:
        return limit.finding(await ask())

    return Asked(entry.terms(), value)


def _limit(bench: Bench, key: tuple[str, ...], entry: InterlockEntry, unit: str) -> Limit:
    if entry.limit is None:
        what = f"{entry.watch} is a quantity in {unit}, and not a state"
        raise bench.wrong(key, what, "give above or below")
    try:
        limit = entry.limit.quantity().to(unit).value
        clear = limit if entry.clear is None else entry.clear.quantity().to(unit).value
    except UnitError as error:
        place = "above" if entry.above else "below"
        raise bench.wrong((*key, place), error.message, f"give it in {unit}") from error
    return Limit(entry.watch, unit, limit, clear, entry.above is not None)


def _wanted(bench: Bench, key: tuple[str, ...], entry: InterlockEntry, probe: State) -> Wanted:
    known = f"its states are: {', '.join(probe.states)}"
    if entry.limit is not None:
        raise bench.wrong(key, f"{entry.watch} is a state, and has no value", known)
    name, state = ("is", entry.is_) if entry.is_ is not None else ("is_not", entry.is_not)
    if state not in probe.states:
        raise bench.wrong((*key, name), f"{entry.watch} is never {state!r}", known)
    others = frozenset(probe.states) - {state}
    return Wanted(entry.watch, others if name == "is" else frozenset({state}))


def _following(probe: Told, limit: Limit) -> Callable[[], Findings]:
    @asynccontextmanager
    async def listen() -> AsyncGenerator[AsyncIterator[Finding]]:
        async with probe.follow() as readings:
            yield (limit.finding(reading) async for reading in readings)

    return listen
