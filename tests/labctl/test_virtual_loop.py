"""What virtual time goes on for: a stuck procedure is told though something polls for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from labctl import clock
from labctl.virtual_loop import IDLE

EVERY = 600.0


async def poll(seen: list[float]) -> None:
    """What an interlock does, and an instrument that ticks."""
    while True:
        await clock.sleep(EVERY)
        seen.append(clock.now())


def carried(work: Callable[[], Awaitable[object]], seen: list[float] | None = None) -> float:
    """Run time in s at which `work`, for which time goes on, has ended beside a poll."""

    async def main() -> float:
        polling = asyncio.create_task(poll([] if seen is None else seen), name="poll")
        with clock.purpose():
            await asyncio.create_task(work(), name="procedure")  # type: ignore[arg-type]
        polling.cancel()
        return clock.now()

    return clock.run(main(), virtual=True)


async def month() -> None:
    await clock.sleep(30 * 86400.0)


def test_a_wait_for_nothing_is_told_by_the_names_of_the_tasks() -> None:
    seen: list[float] = []

    async def stuck() -> None:
        await clock.sleep(50.0)
        await asyncio.Event().wait()

    with pytest.raises(clock.VirtualDeadlock, match=r"waiting tasks: .*poll, procedure") as caught:
        carried(stuck, seen)
    assert f"for {IDLE:g} s" in str(caught.value)
    assert IDLE - EVERY <= seen[-1] <= IDLE + EVERY


@pytest.mark.parametrize(
    "work",
    [month, lambda: asyncio.create_task(month()), lambda: asyncio.wait_for(month(), 1e9)],
    ids=["itself", "by a task", "with a time-out"],
)
def test_a_long_wait_is_not_a_wait_for_nothing(work: Callable[[], Awaitable[None]]) -> None:
    async def waits() -> None:
        await work()

    assert carried(waits) == 30 * 86400.0


def test_many_short_waits_are_not_a_wait_for_nothing() -> None:
    async def many() -> None:
        for _ in range(300):
            await clock.sleep(3600.0)

    assert carried(many) == 300 * 3600.0


def test_what_nobody_said_time_goes_on_for_goes_on() -> None:
    seen: list[float] = []

    async def main() -> None:
        polling = asyncio.create_task(poll(seen))
        while len(seen) < 300:
            await asyncio.wait([polling], timeout=3600.0)
        polling.cancel()

    clock.run(main(), virtual=True)
    assert seen[-1] > IDLE


def test_who_is_stuck_can_still_be_left_in_good_order() -> None:
    left: list[float] = []

    async def stuck() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await clock.sleep(5.0)
            left.append(clock.now())

    with pytest.raises(clock.VirtualDeadlock):
        carried(stuck)
    assert left and left[0] > IDLE
