"""Batched least squares against numpy's own."""

from __future__ import annotations

import numpy as np
import pytest

from procedures.analysis import polynomials


def test_fit_is_numpys_for_every_draw() -> None:
    rng = np.random.default_rng(1)
    x = np.sort(rng.uniform(-1, 1, (5, 40)), axis=1)
    y = rng.standard_normal((5, 40))
    ours = polynomials.fit(x, y, 3)
    for row in range(5):
        assert ours[row] == pytest.approx(np.polynomial.polynomial.polyfit(x[row], y[row], 3))


def test_maximum_is_the_vertex_or_the_end() -> None:
    vertex = np.array([[1.0, 0.6, -1.0], [0.0, 1.0, 0.0], [0.0, -1.0, 0.0]])
    place, height = polynomials.maximum(vertex, -1.0, 1.0)
    assert place == pytest.approx([0.3, 1.0, -1.0])
    assert height == pytest.approx([1.09, 1.0, 1.0])


def test_more_draws_than_are_worked_on_at_a_time() -> None:
    rng = np.random.default_rng(3)
    x = np.linspace(-1.0, 1.0, 25) + 1e-3 * rng.standard_normal((2 * polynomials.BLOCK + 3, 25))
    y = 1.0 - (x - 0.2) ** 2 + 1e-3 * rng.standard_normal(x.shape)
    found = polynomials.fit(x, y, 4)
    place, height = polynomials.maximum(found, -1.0, 1.0)
    for row in (0, polynomials.BLOCK - 1, polynomials.BLOCK, len(x) - 1):
        alone = polynomials.fit(x[row : row + 1], y[row : row + 1], 4)
        assert found[row] == pytest.approx(alone[0], rel=1e-12)
        assert found[row] == pytest.approx(np.polynomial.polynomial.polyfit(x[row], y[row], 4))
        assert (place[row], height[row]) == pytest.approx((0.2, 1.0), abs=0.02)
