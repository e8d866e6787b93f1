"""Modulus and strength of a specimen from a CSV of its tensile test."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pytest

from tests.sim_backends.emulators.files.written import SEEDS, SERIAL, first, truth


def check_pull(load: Any, strain: Any) -> None:
    """N and strain of a specimen of 25 mm2."""
    known = truth("tdms")
    stress = load / 25e-6
    assert stress.max() == pytest.approx(known["strength"], rel=0.007)
    elastic = (stress > 20e6) & (stress < 120e6) & (np.arange(load.size) < np.argmax(load))
    assert elastic.sum() > 10
    slope = np.polyfit(strain[elastic], stress[elastic], 1)[0]
    assert slope == pytest.approx(known["modulus"], rel=0.02)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_tensile_curve_as_csv(seed: int) -> None:
    lines = list(csv.reader(io.StringIO(first("tensile_csv", seed).decode("utf-8"))))
    assert ["Serial number", SERIAL] in lines
    at = next(i for i, line in enumerate(lines) if line[:1] == ["Time"])
    assert lines[at + 1] == ["(s)", "(mm)", "(N)", "(mm/mm)"]
    values = np.array(lines[at + 2 :], dtype=float)
    check_pull(values[:, 2], values[:, 3])
