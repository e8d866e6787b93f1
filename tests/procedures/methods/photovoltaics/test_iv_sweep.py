"""Curves: what is swept, and what is refused."""

from __future__ import annotations

import dataclasses

import pytest

from drivers.roles.source_meter import IVPoint
from labctl import clock
from labctl.errors import InstrumentError
from procedures.methods.photovoltaics.iv_sweep import Pair, SweepSettings, read_ends, sweep_pairs
from tests.procedures.fake_rig import rig, sample, smu
from tests.procedures.fake_run import FakeRun

QUICK = SweepSettings(pairs=2, points=61)


def swept() -> tuple[list[Pair], FakeRun]:
    found, world = rig()
    world.open, world.level = True, 1000.0 / world.gain
    fake = FakeRun(sample())
    return clock.run(sweep_pairs(fake.run, found, "iv", QUICK), virtual=True), fake


def test_both_directions_are_swept_beyond_both_ends() -> None:
    pairs, fake = swept()
    reverse, forward = pairs[0].reverse, pairs[0].forward
    assert len(pairs) == 2
    assert reverse.voltage.values[0] > reverse.voltage.values[-1]
    assert forward.voltage.values == pytest.approx(reverse.voltage.values[::-1])
    delivered = -reverse.current.array
    assert delivered.min() < 0 < delivered.max(), "beyond open circuit"
    assert reverse.voltage.array.min() < 0, "beyond short circuit"
    assert len(reverse.reference.values) == 6
    assert len(reverse.temperature.values) == 2
    assert len(fake.channels["iv/forward/voltage"]) == 61
    assert len(fake.channels["iv/2/reverse/current"]) == 61


def test_the_readings_of_light_lie_around_the_sweep() -> None:
    sweep = swept()[0][0].forward
    assert sweep.reference.t[2] <= sweep.voltage.t[0]
    assert sweep.voltage.t[-1] <= sweep.reference.t[3]


def test_a_device_in_the_dark_is_refused() -> None:
    found, world = rig()
    world.open, world.level = True, 1e-9
    with pytest.raises(InstrumentError, match="delivers no power"):
        smu(found).world.current = lambda voltage: -1e-6  # type: ignore[method-assign]
        clock.run(read_ends(found, QUICK), virtual=True)


def test_a_device_too_large_for_the_source_meter_is_refused() -> None:
    found, world = rig()
    world.open, world.level = True, 1000.0
    small = SweepSettings(current=0.01)
    with pytest.raises(InstrumentError, match="what the source meter may take"):
        clock.run(read_ends(found, small), virtual=True)


def test_a_point_held_by_the_compliance_spoils_the_sweep() -> None:
    found, world = rig()
    world.open, world.level = True, 1000.0
    smu(found).hysteresis = 0.5
    with pytest.raises(InstrumentError, match="held by the compliance"):
        clock.run(sweep_pairs(FakeRun(sample()).run, found, "iv", QUICK), virtual=True)


def test_a_meter_whose_current_stands_still_is_refused() -> None:
    found, world = rig()
    world.open, world.level = True, 1000.0 / world.gain
    meter = smu(found)
    sweep = meter.sweep_voltage

    async def stuck(*levels: float, **how: float) -> list[IVPoint]:
        points = await sweep(*levels, **how)  # type: ignore[arg-type]
        same = points[0].current
        return [dataclasses.replace(one, current=same) for one in points]

    meter.sweep_voltage = stuck  # type: ignore[method-assign]
    with pytest.raises(InstrumentError, match="does not follow the voltage") as caught:
        clock.run(sweep_pairs(FakeRun(sample()).run, found, "iv", QUICK), virtual=True)
    assert caught.value.remedy
