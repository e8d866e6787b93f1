"""Mean and non-uniformity of a wafer's thickness."""

from __future__ import annotations

import csv
import io
import math

import numpy as np
import pytest

from tests.sim_backends.emulators.files.written import SEEDS, SERIAL, first, truth


@pytest.mark.parametrize("seed", SEEDS)
def test_thickness(seed: int) -> None:
    head, _, table = first("wafer_csv", seed).decode("utf-8").partition("\r\n\r\n")
    about = dict(line.split(",", 1) for line in head.splitlines())
    assert about["Serial Number"] == SERIAL and about["Notch"] == "-y"
    rows = list(csv.DictReader(io.StringIO(table)))
    values = np.array([float(row["Thickness (um)"]) for row in rows])
    radii = [math.hypot(float(row["X (mm)"]), float(row["Y (mm)"])) for row in rows]
    assert max(radii) <= 0.5 * float(about["Diameter (mm)"]) - float(about["Edge Exclusion (mm)"])
    known = truth("wafer_csv")
    assert values.mean() == pytest.approx(known["mean_thickness"] * 1e6, abs=0.7)
    half = 0.5 * (values.max() - values.min()) / values.mean()
    assert half == pytest.approx(known["non_uniformity"], rel=0.08)
