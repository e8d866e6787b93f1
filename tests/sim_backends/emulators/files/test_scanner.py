"""A grating in a map, and the scanner that sees it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from sim_backends.emulators.files.scanner import POINTS, WIDTH, Scanner
from sim_backends.streams import stream
from sim_backends.worlds.reference.files import GRATING
from tests.sim_backends.emulators.files.written import SEEDS, truth


def basis(count: int, pitch: float, period: float) -> Any:
    """Sine, cosine and constant along a row, shape (3, count)."""
    x = 2.0 * math.pi * np.arange(count) * pitch / period
    return np.stack([np.sin(x), np.cos(x), x**0])


def fitted(row: Any, pitch: float, period: float) -> tuple[float, Any]:
    """Sum of squares that is left of `row`, and the factors of `basis`."""
    functions = basis(row.size, pitch, period)
    factors = np.linalg.lstsq(functions.T, row, rcond=None)[0]
    return float(((row - factors @ functions) ** 2).sum()), factors


def check_grating(heights: Any, pitch: float) -> None:
    """Heights in m, pitch of the pixels in m."""
    known = truth("gwy")
    row = heights.mean(axis=0)
    periods = known["pitch"] * np.linspace(0.97, 1.03, 241)
    best = min(periods, key=lambda period: fitted(row, pitch, period)[0])
    assert best == pytest.approx(known["pitch"], rel=0.006)
    factors = fitted(row, pitch, best)[1]
    assert 2.0 * math.hypot(*factors[:2]) == pytest.approx(known["depth"], rel=0.012)
    rough = float(np.std(heights - factors @ basis(row.size, pitch, best)))
    assert rough == pytest.approx(known["roughness"], rel=0.25)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_scan(seed: int) -> None:
    scanner = Scanner(GRATING, stream(seed, "scanner"))
    check_grating(scanner.scan(0.0), WIDTH / POINTS)
    assert not np.array_equal(scanner.scan(0.0), scanner.scan(0.0))
