"""A device measured at standard test conditions, from light to evidence."""

from __future__ import annotations

import pytest

from labctl import clock
from labctl.evidence import Evidence, Figure
from labctl.quantity import Quantity
from procedures.methods.photovoltaics.standard_conditions import power_per_area
from tests.procedures.fake_rig import AREA, Chuck, World, rig, sample, true_power
from tests.procedures.fake_run import FakeRun


def measured(*, per_light: bool, **more: Quantity) -> tuple[Evidence, FakeRun, World, float]:
    found, world = rig()
    fake = FakeRun(sample(**more))
    told = clock.run(power_per_area(fake.run, found, "figure", per_light=per_light), virtual=True)
    chuck = found.chuck
    assert isinstance(chuck, Chuck)
    return told, fake, world, chuck.target


def test_efficiency_is_power_by_light_and_area() -> None:
    told, fake, world, target = measured(per_light=True)
    figure = told.results["figure"]
    assert isinstance(figure, Figure)
    assert figure.value == pytest.approx(100 * true_power() / (1000 * AREA), rel=3e-4)
    assert figure.unit == "%"
    # 0.5 % of the reference cell and 0.4 % of the area.
    assert figure.u / figure.value == pytest.approx((0.005**2 + 0.004**2) ** 0.5, rel=0.1)
    assert not world.open
    assert target == 25.0
    assert fake.seen("irradiance").value == pytest.approx(1000.0, rel=0.002)
    assert told.budget[0].source == "reference_cell/responsivity"


def test_power_per_area_is_in_watts_per_square_metre() -> None:
    told, *_ = measured(per_light=False)
    figure = told.results["figure"]
    assert isinstance(figure, Figure)
    assert (figure.unit, figure.value) == ("W/m**2", pytest.approx(true_power() / AREA, rel=3e-4))


def test_the_chuck_is_cooler_by_the_heating_of_the_device() -> None:
    heating = Quantity(0.002, "K*m**2/W", 0.0003)
    _, fake, _, target = measured(per_light=True, cell_heating=heating)
    assert target == pytest.approx(23.0)
    seen = fake.seen("temperature")
    assert seen.value == pytest.approx(25.0, abs=0.5)
    assert seen.u == pytest.approx((0.3**2 + 0.1**2 / 3) ** 0.5, rel=0.1)
