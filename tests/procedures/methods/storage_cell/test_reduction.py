from __future__ import annotations

import numpy as np
import pytest

from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.storage_cell.capacity import CAPACITY_WARMING, mean_given
from procedures.methods.storage_cell.reduction import at_temperature, given
from tests.procedures.methods.storage_cell.made import cell, seen

DRAWS = 4000


def test_charge_and_energy_of_a_plain_discharge() -> None:
    found = given(MonteCarlo(DRAWS, 1), cell(), seen(7200.0))
    assert found.charge[0] == pytest.approx(180_000.0)
    assert found.energy[0] == pytest.approx(540_000.0)
    # 0.15 A of 25 A, rectangular
    assert found.charge.std() / 180_000.0 == pytest.approx(0.15 / 3**0.5 / 25.0, rel=0.05)


def test_a_flat_end_makes_an_error_of_the_cut_off_count() -> None:
    steep = given(MonteCarlo(DRAWS, 1), cell(), seen(7200.0)).charge
    flat = given(MonteCarlo(DRAWS, 1), cell(), seen(7200.0, slope=30_000.0))
    assert flat.charge[0] == pytest.approx(steep[0])
    both = seen(7200.0, slope=30_000.0)
    up = [leg for leg in both.legs if leg.sign > 0]
    assert up[0].slope == 30_000.0
    assert flat.energy.std() > given(MonteCarlo(DRAWS, 1), cell(), seen(7200.0)).energy.std()


def test_a_warm_cell_is_taken_back_to_25_degrees() -> None:
    one = cell(**{CAPACITY_WARMING: Quantity(0.002, "1/K", 0.0003)})
    mc = MonteCarlo(DRAWS, 1)
    factor = at_temperature(mc, one, seen(7200.0, celsius=27.0), CAPACITY_WARMING)
    assert factor[0] == pytest.approx(1.004)
    assert factor.std() == pytest.approx(np.hypot(0.002 * 0.18, 2.0 * 0.0003), rel=0.1)
    each = [seen(7200.0 + n, celsius=27.0) for n in range(3)]
    mean = mean_given(mc, one, each, "charge")
    assert mean[0] == pytest.approx(180_025.0 / 1.004)


def test_a_sheet_that_says_nothing_is_told_and_not_guessed() -> None:
    names = {one.name for one in cell().unstated(CAPACITY_WARMING)}
    assert names == {CAPACITY_WARMING}
    assert (at_temperature(MonteCarlo(10, 1), cell(), seen(1.0), CAPACITY_WARMING) == 1.0).all()
