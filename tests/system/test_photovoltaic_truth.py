"""Measured values against true ones, which no procedure knows: slope and spread."""

from __future__ import annotations

from pathlib import Path

import pytest

from ci.soak.comparison import Comparison, line_through, summary
from ci.soak.devices import TRUE_VALUES, measure
from tests.system.photovoltaic_bench import FEW

QUICK = {"1.1-03": ("FAIL", "PASS"), "1.1-05": ("PASS", "FAIL")}
"""By item: the outcomes at the lowest and at the highest of the five true values."""

SEEDS = 12
"""Devices of an item, each on its own bench."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("item", QUICK)
def test_measured_on_true_is_a_line_of_slope_one(tmp_path: Path, item: str) -> None:
    values = TRUE_VALUES[item]
    first = 50 + SEEDS * list(QUICK).index(item)
    found = [
        measure(item, values[index % len(values)], first + index, tmp_path, FEW)
        for index in range(SEEDS)
    ]
    assert_straight(found)
    assert_honest(found)
    outcomes = {values[0]: QUICK[item][0], values[-1]: QUICK[item][1]}
    assert all(one.outcome == outcomes.get(one.true, one.outcome) for one in found)


def assert_straight(found: list[Comparison]) -> None:
    """Slope 1 and intercept 0 within 3 u, and the true values far enough from each other."""
    line = line_through(found)
    print(line)
    assert abs(line.slope - 1.0) <= 3 * line.u_slope
    assert abs(line.intercept) <= 3 * line.u_intercept
    assert line.u_slope < 0.1


def assert_honest(found: list[Comparison]) -> None:
    """Chi-square of the differences and their mean, within 0.1 % at either end."""
    total = summary(found)
    print(total)
    assert SEEDS == 12 and 2.21 <= total.rms_z**2 * SEEDS <= 32.9
    assert abs(total.mean_z) <= 3.29 / SEEDS**0.5
