"""Turns and deadlines: first come, first served; a wait ends in its time and no other."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.links.waiting import Deadline, Turns
from labctl import clock


async def work(turns: Turns, log: list[int], number: int) -> None:
    if not turns.take():
        await turns.wait()
    try:
        log.append(number)
        await clock.sleep(1.0)
    finally:
        turns.give()


@settings(max_examples=50, derandomize=True)
@given(st.integers(1, 8), st.sets(st.integers(0, 7)), st.floats(0.0, 9.0))
def test_everybody_who_is_not_cancelled_gets_one_turn_in_order(
    count: int, cancelled: set[int], moment: float
) -> None:
    async def main() -> tuple[list[int], set[int]]:
        turns, log = Turns(), list[int]()
        tasks = [asyncio.create_task(work(turns, log, number)) for number in range(count)]
        await clock.sleep(moment)
        gone = {n for n in cancelled if n < count and tasks[n].cancel()}
        await asyncio.gather(*tasks, return_exceptions=True)
        assert turns.take()  # nobody has it at the end
        return log, gone

    log, gone = clock.run(main(), virtual=True)
    assert log == sorted(log)
    assert set(range(count)) - gone <= set(log)
    assert len(log) == len(set(log))


def test_a_turn_handed_to_who_is_cancelled_at_that_moment_goes_on() -> None:
    async def main() -> list[int]:
        turns, log = Turns(), list[int]()
        assert turns.take()
        first = asyncio.create_task(work(turns, log, 1))
        second = asyncio.create_task(work(turns, log, 2))
        await clock.sleep(0.0)
        turns.give()
        first.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        return log

    assert clock.run(main(), virtual=True) == [2]


@pytest.mark.parametrize("waits", [(5.0, 1.0, 3.0), (1.0, 5.0, 2.0), (2.0, 2.0, 2.0)])
def test_each_wait_ends_at_its_own_time(waits: tuple[float, ...]) -> None:
    async def main() -> list[float]:
        deadline, took = Deadline(), list[float]()
        loop = asyncio.get_running_loop()
        for seconds in waits:
            answered: asyncio.Future[int] = loop.create_future()
            deadline.set(answered, clock.now() + 10.0)
            answered.set_result(1)  # its timer stays, for the next
            waiter: asyncio.Future[int] = loop.create_future()
            began = clock.now()
            deadline.set(waiter, began + seconds)
            with pytest.raises(TimeoutError):
                await waiter
            took.append(clock.now() - began)
        deadline.cancel()
        return took

    assert clock.run(main(), virtual=True) == pytest.approx(waits)
