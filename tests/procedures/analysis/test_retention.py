"""Relative figures, as the indicator map defines them."""

from __future__ import annotations

import numpy as np
import pytest

from procedures.analysis.retention import relative_loss, retention


def test_loss_and_retention_are_complements() -> None:
    before, after = np.array([20.0, 25.0]), np.array([19.0, 26.0])
    assert relative_loss(before, after) == pytest.approx([0.05, -0.04])
    assert retention(before, after) + relative_loss(before, after) == pytest.approx([1.0, 1.0])
