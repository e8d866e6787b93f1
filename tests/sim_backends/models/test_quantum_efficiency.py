"""The edge of the quantum efficiency: half-way at the gap, steepest there."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.quantum_efficiency import PHOTON, AbsorptionEdge, EdgeCell

CELL = EdgeCell(AbsorptionEdge(gap=1.67, width=0.028, plateau=0.93, window=3.1))


def at(energy: float) -> float:
    return float(CELL.efficiency(np.array([PHOTON / energy]))[0])


def test_half_of_the_plateau_at_the_gap_and_nothing_far_below() -> None:
    assert at(1.67) == pytest.approx(0.465, rel=1e-3)
    assert at(2.2) == pytest.approx(0.93, rel=1e-3)
    assert at(1.4) < 1e-12
    assert at(3.6) < 0.1


def test_it_is_steepest_at_the_gap() -> None:
    energy = np.linspace(1.5, 1.9, 4001)
    slope = np.gradient(CELL.efficiency(PHOTON / energy), energy)
    assert energy[np.argmax(slope)] == pytest.approx(1.67, abs=1e-3)
