"""A dismantled cell: what leaves it is found somewhere else."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.data import cell_chemistry as data
from sim_backends.models.dismantled_cell import (
    DismantledCell,
    Extract,
    LabErrors,
    Parts,
    Thermobalance,
    gone,
)

CELL = DismantledCell(0.9, 0.045, 0.125, 0.04, 0.02)
TRUE = LabErrors(1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0)


def rng() -> np.random.Generator:
    return np.random.default_rng(4)


def test_the_parts_miss_what_evaporated() -> None:
    parts, kg = Parts(CELL, TRUE, rng()), 0.0
    for what in ("case", *(f"stack-{n}" for n in range(data.PORTIONS))):
        parts.acted(f"x/pan/{what}", "done", 10.0)
        kg += parts.loading(20.0).mass - (data.JAR if what.startswith("stack") else 0.0)
    assert CELL.mass - kg == pytest.approx(CELL.solvent * CELL.opening, abs=2e-6)


def test_the_extract_holds_the_rest() -> None:
    channels = {one.name: one.values for one in Extract(CELL, TRUE, rng()).log(0.0).channels}
    won = sum(
        (one[3:].mean() - one[0]) / (one[2] - one[0]) * data.SPIKE / 2 for one in channels.values()
    )
    there = CELL.solvent * (1.0 - CELL.opening) * (1.0 - data.TRANSFER)
    assert won == pytest.approx(there * (1.0 - CELL.residue), rel=0.02)


def test_the_thermobalance_loses_what_stayed() -> None:
    channels = {one.name: one.values for one in Thermobalance(CELL, rng()).log(0.0).channels}
    lost = {name: (one[0] - one[-1]) / one[0] for name, one in channels.items() if one[0] > 40.0}
    assert lost["piece1"] > lost["blank"] + 5e-4
    assert gone(np.array([-100.0, 110.0, 400.0]), 110.0) == pytest.approx([0.0, 0.5, 1.0], abs=1e-6)
