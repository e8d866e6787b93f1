"""The maps of both faces: what their layout says they hold."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from sim_backends.emulators.files.wafer_geometry import EDGE, ShapeGauge
from sim_backends.models.wafer.on_three_points import OnThreePoints
from sim_backends.models.wafer.shape import TERMS, WaferShape

BOW = tuple(1.0 if key == (2, 0) else 0.0 for key in TERMS)
WAFER = WaferShape(50.8e-3, 6.5e-4, BOW, 3e-6, (0.0, 0.0), 0.0, 5950.0, 2.3e11, 0.24, 3)


def last(port: OnThreePoints, until: float) -> tuple[dict[str, str], dict[str, np.ndarray]]:
    station = ShapeGauge(port, serial="SIM-5", rng=np.random.default_rng(3))
    files: dict[str, bytes] = {}
    for t in np.arange(1.0, until + 1.0, 2.0):
        for piece in station.send(float(t)):
            files[piece.name] = files.get(piece.name, b"") + piece.data
    head, _, table = list(files.values())[-1].decode("utf-8").partition("\r\n\r\n")
    rows = list(csv.DictReader(io.StringIO(table)))
    columns = {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}
    return dict(line.split(",", 1) for line in head.splitlines()), columns


def test_a_map_is_of_what_lay_on_the_points_when_it_began() -> None:
    port = OnThreePoints(WAFER)
    port.acted("gauge/laid/1", "W-laid-1", 15.0)
    about, _ = last(port, 57.0)
    assert about["Wafer ID"] == "W-laid-1" and about["Serial Number"] == "SIM-5"
    assert (about["Origin"], about["Notch"], about["Diameter (mm)"]) == ("centre", "-y", "50.8")


def test_both_faces_are_heights_upwards_and_the_edge_is_read_too_far() -> None:
    port = OnThreePoints(WAFER)
    port.acted("gauge/laid/1", "W-laid-1", 15.0)
    _, seen = last(port, 57.0)
    x, y = seen["X (mm)"], seen["Y (mm)"]
    radius = np.hypot(x, y)
    assert radius.max() <= 25.4 - EDGE and len(x) > 400
    thick = seen["Front (um)"] - seen["Back (um)"]
    inner, outer = thick[radius < 20.0], thick[radius > 24.2]
    assert inner.mean() == pytest.approx(650.0, rel=0.02)
    assert inner.std() < 0.3
    assert len(outer) and outer.mean() < inner.mean() - 0.3
