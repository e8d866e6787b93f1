"""The watching task: its instants, what it tells the control, its heartbeat."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from labctl import clock
from labctl.errors import InterlockError, LinkError
from labctl.holding import PAUSED, Control
from labctl.interlocks import Finding, Terms
from labctl.watching import Instants, Watching, watching

GOOD, BAD = Finding("good", "reads 20"), Finding("bad", "reads 90")
TERMS = Terms("heat", "hold", every=10.0, lost_after=30.0, settle=25.0)
TRIP = Terms("gas", "trip", every=5.0, lost_after=12.0)


@dataclass
class Sensor:
    """A watch that reads by run time, in `lasts` seconds; it tells by itself each 5 s if `pushed`.

    It reads bad inside one of the times `bad`, nothing inside `silent`, and breaks at `breaks`.
    """

    terms: Terms
    bad: Sequence[tuple[float, float]] = ()
    silent: Sequence[tuple[float, float]] = ()
    lasts: float = 0.0
    pushed: bool = False
    breaks: float = math.inf
    asked: list[float] = field(default_factory=list[float])

    async def read(self) -> Finding:
        t = clock.now()
        self.asked.append(t)
        await clock.sleep(self.lasts)
        if t >= self.breaks:
            raise ValueError("nobody foresaw this")
        if any(low <= t < high for low, high in self.silent):
            raise LinkError("no answer", address="tcp://gauge")
        return BAD if any(low <= t < high for low, high in self.bad) else GOOD

    @asynccontextmanager
    async def told(self) -> AsyncGenerator[AsyncIterator[Finding]]:
        async def each() -> AsyncIterator[Finding]:
            while True:
                yield await self.read()
                await clock.sleep(5.0)

        yield each()


@dataclass
class Bench:
    """Some interlocks."""

    watches: Sequence[Sensor]


Told = list[tuple[float, str, str]]


def watch(
    *sensors: Sensor,
    seconds: float,
    since: float | None = None,
    meanwhile: Callable[[Watching, Control], Awaitable[None]] | None = None,
) -> tuple[Told, Control]:
    """What the control of a run is told in so many seconds: run time, what, why."""
    told: Told = []
    control = Control(lambda what, why: told.append((clock.now(), what, why)))

    async def body() -> None:
        async with watching(Bench(sensors), control, since=since) as one:
            if meanwhile is not None:
                await meanwhile(one, control)
            await clock.sleep_until(seconds)

    clock.run(body(), virtual=True)
    return told, control


def test_a_hold_and_its_release() -> None:
    heat = Sensor(TERMS, bad=[(100.0, 150.0)])
    told, control = watch(heat, seconds=400.0)
    assert [what for _, what, _ in told] == ["hold", "released"]
    (held, _, why), (released, _, name) = told
    assert 100.0 <= held <= 110.0
    assert why == "heat: reads 90"
    assert name == "heat"
    assert 175.0 <= released <= 190.0
    assert control.state == "running"


def test_a_trip_comes_once_and_for_good() -> None:
    told, control = watch(Sensor(TRIP, bad=[(50.0, 60.0), (100.0, 110.0)]), seconds=200.0)
    [(t, what, why)] = told
    assert (what, why) == ("trip", "gas: reads 90")
    assert 50.0 <= t <= 55.0
    assert control.tripped == "gas: reads 90"


def test_a_lost_sensor_is_not_good() -> None:
    told, _ = watch(Sensor(TERMS, silent=[(100.0, 200.0)]), seconds=400.0)
    assert [what for _, what, _ in told] == ["hold", "released"]
    assert "no reading for" in told[0][2] and "no answer" in told[0][2]
    assert 120.0 <= told[0][0] <= 140.0
    assert told[1][0] > 225.0


def test_a_trip_for_a_lost_line_names_it() -> None:
    _, lost = watch(Sensor(TRIP, silent=[(50.0, 500.0)]), seconds=200.0)
    _, seen = watch(Sensor(TRIP, bad=[(50.0, 500.0)]), seconds=200.0)
    for control, address in ((lost, "tcp://gauge"), (seen, "")):
        with pytest.raises(InterlockError) as caught:
            clock.run(control.released(), virtual=True)
        assert caught.value.address == address


def test_a_reading_that_never_ends_is_lost() -> None:
    hanging = Sensor(Terms("gas", "trip", every=5.0, lost_after=12.0))

    async def hang(_: Watching, __: Control) -> None:
        await clock.sleep_until(50.0)
        hanging.lasts = float("1e9")

    told, _ = watch(hanging, seconds=100.0, meanwhile=hang)
    [(t, what, why)] = told
    assert what == "trip" and "nothing came" in why
    assert t <= 50.0 + 5.0 + 12.0 + 5.0


def test_a_flapping_sensor_holds_once() -> None:
    flapping = [(10.0 * n, 10.0 * n + 10.0) for n in range(10, 60, 2)]
    told, _ = watch(Sensor(TERMS, bad=flapping), seconds=1000.0)
    assert [what for _, what, _ in told] == ["hold", "released"]
    assert told[1][0] > 600.0


def test_a_person_releases_where_it_says_so() -> None:
    told, control = watch(
        Sensor(Terms("heat", "hold", settle=25.0, release="operator"), bad=[(100.0, 150.0)]),
        seconds=300.0,
    )
    assert [what for _, what, _ in told] == ["hold", "hold", "released"]
    assert "a person lets the run go on" in control.state
    assert list(control.reasons) == [PAUSED]


def test_what_is_told_is_heard_at_once() -> None:
    told, _ = watch(Sensor(TERMS, bad=[(100.0, 150.0)], pushed=True), seconds=300.0)
    assert [what for _, what, _ in told] == ["hold", "released"]
    assert told[0][0] <= 105.0


def test_a_teller_that_falls_silent_is_lost() -> None:
    told, _ = watch(
        Sensor(TERMS, silent=[(100.0, 200.0)], pushed=True),
        seconds=400.0,
    )
    assert [what for _, what, _ in told] == ["hold", "released"]
    assert "no answer" in told[0][2] or "nothing came" in told[0][2]


def test_what_nobody_foresaw_trips() -> None:
    told, _ = watch(Sensor(TERMS, breaks=100.0), seconds=200.0)
    [(t, what, why)] = told
    assert what == "trip"
    assert "heat cannot be watched any more" in why
    assert t <= 110.0


def test_a_slow_line_delays_no_other_interlock() -> None:
    slow = Sensor(Terms("slow", "hold", every=10.0, lost_after=100.0), lasts=45.0)
    quick = Sensor(TERMS)
    watch(slow, quick, seconds=1000.0)
    assert len([t for t in quick.asked if t > 50.0]) == 95
    assert 15 <= len(slow.asked) <= 24


def test_it_is_not_starved_by_a_procedure_that_never_waits_long() -> None:
    heat = Sensor(TERMS)

    async def busy(_: Watching, __: Control) -> None:
        for _second in range(1000):
            await clock.sleep(1.0)

    watch(heat, seconds=1000.0, meanwhile=busy)
    assert len(heat.asked) in (100, 101)


def test_interlocks_that_are_not_good_stop_it_before_it_begins() -> None:
    with pytest.raises(InterlockError, match="heat: reads 90"):
        watch(Sensor(TERMS, bad=[(0.0, 10.0)]), seconds=10.0)


def test_a_bench_that_is_put_back_is_not_asked_before() -> None:
    heat = Sensor(TERMS, bad=[(0.0, 1000.0)])
    told, _ = watch(heat, seconds=1100.0, since=1000.0)
    assert told == []
    assert heat.asked[0] >= 1000.0


def test_a_resumed_run_asks_at_the_same_moments() -> None:
    whole, later = Sensor(TERMS), Sensor(TERMS)
    watch(whole, seconds=500.0)
    watch(later, seconds=500.0, since=203.0)
    assert later.asked == [t for t in whole.asked if t > 203.0]


def test_quiet_waits_for_what_is_being_asked() -> None:
    slow = Sensor(TERMS, lasts=3.0)

    async def look(one: Watching, _: Control) -> None:
        for n in range(50):
            await clock.sleep_until(7.3 * n)
            await one.quiet()
            assert clock.now() not in slow.asked
            assert not any(t < clock.now() < t + 3.0 for t in slow.asked)

    watch(slow, seconds=500.0, meanwhile=look)


def test_nothing_is_left_when_the_block_ends() -> None:
    async def body() -> None:
        async with watching(Bench([Sensor(TERMS), Sensor(TRIP, pushed=True)]), Control(print)):
            await clock.sleep(20.0)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    clock.run(body(), virtual=True)


def test_instants_are_given_once() -> None:
    instants = Instants("heat", 10.0)
    first = instants.after(0.0)
    assert 0.0 < first <= 10.0
    assert instants.after(first - 1e-9) == pytest.approx(first + 10.0)
    assert instants.after(first + 55.0) == pytest.approx(first + 60.0)


def test_the_heart_beats_each_second() -> None:
    beats: list[float] = []

    async def body() -> None:
        async with watching(Bench([]), Control(print), lambda: beats.append(clock.now())):
            await clock.sleep(2.2)

    clock.run(body(), virtual=False)
    assert len(beats) == 3


def test_in_virtual_time_the_heart_beats_by_the_real_clock() -> None:
    beats: list[float] = []

    async def body() -> None:
        async with watching(Bench([]), Control(print), lambda: beats.append(clock.now())):
            await clock.sleep(36_000.0)

    began = clock.stopwatch()
    clock.run(body(), virtual=True)
    assert 1 <= len(beats) <= 2 + clock.stopwatch() - began


def test_in_real_time_too() -> None:
    """Bad from 0.2 s to 0.4 s; waited for until it was released."""
    quick = Terms("heat", "hold", every=0.02, lost_after=5.0, settle=0.1)
    told: Told = []

    async def body() -> None:
        released = asyncio.Event()

        def changed(what: str, why: str) -> None:
            told.append((clock.now(), what, why))
            if what == "released":
                released.set()

        heat = Sensor(quick, bad=[(0.2, 0.4)])
        async with asyncio.timeout(20.0), watching(Bench([heat]), Control(changed)):
            await released.wait()

    clock.run(body(), virtual=False)
    assert [what for _, what, _ in told] == ["hold", "released"]
    assert told[0][0] >= 0.2 and told[1][0] >= 0.5
