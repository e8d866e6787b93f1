from __future__ import annotations

import numpy as np
import pytest

from procedures.methods.laser.straight import straight

X = np.linspace(70.0, 140.0, 9)


def test_a_line_is_found_with_its_crossing() -> None:
    noise = np.random.default_rng(1).normal(0.0, 0.1, len(X))
    found = straight(X, 0.7 * (X - 50.0) + noise)
    assert found.slope == pytest.approx(0.7, abs=4.0 * found.u)
    assert found.crossing == pytest.approx(50.0, abs=0.5)
    assert 0.03 < found.scatter < 0.3
    assert not found.is_bent


def test_a_bend_is_told() -> None:
    noise = np.random.default_rng(1).normal(0.0, 0.02, len(X))
    assert straight(X, 0.7 * (X - 50.0) - 1e-3 * (X - 70.0) ** 2 + noise).is_bent


def test_straight_lines_are_seldom_called_bent() -> None:
    rng = np.random.default_rng(2)
    bent = [straight(X, X + rng.normal(0.0, 1.0, len(X))).is_bent for _ in range(500)]
    assert sum(bent) <= 2
