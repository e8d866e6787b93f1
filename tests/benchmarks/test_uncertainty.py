"""A 200-point current-voltage sweep with 10,000 draws, beside numpy's own draw of its block."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from labctl.evidence import Accuracy, Reading
from labctl.uncertainty import DRAWS, Draws, MonteCarlo
from procedures.analysis import iv
from tests.benchmarks.figures import FIGURES, Figure

POINTS = 200
RUNS = 5
VOLT = Accuracy("voltage", 2.0, "V", gain=1.2e-4, offset=3e-4, source="sheet", noise=1e-5)
AMPERE = Accuracy("current", 0.1, "A", gain=3e-4, offset=2e-5, source="sheet", noise=1e-6)

VOLTS = np.linspace(0.0, 1.2, POINTS)
AMPERES = 0.04 * (1.0 - np.expm1(VOLTS / 0.06) / np.expm1(1.1 / 0.06))


def readings(values: Draws, line: Accuracy) -> list[Reading]:
    return [
        Reading(float(value), line.unit, float(i), 0.0, "visa://x", "A", line)
        for i, value in enumerate(values)
    ]


def power(mc: MonteCarlo) -> Draws:
    """Maximum power in W of the whole sweep: every point is drawn, none is left out first."""
    current = mc.readings(readings(AMPERES, AMPERE))
    return iv.maximum_power(mc.readings(readings(VOLTS, VOLT)), current).power


def floor() -> None:
    """Normal draws for the noise of both columns of points."""
    rng = np.random.default_rng(1)
    for _ in range(2):
        rng.standard_normal((DRAWS, POINTS))


def median(run: Callable[[], object]) -> float:
    took: list[float] = []
    for _ in range(RUNS):
        began = time.perf_counter()
        run()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def test_a_sweep_of_200_points() -> None:
    mc = MonteCarlo(seed=1)
    figure = mc.figure(power(mc), "W")
    assert 0.0 < figure.u < 1e-3 * figure.value
    ours, least = median(lambda: power(MonteCarlo(seed=1))), median(floor)
    FIGURES.append(Figure("200-point sweep, 10,000 draws", ours, least, "s", RUNS, 0.3))
    checked = median(lambda: MonteCarlo(seed=1).first_order(power))
    FIGURES.append(Figure("  its first-order check, 402 errors", checked, least, "s", RUNS))
