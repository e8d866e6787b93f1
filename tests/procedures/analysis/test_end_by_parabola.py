"""The end of a bending fade, from synthetic checks whose end is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from labctl.errors import Defect
from procedures.analysis.end_by_parabola import bent_crossing, checks_beside
from procedures.analysis.end_of_life import Near, crossing, near

COUNTS = 2.0 + 502.0 * np.arange(16)


def told(retention: np.ndarray, threshold: float = 0.6) -> float:
    """Cycles to the threshold by the parabola."""
    beside = checks_beside(retention, threshold)
    part = slice(beside.first, beside.last)
    return float(bent_crossing(COUNTS[part], retention[None, part], threshold)[0])


@pytest.mark.parametrize("life", [2300.0, 4500.0, 6000.0, 7100.0])
def test_a_fade_that_slows_down_ends_where_it_ends(life: float) -> None:
    retention: NDArray[np.float64] = np.power(0.6, COUNTS / life)
    beside = near(retention, 0.6)
    line = crossing(COUNTS, retention[None], 0.6)[0]
    assert beside.last - beside.first == 4
    assert line - life > 5.0 * abs(told(retention) - life)
    assert told(retention) == pytest.approx(life, rel=3e-3)


def test_a_straight_fade_ends_where_its_line_does() -> None:
    assert told(1.0 - 0.4 * COUNTS / 5000.0) == pytest.approx(5000.0, rel=1e-9)


def test_each_row_has_its_own_end() -> None:
    rows = 0.6 ** (COUNTS[8:14] / np.array([[5000.0], [5200.0]]))
    assert bent_crossing(COUNTS[8:14], rows, 0.6) == pytest.approx([5000.0, 5200.0], rel=1e-3)


def test_scatter_moves_it_no_more_than_it_moves_the_line() -> None:
    clean = 0.6 ** (COUNTS / 6000.0)
    rows = clean + 1e-3 * np.random.default_rng(2).normal(size=(4000, len(COUNTS)))
    beside = checks_beside(clean, 0.6)
    bent = bent_crossing(
        COUNTS[beside.first : beside.last], rows[:, beside.first : beside.last], 0.6
    )
    straight = crossing(COUNTS, rows, 0.6)
    assert np.std(bent) < 1.1 * np.std(straight)


def test_few_checks_are_enough_where_the_end_comes_early() -> None:
    assert checks_beside([1.0, 0.8, 0.55, 0.4], 0.6) == Near(0, 4)
    assert checks_beside([1.0, 0.5, 0.45, 0.4], 0.6) == Near(0, 4)
    assert checks_beside([1.0, 0.9, 0.8, 0.7, 0.65, 0.62, 0.59, 0.55], 0.6) == Near(2, 8)


@pytest.mark.parametrize(
    "values", [[1.0, 0.9, 0.8], [1.0, 0.9, 0.8, 0.7, 0.65], [0.5, 0.4, 0.3, 0.2]]
)
def test_no_end_is_a_defect(values: list[float]) -> None:
    with pytest.raises(Defect, match="checks lie above"):
        checks_beside(values, 0.6)


def test_checks_that_do_not_fall_are_a_defect() -> None:
    with pytest.raises(Defect, match="do not fall"):
        bent_crossing(COUNTS[:6], np.array([[0.5, 0.55, 0.6, 0.62, 0.63, 0.64]]), 0.6)
