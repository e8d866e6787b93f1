"""Loss by illumination on an ideal device that wears with the hours of light."""

from __future__ import annotations

import pytest

from labctl import clock
from labctl.evidence import Evidence, Figure
from labctl.quantity import Quantity
from procedures.methods.endurance.exposing import interval
from procedures.methods.endurance.light_soak import loss_by_light
from tests.procedures.fake_rig import World, rig, sample
from tests.procedures.fake_run import FakeRun

HOURS = 100.0


def lossy(**properties: Quantity) -> tuple[Evidence, FakeRun, World]:
    found, world = rig()
    world.loss_per_hour, world.drift = 1e-3, 1e-4
    fake = FakeRun(sample(**properties))
    fake.contributions = {"temperature_offset": Quantity(0.0, "K", 0.5)}
    told = clock.run(loss_by_light(fake.run, found, "relative_loss", HOURS * 3600), virtual=True)
    return told, fake, world


def figure(evidence: Evidence) -> Figure:
    result = evidence.results["relative_loss"]
    assert isinstance(result, Figure)
    return result


def test_the_loss_is_that_of_the_device_and_common_errors_cancel() -> None:
    told, fake, world = lossy()
    loss = figure(told)
    # Some more hours of light than the exposure go into the readings before and after it.
    assert loss.value == pytest.approx(100 * 1e-3 * HOURS, rel=0.01)
    assert loss.unit == "%"
    # 0.5 % of the reference cell would be 0.7 % of a difference of two powers; of the loss itself
    # (by its dose) it is 0.05 %.
    assert loss.u == pytest.approx(0.005 * loss.value, rel=0.2)
    assert not world.open, "dark in the end"
    duration = fake.seen("duration")
    assert duration.value == pytest.approx(HOURS * 3600, rel=1e-6)
    assert duration.value is not None
    assert duration.value >= HOURS * 3600


def test_light_is_kept_while_the_lamp_drifts() -> None:
    _, fake, _ = lossy()
    seen = fake.seen("irradiance")
    assert seen.low is not None
    assert seen.high is not None
    assert 994.0 < seen.low <= seen.high < 1006.0
    points = HOURS * 3600 / interval(HOURS * 3600)
    assert len(fake.channels["soak/temperature"]) >= points
    assert len(fake.channels["soak/irradiance"]) > points, "levelled again on the way"


def test_what_is_not_known_of_the_temperature_is_in_the_uncertainty() -> None:
    """Arrhenius: 0.5 eV at 298 K is 6.5 %/K of the loss."""
    told, _, _ = lossy(activation_energy=Quantity(0.5, "eV", 0.05))
    loss = figure(told)
    offset = next(line for line in told.budget if line.source == "bench/temperature_offset")
    assert offset.u == pytest.approx(0.065 * 0.5 * loss.value, rel=0.15)


def test_a_resume_after_the_exposure_finds_its_log() -> None:
    """Steps that are stored are not done again, and the figure is the same."""
    told, fake, _ = lossy()
    again, _ = rig()
    stored = FakeRun(fake.sample)
    stored.contributions = fake.contributions
    stored.stored = dict(fake.stored)
    seconds = HOURS * 3600
    second = clock.run(loss_by_light(stored.run, again, "relative_loss", seconds), virtual=True)
    assert second.results == told.results
