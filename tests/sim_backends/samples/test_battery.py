"""Samples of the battery bench: solved to their figures, with a sheet that is about right."""

from __future__ import annotations

import pytest

from labctl import catalogue
from labctl.errors import UsageError
from labctl.quantity import Quantity
from sim_backends.samples.battery import RECIPES
from sim_backends.samples.recipe import Samples

SAMPLES = Samples(RECIPES)


@pytest.mark.parametrize("id", SAMPLES.known)
@pytest.mark.parametrize("dut", ["nominal", "failing"])
def test_a_device_of_the_map_has_its_figure(id: str, dut: str) -> None:
    indicator = catalogue.load().get(id)
    truth = indicator.nominal if dut == "nominal" else indicator.failing
    solved = SAMPLES.solve(id, truth, seed=5)
    found = SAMPLES.true_figures(id, solved.device)
    assert found == pytest.approx(dict(truth), rel=1e-9)


def test_the_sheet_states_the_cell_with_errors_of_the_size_it_tells() -> None:
    ratios: list[float] = []
    for seed in range(40):
        solved = SAMPLES.solve("1.1-06", {"specific_capacity": 480.0}, seed=seed)
        stated: dict[str, Quantity] = solved.sheet["properties"]
        active = stated["active_fraction"]
        ratios.append((active.value - solved.device.active) / active.u)
        assert stated["charge_cut_off"].value == solved.device.upper
        assert stated["rated_capacity"].u == 0.0
    mean_square = sum(one * one for one in ratios) / len(ratios)
    assert 0.5 < mean_square < 1.7


def test_no_two_cells_are_alike_and_a_seed_repeats() -> None:
    first, again, other = (
        SAMPLES.solve("1.1-13", {"areal_capacity": 15.0}, seed=seed).device for seed in (1, 1, 2)
    )
    assert first == again and first != other


def test_what_physics_does_not_allow_is_refused() -> None:
    low, high = SAMPLES.reach("1.1-08", seed=1)["coulombic_efficiency"]
    assert low < 99.5 and 99.97 < high < 100.0
    with pytest.raises(UsageError, match="reaches"):
        SAMPLES.solve("1.1-08", {"coulombic_efficiency": 100.0}, seed=1)
