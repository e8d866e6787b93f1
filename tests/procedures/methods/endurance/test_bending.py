"""Loss by bending on an ideal device that wears with each bend."""

from __future__ import annotations

from typing import cast

import pytest

from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Evidence, Figure
from labctl.quantity import Quantity
from procedures.methods.endurance.bending import loss_by_bending
from tests.procedures.fake_rig import Bender, rig, sample
from tests.procedures.fake_run import FakeRun


def bent(fake: FakeRun, *, sticks: bool = False) -> Evidence:
    found, world = rig()
    world.loss_per_bend = 2e-5
    cast(Bender, found.bender).sticks = sticks
    return clock.run(loss_by_bending(fake.run, found, "relative_loss", 0.015, 4000), virtual=True)


def test_the_loss_is_that_of_the_device_with_radius_and_count_as_read() -> None:
    fake = FakeRun(sample())
    loss = bent(fake).results["relative_loss"]
    assert isinstance(loss, Figure)
    assert loss.value == pytest.approx(8.0, rel=1e-3)
    assert fake.seen("bending_cycles").value == 4000
    radius = fake.seen("bending_radius")
    assert (radius.value, radius.unit) == (pytest.approx(0.015), "m")
    assert radius.u == pytest.approx(5e-5 / 3**0.5, rel=0.1)
    assert len(fake.channels["bending/radius"]) == 41


def test_the_radius_enters_by_the_exponent_of_the_sheet() -> None:
    plain, steep = (
        FakeRun(sample()),
        FakeRun(sample(damage_strain_exponent=Quantity(3.0, "dimensionless", 0.3))),
    )
    lines = [
        {line.source: line.u for line in bent(fake).budget}["SIM-bender/radius/0.1 m"]
        for fake in (plain, steep)
    ]
    assert lines[0] == pytest.approx(0.0, abs=1e-12)
    assert lines[1] == pytest.approx(8.0 * 3 * (5e-5 / 3**0.5) / 0.015, rel=0.1)


def test_the_place_of_a_device_mounted_again_does_not_cancel() -> None:
    fake = FakeRun(sample())
    fake.contributions = {"non_uniformity": Quantity(0.0, "dimensionless", 0.003)}
    sources = {line.source: line.u for line in bent(fake).budget}
    assert sources["bench/non_uniformity"] == pytest.approx(100 * 0.92 * 0.003, rel=0.15)
    assert sources["bench/non_uniformity/remounted"] > 0


def test_a_machine_that_does_not_stop_is_an_error() -> None:
    with pytest.raises(InstrumentError, match="still bends 60 s after its time") as caught:
        bent(FakeRun(sample()), sticks=True)
    assert caught.value.answer == "4000 bends"
