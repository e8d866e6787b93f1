"""Light set by the reference cell."""

from __future__ import annotations

from typing import cast

import pytest

from labctl import clock
from labctl.errors import InstrumentError
from procedures.methods.photovoltaics import light
from tests.procedures.fake_rig import Lamp, rig, sample
from tests.procedures.fake_run import FakeRun


def test_light_is_levelled_until_the_reference_cell_reads_the_target() -> None:
    found, world = rig()
    fake = FakeRun(sample())

    async def main() -> tuple[light.Lit, float, float]:
        lit = await light.set_light(fake.run, found, "x", 800.0)
        return lit, world.irradiance(), clock.now()

    lit, irradiance, t = clock.run(main(), virtual=True)
    assert irradiance == pytest.approx(800.0, rel=0.002)
    assert lit.level == pytest.approx(800.0 / 0.97, rel=0.002)
    assert t >= 900, "the warm-up was waited for"
    assert fake.channels["x/irradiance"][0].value == pytest.approx(800.0, rel=0.002)
    assert fake.channels["x/reference"][0].accuracy is not None


def test_a_lamp_that_does_not_get_warm_is_given_up() -> None:
    found, _ = rig()
    cast(Lamp, found.lamp).warm_up = 1e9
    with pytest.raises(InstrumentError, match="not warm after 3600 s"):
        clock.run(light.set_light(FakeRun(sample()).run, found, "x", 1000.0), virtual=True)


def test_no_light_at_the_reference_cell_is_an_error() -> None:
    found, world = rig()
    world.gain = 0.01
    with pytest.raises(InstrumentError, match="sees no light"):
        clock.run(light.set_light(FakeRun(sample()).run, found, "x", 1000.0), virtual=True)


def test_light_that_runs_away_is_an_error() -> None:
    found, world = rig()
    world.drift = 30.0
    with pytest.raises(InstrumentError, match="does not come to 1000 W/m2 in 8 steps") as caught:
        clock.run(light.set_light(FakeRun(sample()).run, found, "x", 1000.0), virtual=True)
    assert "W/m2 at level" in caught.value.answer


@pytest.mark.parametrize(("seen", "moved"), [(1004.0, False), (1006.0, True), (994.0, True)])
def test_light_is_levelled_again_beyond_half_a_percent(seen: float, moved: bool) -> None:
    found, world = rig()
    world.open, world.level = True, seen / world.gain

    async def main() -> light.Lit:
        lit = light.Lit(world.level, seen)
        return await light.relevelled(FakeRun(sample()).run, found, "x", lit, seen, 1000.0)

    lit = clock.run(main(), virtual=True)
    kept = lit.level * world.gain
    assert kept == pytest.approx(1000.0 if moved else seen, rel=0.002)
    assert world.level == lit.level


def test_a_reference_cell_that_fails_is_told_by_the_lamps_monitor() -> None:
    found, world = rig()
    world.open, world.level = True, 1000.0 / world.gain
    fake = FakeRun(sample())
    clock.run(light.recorded_reference(fake.run, found, "x", 2), virtual=True)
    assert [one.value for one in fake.channels["x/monitor"]] == [pytest.approx(1000.0)]
    found.lamp.monitor_gain = 1.08  # type: ignore[attr-defined]
    with pytest.raises(InstrumentError, match="do not agree") as caught:
        clock.run(light.recorded_reference(fake.run, found, "x", 2), virtual=True)
    assert caught.value.remedy and "1080" in caught.value.answer
    assert len(fake.channels["x/monitor"]) == 2, "what was read stays"
