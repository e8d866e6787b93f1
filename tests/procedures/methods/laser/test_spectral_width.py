from __future__ import annotations

import numpy as np
import pytest

from procedures.methods.laser.spectral_width import bare, is_bell_like


def test_the_filter_is_taken_off_in_squares() -> None:
    assert bare(np.array([5.0, 3.0]), 4.0) == pytest.approx([3.0, 0.0])


def test_a_lorentzian_is_not_bell_like() -> None:
    assert is_bell_like(np.array([[1.0, 1.82], [1.0, 1.83]]))
    assert not is_bell_like(np.array([[1.0, 3.0]]))
