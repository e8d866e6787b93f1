"""A line in JCAMP-DX and CSV, by other readers."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pytest

from tests.sim_backends.emulators.files.written import SEEDS, SERIAL, first, truth


def check_line(x: Any, y: Any) -> None:
    strong = y > 0.1 * y.max()
    centre = (x[strong] * y[strong]).sum() / y[strong].sum()
    assert centre * 1e-9 == pytest.approx(truth("jcamp_dx")["wavelength"], abs=0.12e-9)
    assert 40000 < y.max() < 65535


@pytest.mark.parametrize("seed", SEEDS)
def test_a_spectrum_as_jcamp(seed: int) -> None:
    head, _, table = first("jcamp_dx", seed).decode("ascii").partition("##XYDATA=(X++(Y..Y))")
    labels = dict(line[2:].split("=", 1) for line in head.splitlines())
    table, _, rest = table.partition("##END=")
    assert labels["$SERIAL NUMBER"] == SERIAL and labels["XUNITS"] == "NANOMETERS"
    assert not rest.strip()
    rows = [[float(word) for word in line.split()] for line in table.split("\r\n") if line]
    y = np.array([value for row in rows for value in row[1:]])
    x = np.linspace(float(labels["FIRSTX"]), float(labels["LASTX"]), int(labels["NPOINTS"]))
    assert x.size == y.size == 801
    # The abscissa before each line is that of its first ordinate.
    starts = np.cumsum([0, *(len(row) - 1 for row in rows[:-1])])
    assert [row[0] for row in rows] == pytest.approx([x[at] for at in starts])
    check_line(x, y)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_spectrum_as_csv(seed: int) -> None:
    head, _, table = first("spectrum_csv", seed).decode("utf-8").partition("\r\n\r\n")
    assert f"Serial Number,{SERIAL}" in head.splitlines()
    rows = list(csv.DictReader(io.StringIO(table)))
    x = np.array([float(row["Wavelength (nm)"]) for row in rows])
    check_line(x, np.array([float(row["Intensity (counts)"]) for row in rows]))


def test_lines_of_jcamp_are_short() -> None:
    assert max(map(len, first("jcamp_dx").decode("ascii").splitlines())) <= 80
