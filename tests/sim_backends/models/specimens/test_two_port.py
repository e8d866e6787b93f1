from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.specimens.two_port import Attenuator


def test_an_attenuator_is_passive_and_reciprocal() -> None:
    f = np.array([0.0, 2.5e9])
    s = Attenuator(loss=10.0, return_loss=30.0, delay=100e-12).scattering(f, 0.0)
    assert np.array_equal(s, s.swapaxes(1, 2))
    assert -20.0 * np.log10(abs(s[:, 1, 0])) == pytest.approx([10.0, 10.0])
    assert np.angle(s[1, 1, 0]) == pytest.approx(-np.pi / 2.0)
    assert np.linalg.norm(s[1], 2) < 1.0
