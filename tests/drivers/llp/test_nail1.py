"""Nail press driver against transcripts (tests/golden/llp/nail1.toml)."""

from __future__ import annotations

import pytest

from drivers.llp.nail1 import Nail1
from drivers.roles.nail_press import NailPress
from labctl import clock
from labctl.errors import InstrumentError, LimitRefused
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "llp/nail1"


def press(*scenes: str, **limits: float) -> tuple[Nail1, ScriptedMessages]:
    link = ScriptedMessages(transcript(FILE, *scenes), checked=True)
    driver = Nail1(link, limits)
    as_role: NailPress = driver
    assert as_role is driver
    return driver, link


def test_a_stroke_is_set_in_si_and_begun() -> None:
    driver, link = press("identify", "stroke", "begun")

    async def body() -> None:
        await driver.identify()
        await driver.set_stroke(speed=0.025, depth=0.032, force_limit=4000.0)
        await driver.start()
        assert await driver.motion() == "stroke"

    run(body)
    assert link.is_done()


def test_forces_and_contact_are_told_with_their_accuracy() -> None:
    driver, link = press("identify", "forces")

    async def body() -> None:
        await driver.identify()
        force = await driver.force()
        assert (force.now.value, force.largest.value) == (812.4, 2210.0)
        assert force.now.accuracy is not None
        assert (force.now.accuracy.gain, force.now.accuracy.offset) == (0.01, 1.0)
        met = await driver.contact()
        assert met is not None
        assert met.t == met.value
        assert met.value == pytest.approx(clock.now() - 4.25, abs=0.1)

    run(body)
    assert link.is_done()


def test_a_nail_that_met_nothing_says_so() -> None:
    driver, _ = press("identify", "no_contact")

    async def body() -> None:
        await driver.identify()
        assert await driver.contact() is None

    run(body)


def test_the_guard_keeps_it_from_starting() -> None:
    driver, link = press("guard_open")

    async def body() -> None:
        assert not await driver.guard_closed()
        with pytest.raises(InstrumentError, match="refused"):
            await driver.start()

    run(body)
    assert link.is_done()


def test_a_trip_is_cleared_or_stands() -> None:
    driver, _ = press("tripped", "trip_stands")

    async def body() -> None:
        assert await driver.trip() == "guard"
        await driver.clear_trip()
        with pytest.raises(InstrumentError, match="a trip stands"):
            await driver.clear_trip()

    run(body)


def test_a_nail_that_does_not_stand_is_told() -> None:
    driver, _ = press("not_standing")
    with pytest.raises(InstrumentError, match="does not stand"):
        run(driver.safe)


@pytest.mark.parametrize(
    ("speed", "depth", "force"),
    [(0.11, 0.03, 4000.0), (0.025, 0.05, 4000.0), (0.025, 0.03, 5001.0), (0.025, 0.0, 100.0)],
)
def test_what_machine_or_bench_does_not_allow_is_refused(
    speed: float, depth: float, force: float
) -> None:
    driver, link = press(depth=0.04)
    with pytest.raises(LimitRefused):
        run(lambda: driver.set_stroke(speed=speed, depth=depth, force_limit=force))
    assert link.is_done()
