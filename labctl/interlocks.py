"""Interlocks: conditions that are watched while a procedure runs, and when they let it go on.

An interlock reads good, bad, or between: within the hysteresis, where it stays as it was. A reading
that fails is no good one: after `lost_after` seconds without an answer the interlock is not good.
Where a hold is released again it must have read good for `settle` seconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Literal, Protocol

import msgspec

from labctl import clock
from labctl.errors import Defect, InterlockError, LabError

Standing = Literal["good", "between", "bad"]
Action = Literal["hold", "trip"]
Release = Literal["auto", "operator"]


class Finding(msgspec.Struct, frozen=True):
    """What an interlock reads: `text` says it with value and limit."""

    standing: Standing
    text: str


class Terms(msgspec.Struct, frozen=True):
    """What an interlock does, and when; times in s.

    It is looked at `every` so many seconds. After `lost_after` without an answer it is not good;
    a hold ends when it has read good for `settle`, and by `release` "operator" a person agrees. A
    `door` is what people open to get at the sample.
    """

    name: str
    action: Action
    every: float = 10.0
    lost_after: float = 30.0
    settle: float = 60.0
    release: Release = "auto"
    door: bool = False


class Watch(Protocol):
    """An interlock of an open bench."""

    @property
    def terms(self) -> Terms:
        """Its name, what it does, and when."""
        ...

    @property
    def pushed(self) -> bool:
        """Whether its instrument tells by itself, as `told`, and is not asked to `read`."""
        ...

    async def read(self) -> Finding:
        """What it reads now; a `LabError` where it cannot be read."""
        ...

    def told(self) -> AbstractAsyncContextManager[AsyncIterator[Finding]]:
        """What its instrument tells by itself, inside the block."""
        ...


class Change(msgspec.Struct, frozen=True):
    """An interlock has become good, or not good; `text` says why. `address` is that of the line on
    which it could not be read, else ""."""

    good: bool
    text: str
    address: str = ""


class Latch:
    """Whether an interlock is good, by what was read when; it is good at run time `since` in s.

    `pushed`: its instrument speaks when it likes, so that silence after a good word is good until
    `lost_after` has passed.
    """

    def __init__(self, terms: Terms, since: float, *, pushed: bool = False) -> None:
        self.why = ""
        self._terms = terms
        self._pushed = pushed
        self._answered = since
        self._good_since: float | None = None
        self._failure = self._address = ""

    def found(self, finding: Finding, t: float) -> Change | None:
        """It read `finding` at run time `t` in s."""
        self._answered, self._failure, self._address = t, "", ""
        if finding.standing == "bad":
            return self._not_good(finding.text)
        if finding.standing == "between":
            self._good_since = None
        elif self._good_since is None:
            self._good_since = t
        return self._settled(t, finding.text)

    def missed(self, why: str, t: float, address: str = "") -> Change | None:
        """It could not be read at run time `t` in s, on the line of `address`."""
        silent, self._failure, self._address = t - self._answered, why, address
        if silent < self._terms.lost_after:
            self._good_since = None
            return None
        return self._not_good(f"no reading for {silent:.6g} s: {why}")

    def passed(self, t: float) -> Change | None:
        """Run time `t` in s has come, and nothing more was read."""
        if t - self._answered >= self._terms.lost_after:
            return self.missed(self._failure or "nothing came", t, self._address)
        return self._settled(t, "reads good") if self._pushed else None

    @property
    def due(self) -> float:
        """Run time in s at which it is lost if nothing is read until then."""
        return self._answered + self._terms.lost_after

    def _not_good(self, why: str) -> Change | None:
        self._good_since = None
        if self.why:
            return None
        self.why = why
        return Change(False, why, self._address)

    def _settled(self, t: float, text: str) -> Change | None:
        if not self.why or self._good_since is None:
            return None
        if t - self._good_since < self._terms.settle:
            return None
        self.why = ""
        return Change(True, text)


async def require_good(watches: Sequence[Watch]) -> None:
    """Read every interlock once; `InterlockError` names those that do not read good.

    One that cannot be read is tried again for its `lost_after`.
    """
    reasons = await asyncio.gather(*(_not_good(watch) for watch in watches))
    wrong = [
        f"{watch.terms.name}: {why}" for watch, why in zip(watches, reasons, strict=True) if why
    ]
    if wrong:
        raise InterlockError(
            f"not good before anything is switched on: {'; '.join(wrong)}",
            remedy="see to it, or correct [[interlocks]] in the bench file; then run or resume",
        )


async def _not_good(watch: Watch) -> str:
    """Why `watch` does not read good; "" where it does."""
    until = clock.now() + watch.terms.lost_after
    while True:
        try:
            finding = await first(watch)
        except Defect:
            raise
        except LabError as error:
            if clock.now() + watch.terms.every > until:
                return f"no reading: {error}"
            await clock.sleep(watch.terms.every)
        else:
            return finding.text if finding.standing == "bad" else ""


async def first(watch: Watch) -> Finding:
    """What `watch` reads now, or tells first of itself; `InterlockError` where it says nothing."""
    if not watch.pushed:
        return await watch.read()
    try:
        async with asyncio.timeout(watch.terms.lost_after), watch.told() as told:
            return await anext(told)
    except (TimeoutError, StopAsyncIteration) as error:
        raise InterlockError(f"{watch.terms.name}: nothing came") from error
