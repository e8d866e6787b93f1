"""Time: jumps exactly, holds for bytes in flight, says who stops it, and is never blocked."""

from __future__ import annotations

import asyncio
import math
import socket
import threading
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl import clock, virtual_loop
from labctl.errors import Defect

T = TypeVar("T")


def virtual(main: Callable[[], Awaitable[T]]) -> T:
    async def body() -> T:
        return await main()

    return clock.run(body(), virtual=True)


def slow_reading(seconds: float) -> float:
    """What a blocking library does over a simulated line: it parks where it would block."""
    clock.park(asyncio.sleep(seconds))
    return clock.now()


def silent_instrument(timeout: float) -> str:
    try:
        clock.park(asyncio.wait_for(asyncio.Event().wait(), timeout))
    except TimeoutError:
        return "timed out"
    return "answered"


async def poll(every: float, count: int, lateness: list[float]) -> None:
    for tick in range(count):
        await clock.sleep_until(tick * every)
        lateness.append(clock.now() - tick * every)


def test_thousand_hours_pass_without_drift() -> None:
    async def main() -> float:
        for _ in range(60_000):
            await clock.sleep(60.0)
        return clock.now()

    assert virtual(main) == 3_600_000.0


@given(st.lists(st.floats(0.001, 1e6), min_size=1, max_size=20))
def test_timers_fire_in_order_and_exactly_on_time(times: list[float]) -> None:
    async def main() -> list[tuple[float, float]]:
        async def one(t: float) -> tuple[float, float]:
            await clock.sleep_until(t)
            return t, clock.now()

        return list(await asyncio.gather(*(one(t) for t in times)))

    for wanted, seen in virtual(main):
        assert seen == pytest.approx(wanted, abs=2e-9)


def test_no_timer_fires_before_its_time() -> None:
    """Two timers nearer to each other than the system clock's resolution."""
    first = 262_509.615
    second = math.nextafter(math.nextafter(first, math.inf), math.inf)

    async def main() -> list[float]:
        seen: list[float] = []
        for t in (first, second):
            asyncio.get_running_loop().call_at(t, lambda: seen.append(clock.now()))
        await clock.sleep_until(first + 1.0)
        return seen

    assert virtual(main) == [first, second]


@pytest.mark.parametrize("work", [lambda: slow_reading(0.2), lambda: silent_instrument(2.0)])
def test_interlock_is_never_late_beside_a_blocking_reading(work: Callable[[], object]) -> None:
    async def main() -> list[float]:
        lateness: list[float] = []

        async def reader() -> None:
            for _ in range(10):
                await clock.blocking(work)

        await asyncio.gather(poll(0.05, 199, lateness), reader())
        return lateness

    lateness = virtual(main)
    assert len(lateness) == 199
    assert max(lateness) == 0.0


def test_timeout_fires_on_time_in_the_middle_of_a_blocking_call() -> None:
    undone: list[str] = []

    def stuck() -> None:
        try:
            clock.park(asyncio.sleep(1e9))
        except asyncio.CancelledError:
            undone.append("library saw the cancellation")
            raise

    async def main() -> float:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1.5):
                await clock.blocking(stuck)
        return clock.now()

    assert virtual(main) == 1.5
    assert undone == ["library saw the cancellation"]


def test_silent_instrument_times_out_instead_of_deadlocking() -> None:
    async def main() -> tuple[str, float]:
        return await clock.blocking(silent_instrument, 3.0), clock.now()

    assert virtual(main) == ("timed out", 3.0)


def test_blocking_returns_values_and_raises_errors() -> None:
    def fails() -> None:
        clock.park(asyncio.sleep(1))
        raise ValueError("as the library says")

    async def main() -> float:
        with pytest.raises(ValueError, match="as the library says"):
            await clock.blocking(fails)
        return await clock.blocking(slow_reading, 4.0)

    assert virtual(main) == 5.0


def test_park_outside_blocking_is_a_defect() -> None:
    async def main() -> None:
        with pytest.raises(Defect, match="without a link"):
            clock.park(asyncio.sleep(1))

    virtual(main)


def test_nothing_ready_and_no_timer_names_the_waiting_tasks() -> None:
    async def main() -> None:
        task = asyncio.current_task()
        assert task is not None
        task.set_name("reader of the gas sensor")
        await asyncio.Event().wait()

    with pytest.raises(clock.VirtualDeadlock, match="reader of the gas sensor"):
        virtual(main)


def test_held_with_no_byte_arriving_names_the_holder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(virtual_loop, "PATIENCE", 0.05)

    async def main() -> None:
        clock.hold("mqtt broker", 17)
        await clock.sleep(1)

    with pytest.raises(clock.VirtualDeadlock, match=r"mqtt broker \(17\)"):
        virtual(main)


def test_time_stands_still_while_a_byte_is_in_flight_on_a_real_socket() -> None:
    async def main() -> float:
        left, right = socket.socketpair()
        left.setblocking(False)
        right.setblocking(False)
        loop = asyncio.get_running_loop()
        alarm = asyncio.create_task(clock.sleep(0.001))
        for _ in range(100):
            clock.hold("pair")
            await loop.sock_sendall(left, b"x")
            await loop.sock_recv(right, 1)
            clock.release("pair")
        seen = clock.now()
        await alarm
        left.close()
        right.close()
        return seen

    assert virtual(main) <= 0.001


def test_a_byte_that_is_there_is_read_before_time_goes_on() -> None:
    async def main() -> list[float]:
        left, right = socket.socketpair()
        right.setblocking(False)
        loop = asyncio.get_running_loop()
        seen: list[float] = []
        for _ in range(300):
            begun = clock.now()
            left.send(b"x")
            await loop.sock_recv(right, 1)
            seen.append(clock.now() - begun)
            await clock.sleep(1.0)
        left.close()
        right.close()
        return seen

    assert max(virtual(main)) == 0.0


def test_a_thread_that_nobody_holds_time_for_is_heard() -> None:
    async def main() -> int:
        heard = 0

        def hear() -> None:
            nonlocal heard
            heard += 1

        thread = threading.Thread(
            target=asyncio.get_running_loop().call_soon_threadsafe, args=(hear,)
        )
        thread.start()
        thread.join()
        await clock.sleep(1.0)
        return heard

    assert virtual(main) == 1


def test_releasing_more_than_was_held_is_a_defect() -> None:
    async def main() -> None:
        clock.hold("line", 1)
        with pytest.raises(Defect, match="more often"):
            clock.release("line", 2)
        clock.release("line", 1)

    virtual(main)


def test_virtual_time_waits_for_a_thread() -> None:
    async def main() -> tuple[str, float]:
        nap = clock.stopwatch()

        def work() -> str:
            while clock.stopwatch() - nap < 0.02:
                pass
            return "done"

        alarm = asyncio.create_task(clock.sleep(3600))
        answer = await asyncio.to_thread(work)
        alarm.cancel()
        return answer, clock.now()

    assert virtual(main) == ("done", 0.0)


def test_stamp_counts_from_the_virtual_epoch_and_start_continues() -> None:
    async def main() -> tuple[tuple[float, float], str]:
        await clock.sleep(86_400)
        return clock.stamp(), clock.utc().isoformat()

    assert virtual(main) == (
        (86_400.0, clock.VIRTUAL_EPOCH + 86_400.0),
        "2026-01-02T00:00:00+00:00",
    )

    async def later() -> float:
        return clock.now()

    assert clock.run(later(), virtual=True, start=7200.0) == 7200.0


def test_real_time_begins_at_zero_and_really_passes() -> None:
    async def main() -> tuple[bool, float, float]:
        await clock.sleep(0.01)
        now = clock.now()
        t, utc = clock.stamp()
        return clock.is_virtual(), now, abs(utc - clock.wall().timestamp()) + (t - now)

    is_virtual, now, difference = clock.run(main(), virtual=False)
    assert not is_virtual
    assert 0.01 <= now < 60
    assert difference < 60
