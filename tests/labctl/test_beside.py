"""Long work beside the event loop."""

from __future__ import annotations

import asyncio
import threading

import pytest

from labctl import clock
from labctl.beside import beside
from labctl.errors import UnitError


def test_the_loop_goes_on_while_it_works() -> None:
    ticks: list[float] = []
    enough = threading.Event()

    async def tick() -> None:
        while True:
            ticks.append(clock.now())
            if len(ticks) == 5:
                enough.set()
            await clock.sleep(0.001)

    async def main() -> bool:
        task = asyncio.create_task(tick())
        try:
            return await beside(lambda: enough.wait(30.0))
        finally:
            task.cancel()

    assert clock.run(main(), virtual=False)


@pytest.mark.parametrize("virtual", [True, False])
def test_its_error_is_that_of_the_work(virtual: bool) -> None:
    def wrong() -> None:
        raise UnitError("no metres")

    async def main() -> None:
        with pytest.raises(UnitError, match="no metres"):
            await beside(wrong)

    clock.run(main(), virtual=virtual)


def test_work_that_nobody_waits_for_is_left_behind() -> None:
    free = threading.Event()

    async def main() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await beside(lambda: free.wait(30.0))

    clock.run(main(), virtual=False)
    free.set()


def test_in_virtual_time_it_is_done_on_the_spot() -> None:
    async def main() -> tuple[float, str]:
        name = await beside(lambda: threading.current_thread().name)
        return clock.now(), name

    assert clock.run(main(), virtual=True) == (0.0, threading.current_thread().name)
