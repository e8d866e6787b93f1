"""Samples of storage cells: solved for their figures, with sheets that say what the tests need."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labctl.catalogue import load
from labctl.errors import UsageError
from sim_backends.data.storage_cell import LITHIUM, SODIUM_ION
from sim_backends.samples import storage_figures as figures
from sim_backends.samples.recipe import Samples
from sim_backends.samples.storage_cell import RECIPES, aged
from sim_backends.samples.storage_life import life

SAMPLES = Samples(RECIPES)


@pytest.mark.parametrize("item", sorted(RECIPES))
@pytest.mark.parametrize("dut", ["nominal", "failing"])
def test_a_device_has_the_figure_that_was_asked_for(item: str, dut: str) -> None:
    indicator = load().get(item)
    truth = indicator.nominal if dut == "nominal" else indicator.failing
    solved = SAMPLES.solve(item, truth, seed=5)
    for key, wanted in truth.items():
        found = SAMPLES.true_figures(item, solved.device)[key]
        assert found == pytest.approx(wanted, rel=1e-3)
    assert {"rated_capacity", "charge_cut_off"} <= set(solved.sheet["properties"])


def test_what_no_cell_has_is_refused() -> None:
    with pytest.raises(UsageError, match="reaches"):
        SAMPLES.solve("2.4-08", {"discharge_c_rate": 7.0}, seed=5)


def test_a_life_goes_with_the_pace_of_ageing_and_with_the_rate() -> None:
    cell = LITHIUM.cell
    known = life(cell, 0.5, 0.6)
    assert life(aged(cell, 2.0), 0.5, 0.6).cycles == pytest.approx(known.cycles / 2.0, rel=1e-3)
    assert 0.3 < known.cycling < 0.9
    assert life(cell, 0.5, 0.8).cycles < 0.6 * known.cycles
    fast = life(SODIUM_ION.cell, 2.0, 0.9)
    assert fast.cycling > known.cycling


def test_cold_and_heat_end_the_work_of_a_cell() -> None:
    cell = SODIUM_ION.cell
    low, high = figures.end_of_cold(cell), figures.end_of_heat(cell)
    assert figures.kept(cell, low + 1.0) > figures.COLD > figures.kept(cell, low - 1.0)
    assert figures.kept(cell, high - 1.0) > figures.HOT > figures.kept(cell, high + 1.0)
    leaky = replace(cell, side=2.0 * cell.side)
    assert figures.end_of_heat(leaky) < high - 3.0
    assert figures.peak_rate(cell) > figures.peak_rate(replace(cell, resistance=5e-3)) > 1.0
