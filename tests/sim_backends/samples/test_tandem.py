"""Devices of the tandem bench are solved for their figure and do not know it."""

from __future__ import annotations

import pytest

from labctl.catalogue import load
from labctl.errors import UsageError
from sim_backends.worlds.tandem import SAMPLES

KEYS = {
    "1.2-03": "power_conversion_efficiency",
    "1.2-04": "power_conversion_efficiency",
    "1.2-05": "relative_loss",
}


@pytest.mark.parametrize("indicator", KEYS)
def test_true_figure_is_the_one_asked_for(indicator: str) -> None:
    found = load().get(indicator)
    for truth in (found.nominal, found.failing):
        value = truth[KEYS[indicator]]
        assert isinstance(value, float | int)
        sample = SAMPLES.solve(indicator, {KEYS[indicator]: value}, seed=11)
        figures = SAMPLES.true_figures(indicator, sample.device)
        assert figures[KEYS[indicator]] == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize("indicator", KEYS)
def test_seed_draws_everything_else(indicator: str) -> None:
    low, high = SAMPLES.reach(indicator, seed=1)[KEYS[indicator]]
    truth = {KEYS[indicator]: (low + high) / 2.0}
    one, same, other = (SAMPLES.solve(indicator, truth, seed=seed) for seed in (1, 1, 2))
    assert one == same
    assert one.device != other.device
    assert one.sheet["id"] != other.sheet["id"]


def test_gap_and_area_are_those_of_the_conditions() -> None:
    for seed in range(40):
        device = SAMPLES.solve("1.2-03", {KEYS["1.2-03"]: 18.0}, seed=seed).device
        assert 1.6 < device.edge.gap < 1.75
        assert device.cell.area > 1.1e-4
        assert device.cell.junctions[0].bandgap == device.edge.gap


def test_what_physics_does_not_allow_is_refused() -> None:
    with pytest.raises(UsageError, match="reaches"):
        SAMPLES.solve("1.2-03", {KEYS["1.2-03"]: 34.0}, seed=1)
