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
