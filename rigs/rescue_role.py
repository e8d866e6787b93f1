"""One instrument that another process left in whatever state: tried until it is safe."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.links.doors import Doors
from drivers.links.opening import open_link
from drivers.registry import DriverClass
from labctl import clock
from labctl.errors import BenchError, Defect, LabError, LinkError, UsageError
from labctl.failures import as_lab_error, reported
from labctl.rescuing import BY_HAND, RoleRescue, State
from rigs.rescue_order import Order

FIRST, FACTOR, LONGEST = 0.05, 1.6, 1.0
"""Seconds between two tries: the first wait, its growth, the longest.

A port may be held for a moment by the process that dies.
"""

TRY = 12.0
"""Seconds after which a try that does not end is given up and another one made."""

LEAVE = 1.0
"""Seconds in which a line is given back; a library call that blocks is not waited for."""


@dataclass(frozen=True)
class Part:
    """A role of the bench, with all that is needed to reach its instrument."""

    role: str
    address: str
    driver: DriverClass
    limits: Mapping[str, float]
    doors: Doors


class Attempts:
    """The tries to make `part` safe, from now until `deadline` in s has passed."""

    def __init__(self, part: Part, order: Order, deadline: float) -> None:
        self._part = part
        self._order = order
        self._begun = clock.now()
        self._until = self._begun + deadline
        self._ended = 0.0
        self._tries = 0

    async def run(self) -> RoleRescue:
        """Try until the instrument is safe; raises no `Exception`."""
        wait, error = FIRST, None
        while (error := await self._once(error)) is not None:
            left = self._until - clock.now()
            if left <= wait or isinstance(error, UsageError | BenchError):
                return self._told(error)
            await clock.sleep(wait)
            wait = min(wait * FACTOR, LONGEST)
        return self._told(None)

    async def _once(self, before: LabError | None) -> LabError | None:
        """Try once; what failed, or None where the instrument is safe.

        Where the deadline cuts it short, what failed `before` says more.
        """
        self._tries += 1
        seconds = max(0.0, min(TRY, self._until - clock.now()))
        try:
            async with asyncio.timeout(seconds):
                await self._reach()
        except TimeoutError:
            late = LinkError(f"no end within {seconds:.3g} s", address=self._part.address)
            return late if before is None or seconds == TRY else before
        except Exception as error:
            return as_lab_error(error, f"making {self._part.role} safe")
        finally:
            self._order.done(self._part.role)
        return None

    async def _reach(self) -> None:
        part = self._part
        link = await open_link(part.address, part.doors, part.driver.settings)
        try:
            driver = part.driver(link, part.limits)
            # Where the line cannot be put in order, what makes safe is sent nevertheless.
            with contextlib.suppress(LabError):
                await driver.resync()
            await self._order.turn(part.role)
            await _safe(driver)
            self._ended = clock.now()
            self._order.done(part.role)
        finally:
            await _left(link.close())

    def _told(self, error: LabError | None) -> RoleRescue:
        return RoleRescue(
            role=self._part.role,
            address=self._part.address,
            state=_state(error),
            seconds=(clock.now() if error else self._ended) - self._begun,
            tries=self._tries,
            error=None if error is None else by_hand(error),
        )


def by_hand(error: LabError) -> dict[str, str]:
    """`error` as plain data, with what is left to do for a person in front of its remedy."""
    row = reported(error)
    return {**row, "remedy": "; ".join(part for part in (BY_HAND, row["remedy"]) if part)}


def _state(error: LabError | None) -> State:
    if error is None:
        return "safe"
    return "unreached" if isinstance(error, LinkError) else "failed"


async def _safe(driver: Driver) -> None:
    """Make safe; a driver that has to know its instrument for that identifies it first."""
    try:
        await driver.safe()
    except Defect:
        await driver.identify()
        await driver.safe()


async def _left(closing: Awaitable[None]) -> None:
    """Give a line back, for `LEAVE` seconds at most; a failure to do so changes nothing."""
    work = asyncio.ensure_future(closing)
    done, _ = await asyncio.wait({work}, timeout=LEAVE)
    if not done:
        work.cancel()
    elif not work.cancelled():
        work.exception()
