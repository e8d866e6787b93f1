"""Bars of known height under bow, tilt and noise."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from procedures.analysis.step_height import NoBar, edges, step_heights


def bar(height: float, first: int = 90, last: int = 170) -> NDArray[np.float64]:
    y, x = np.mgrid[0:256, 0:256] / 256.0 - 0.5
    ground = 2e-8 * x + 1e-8 * y + 1.2e-8 * x * x
    noise = 3e-10 * np.random.default_rng(1).standard_normal(ground.shape)
    out = ground + noise
    out[:, first : last + 1] += height
    return out


@pytest.mark.parametrize("height", [44e-9, 180e-9])
def test_height_is_that_of_the_bar(height: float) -> None:
    found = step_heights(bar(height))
    assert found.mean() == pytest.approx(height, abs=0.05e-9)
    assert found.std() < 0.2e-9


def test_edges_are_those_of_the_bar() -> None:
    assert edges(bar(44e-9)) == (90, 169 + 1)


def test_what_is_no_bar_is_refused() -> None:
    two = bar(44e-9, 60, 100) + bar(44e-9, 150, 190)
    with pytest.raises(NoBar, match="single bar"):
        step_heights(two)
    with pytest.raises(NoBar, match="flat land"):
        step_heights(bar(44e-9, 36, 219))
