"""Quantum efficiency files: one of a bench, in percent, as the protocol page says."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from sim_backends.emulators.files.quantum_efficiency_csv import EMULATOR, POINTS
from sim_backends.models.quantum_efficiency import AbsorptionEdge, EdgeCell
from sim_backends.streams import stream

CELL = EdgeCell(AbsorptionEdge(gap=1.67, width=0.028, plateau=0.93, window=3.1))


def written(seed: int, until: float = 400.0) -> tuple[list[str], int]:
    station = EMULATOR(CELL, serial="SIM-7", rng=stream(seed, "eqe"))
    data, files, t = b"", 0, 0.0
    while (due := station.due()) is not None and due <= until:
        t = max(t, due)
        for piece in station.send(t):
            data += piece.data
            files += piece.last
    return data.decode("utf-8").split("\r\n"), files


def test_one_cell_is_measured_once() -> None:
    lines, files = written(1)
    assert files == 1
    assert lines[2] == "Serial Number,SIM-7"
    assert "Wavelength (nm),Intensity (%)" in lines


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_shows_the_cell_within_its_errors(seed: int) -> None:
    lines, _ = written(seed)
    head = lines.index("Wavelength (nm),Intensity (%)")
    rows = np.array([row for row in csv.reader(lines[head + 1 :]) if row], dtype=np.float64)
    assert len(rows) == POINTS
    true = 100.0 * CELL.efficiency(rows[:, 0] * 1e-9)
    flat = (rows[:, 0] > 480.0) & (rows[:, 0] < 620.0)
    assert np.mean(rows[flat, 1] / true[flat]) == pytest.approx(1.0, abs=0.06)
    assert np.std(rows[flat, 1]) == pytest.approx(0.2, rel=0.5)
