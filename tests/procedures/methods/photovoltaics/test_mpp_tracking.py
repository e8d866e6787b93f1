"""Maximum-power-point tracking on an ideal device that wears with the hours of light."""

from __future__ import annotations

import pytest

from labctl import clock
from labctl.evidence import Evidence, Figure
from procedures.methods.photovoltaics.mpp_reduction import windows
from procedures.methods.photovoltaics.mpp_tracking import loss_at_maximum_power
from tests.procedures.fake_rig import World, rig, sample, smu, true_power
from tests.procedures.fake_run import FakeRun

HOURS = 400.0


def tracked() -> tuple[Evidence, FakeRun, World, bool]:
    found, world = rig()
    world.loss_per_hour, world.drift = 1e-4, 1e-5
    fake = FakeRun(sample())
    told = clock.run(
        loss_at_maximum_power(
            fake.run, found, "relative_loss", seconds=HOURS * 3600, irradiance=1000.0, celsius=50.0
        ),
        virtual=True,
    )
    return told, fake, world, smu(found).on


def test_the_loss_is_that_of_the_device_and_the_maximum_is_held() -> None:
    told, fake, world, on = tracked()
    loss = told.results["relative_loss"]
    assert isinstance(loss, Figure)
    assert loss.value == pytest.approx(100 * 1e-4 * HOURS, abs=0.03)
    assert loss.u < 0.1
    power = [r.value for r in fake.channels["mpp/power"]]
    # Wear of the readings' own hours is left out of this comparison: 0.1 %.
    assert min(power) > 0.995 * true_power() * (1 - 1e-4 * HOURS)
    assert not on
    assert not world.open


def test_conditions_are_observed_over_the_whole_run() -> None:
    _, fake, _, _ = tracked()
    assert fake.seen("duration").value == pytest.approx(HOURS * 3600, rel=1e-6)
    assert fake.seen("temperature").value == pytest.approx(50.0, abs=0.1)
    seen = fake.seen("irradiance")
    assert seen.low is not None
    assert seen.low > 994.0


def test_windows_are_days_of_a_long_run_and_parts_of_a_short_one() -> None:
    hours = [[t / 3600 for t in window] for window in windows(2000 * 3600.0)]
    assert hours == [[0.0, 48.0], [1952.0, 2000.0]]
    start, end = windows(48 * 3600.0)
    assert start[1] < end[0]
    assert end[1] == 48 * 3600.0
