from __future__ import annotations

import pytest

from labctl.errors import UsageError
from sim_backends.samples.photocharging import RECIPES, draw
from sim_backends.samples.photocharging_figures import (
    DECLARED,
    conversion_efficiency,
    emptied,
    extremes,
    stable_supply,
)
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream

SAMPLES = Samples(RECIPES)
KEY = "energy_conversion_efficiency"


@pytest.mark.parametrize("percent", [8.1, 10.2])
def test_a_device_has_the_efficiency_that_is_asked_for(percent: float) -> None:
    device = SAMPLES.solve("1.1-11", {KEY: percent}, seed=3).device
    assert 100.0 * conversion_efficiency(device) == pytest.approx(percent, rel=1e-6)
    assert SAMPLES.true_figures("1.1-11", device)[KEY] == pytest.approx(percent, rel=1e-6)


def test_what_physics_does_not_give_is_refused() -> None:
    low, high = SAMPLES.reach("1.1-11", seed=3)[KEY]
    assert low < 8.0 and 11.0 < high < 20.0
    with pytest.raises(UsageError, match="this one reaches"):
        SAMPLES.solve("1.1-11", {KEY: high + 1.0}, seed=3)


def test_the_sheet_states_area_conditions_and_coefficients() -> None:
    solved = SAMPLES.solve("1.1-11", {KEY: 10.2}, seed=3)
    properties = solved.sheet["properties"]
    assert properties["cut_off_voltage"].value == solved.device.cut_off
    assert properties["area"].to("m**2").value == pytest.approx(solved.device.module.area, rel=0.02)
    warmth = properties["efficiency_temperature_coefficient"]
    assert -2e-3 < warmth.value < 0.0 < warmth.u


def test_more_light_is_more_energy_at_nearly_one_efficiency() -> None:
    device = draw(stream(5, "device"))
    here, brighter = conversion_efficiency(device), conversion_efficiency(device, irradiance=1030.0)
    assert abs(brighter / here - 1.0) < 0.01
    assert 0.0 < emptied(device) < 0.1


@pytest.mark.parametrize("seed", range(6))
def test_stable_and_unstable_devices_are_so_by_a_margin(seed: int) -> None:
    good = SAMPLES.solve("1.1-15", {"stable_supply": True}, seed=seed).device
    bad = SAMPLES.solve("1.1-15", {"stable_supply": False}, seed=seed).device
    assert stable_supply(good) and not stable_supply(bad)
    low, high = extremes(good)
    assert low > DECLARED.band[0] + 0.1 and high < DECLARED.band[1] - 0.08
    low, high = extremes(bad)
    assert low < DECLARED.band[0] - 0.05 or high > DECLARED.band[1] + 0.05


def test_the_profile_is_that_of_the_method() -> None:
    from procedures.methods.photocharging.profile import PORTABLE

    assert DECLARED.phases == PORTABLE.phases
    assert DECLARED.band == (PORTABLE.low, PORTABLE.high)
    declared = (DECLARED.base, DECLARED.burst, DECLARED.width, DECLARED.every)
    assert declared == (PORTABLE.idle, PORTABLE.burst, PORTABLE.width, PORTABLE.every)
