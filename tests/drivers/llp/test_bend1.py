"""Bending tester driver against transcripts (tests/golden/llp/bend1.toml)."""

from __future__ import annotations

import pytest

from drivers.llp.bend1 import Bend1
from drivers.roles.bending_tester import BendingTester
from labctl.errors import InstrumentError, LimitRefused
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "llp/bend1"


def bender(*scenes: str, **limits: float) -> tuple[Bend1, ScriptedMessages]:
    link = ScriptedMessages(transcript(FILE, *scenes), checked=True)
    driver = Bend1(link, limits)
    as_role: BendingTester = driver
    assert as_role is driver
    return driver, link


def test_radius_is_in_metres_with_its_accuracy() -> None:
    driver, link = bender("identify", "set_15_mm")

    async def body() -> None:
        await driver.identify()
        await driver.set_radius(0.015)
        reading = await driver.radius()
        assert reading.value == pytest.approx(0.01502)
        assert reading.unit == "m"
        assert reading.accuracy is not None
        assert (reading.accuracy.gain, reading.accuracy.offset) == (0.002, 5e-5)

    run(body)
    assert link.is_done()


def test_start_count_and_stop() -> None:
    driver, link = bender("identify", "start", "running", "stop")

    async def body() -> None:
        await driver.identify()
        await driver.start(5000, frequency=1.5)
        assert await driver.is_running()
        done = await driver.cycles_done()
        assert (done.value, done.unit, done.accuracy) == (1234.0, "cyc", None)
        await driver.stop()

    run(body)
    assert link.is_done()


def test_start_while_running_is_refused_by_the_machine() -> None:
    driver, _ = bender("start_while_running")
    with pytest.raises(InstrumentError, match="refused"):
        run(lambda: driver.start(5000, frequency=1.5))


def test_what_machine_or_bench_does_not_allow_is_refused() -> None:
    driver, link = bender(radius_min=0.005, frequency=1.5)
    for radius in (0.0049, 0.101, float("nan")):
        with pytest.raises(LimitRefused):
            run(lambda radius=radius: driver.set_radius(radius))
    for cycles, frequency in ((0, 1.0), (10_000_001, 1.0), (10, 0.05), (10, 1.6)):
        with pytest.raises(LimitRefused):
            run(lambda c=cycles, f=frequency: driver.start(c, frequency=f))
    assert link.is_done()


def test_not_still_is_told() -> None:
    driver, _ = bender("not_still")
    with pytest.raises(InstrumentError, match="not still"):
        run(driver.safe)
