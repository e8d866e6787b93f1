"""Taking a procedure off its bench: at once, at a checkpoint, for good."""

from __future__ import annotations

import asyncio

import pytest

from labctl import clock
from labctl.errors import InterlockError, LinkError
from labctl.holding import PAUSED, Control, Held

Told = list[tuple[str, str]]


def control(told: Told | None = None) -> Control:
    said = [] if told is None else told
    return Control(lambda what, why: said.append((what, why)))


async def long() -> str:
    await clock.sleep(3600.0)
    return "done"


def in_virtual_time(coroutine):
    return clock.run(coroutine, virtual=True)


def test_a_hold_takes_the_procedure_off_at_once_and_says_why() -> None:
    told: Told = []

    async def main() -> float:
        held = control(told)
        asyncio.get_running_loop().call_later(10.0, held.hold, "gas", "hydrogen 1.2 %")
        with pytest.raises(Held, match="hydrogen"):
            await held.carry(long())
        assert held.state == "hydrogen 1.2 %"
        return clock.now()

    assert in_virtual_time(main()) == 10.0
    assert told == [("hold", "hydrogen 1.2 %")]


def test_what_was_held_before_it_began_never_begins() -> None:
    begun: list[str] = []

    async def work() -> None:
        begun.append("energised")

    async def main() -> None:
        held = control()
        held.hold("door", "the door is open")
        with pytest.raises(Held):
            await held.carry(work())

    in_virtual_time(main())
    assert begun == []


def test_it_waits_until_nothing_holds_it_any_more() -> None:
    async def main() -> float:
        loop, held = asyncio.get_running_loop(), control()
        held.hold("gas", "hydrogen")
        held.hold("door", "open")
        loop.call_later(5.0, held.release, "door")
        loop.call_later(8.0, held.release, "gas")
        await held.released()
        assert held.state == "running"
        return clock.now()

    assert in_virtual_time(main()) == 8.0


def test_a_pause_waits_for_the_next_checkpoint() -> None:
    passed: list[float] = []

    async def work(held: Control) -> None:
        for _ in range(3):
            await held.checkpoint()
            await clock.sleep(10.0)
            passed.append(clock.now())

    async def main() -> float:
        held = control()
        asyncio.get_running_loop().call_later(12.0, held.pause, "Li")
        with pytest.raises(Held, match="paused by Li"):
            await held.carry(work(held))
        return clock.now()

    assert in_virtual_time(main()) == 20.0
    assert passed == [10.0, 20.0]


def test_a_wait_between_points_is_a_checkpoint_throughout() -> None:
    async def work(held: Control) -> None:
        with held.waiting():
            await clock.sleep(1000.0)

    async def main() -> float:
        held = control()
        asyncio.get_running_loop().call_later(12.0, held.pause, "Li")
        with pytest.raises(Held):
            await held.carry(work(held))
        return clock.now()

    assert in_virtual_time(main()) == 12.0


def test_a_checkpoint_in_a_branch_takes_all_branches_off() -> None:
    ended: list[str] = []

    async def branch(held: Control) -> None:
        await held.checkpoint()

    async def other() -> None:
        try:
            await clock.sleep(100.0)
        finally:
            ended.append("other")

    async def work(held: Control) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(other())
            await clock.sleep(1.0)
            group.create_task(branch(held))

    async def main() -> float:
        held = control()
        asyncio.get_running_loop().call_later(0.5, held.pause, "Li")
        with pytest.raises(Held):
            await held.carry(work(held))
        return clock.now()

    assert in_virtual_time(main()) == 1.0
    assert ended == ["other"]


def test_a_trip_ends_the_procedure_and_whatever_waits() -> None:
    told: Told = []

    async def main() -> None:
        held = control(told)
        asyncio.get_running_loop().call_later(1.0, held.trip, "hydrogen 4 %")
        with pytest.raises(InterlockError, match="hydrogen 4 %"):
            await held.carry(long())
        with pytest.raises(InterlockError, match="hydrogen 4 %"):
            await held.released()

    in_virtual_time(main())
    assert told == [("trip", "hydrogen 4 %")]


def test_a_trip_ends_a_hold() -> None:
    async def main() -> float:
        held = control()
        held.hold("gas", "hydrogen 1 %")
        asyncio.get_running_loop().call_later(3.0, held.trip, "hydrogen 4 %")
        with pytest.raises(InterlockError):
            await held.released()
        return clock.now()

    assert in_virtual_time(main()) == 3.0


def test_a_hold_that_nobody_ends_trips_in_virtual_time() -> None:
    told: Told = []

    async def main() -> float:
        held = control(told)
        held.hold("heat", "heat: reads 90")
        told_so = "held for 30 days of virtual time, as nobody came: heat"
        with pytest.raises(InterlockError, match=told_so):
            await held.released()
        return clock.now()

    assert in_virtual_time(main()) == 30 * 86400.0
    assert [what for what, _ in told] == ["hold", "trip"]


def test_a_pause_that_nobody_ends_trips_after_a_day_of_virtual_time() -> None:
    async def main() -> float:
        held = control()
        held.pause("Li")
        with pytest.raises(InterlockError, match="as nobody came: paused by Li"):
            await held.released()
        return clock.now()

    assert in_virtual_time(main()) == 86400.0


def test_what_a_procedure_makes_of_its_cancellation_is_no_failure_of_its_own() -> None:
    async def work() -> None:
        try:
            await clock.sleep(100.0)
        except asyncio.CancelledError:
            raise LinkError("the line broke in the middle of a command") from None

    async def main() -> None:
        held = control()
        asyncio.get_running_loop().call_later(1.0, held.hold, "gas", "hydrogen")
        with pytest.raises(Held) as caught:
            await held.carry(work())
        assert isinstance(caught.value.__cause__, LinkError)

    in_virtual_time(main())


def test_an_error_of_the_procedure_stays_its_own() -> None:
    async def work() -> None:
        raise LinkError("silent")

    async def main() -> None:
        with pytest.raises(LinkError, match="silent"):
            await control().carry(work())

    in_virtual_time(main())


def test_the_end_of_the_run_is_no_hold() -> None:
    async def main() -> None:
        held = control()
        task = asyncio.create_task(held.carry(long()))
        await clock.sleep(1.0)
        held.hold("gas", "hydrogen")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    in_virtual_time(main())


def test_an_amended_journal_executes_the_procedure_again_without_a_hold() -> None:
    async def work(held: Control) -> None:
        await clock.sleep(5.0)
        await held.checkpoint()

    async def main() -> None:
        held = control()
        asyncio.get_running_loop().call_later(1.0, held.again)
        with pytest.raises(Held) as caught:
            await held.carry(work(held))
        assert not str(caught.value)
        await held.released()

    in_virtual_time(main())


def test_a_pause_is_released_by_its_name() -> None:
    async def main() -> None:
        held = control()
        held.pause("Li")
        held.release(PAUSED)
        assert await held.carry(long()) == "done"

    in_virtual_time(main())
