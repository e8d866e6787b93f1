"""What bench file and sheet state, and what of it is lacking."""

from __future__ import annotations

import pytest

from labctl.quantity import Quantity
from labctl.sample import Sample
from labctl.traceable import Unstated
from labctl.uncertainty import MonteCarlo
from procedures.methods.contributions import unknown, unstated

BENCH = {"air_probe": Quantity(0.0, "mK", 100.0)}
SHEET = Sample("S", "cell", properties={"mass": Quantity(1.0, "kg")})


def test_a_contribution_is_drawn_in_the_unit_that_is_asked_for() -> None:
    mc = MonteCarlo(4000, 1)
    found = unknown(mc, BENCH, "air_probe", "K")
    assert found.shape == (4001, 1) and found[0, 0] == 0.0
    assert found[1:].std() == pytest.approx(0.1, rel=0.05)


def test_what_is_not_stated_adds_nothing_and_is_named() -> None:
    assert (unknown(MonteCarlo(10, 1), BENCH, "cell_place", "K") == 0.0).all()
    found = unstated(SHEET, BENCH, ("mass", "area"), ("air_probe", "cell_place"))
    assert found == (Unstated("cell_place"), Unstated("area", "sample"))
