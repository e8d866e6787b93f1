from __future__ import annotations

import numpy as np
import pytest

from procedures.methods.voltammetry.arrays import Answer, counted, height


def test_arrays_are_counted_by_their_peaks() -> None:
    answers = [Answer(n + 1, peak, 1e-9) for n, peak in enumerate([2e-5, 2.1e-5, 3e-6, 1e-9])]
    assert counted(answers) == (2, 3)
    assert counted([Answer(1, 1e-10, 1e-9)]) == (0, 0)


def test_a_peak_stands_over_its_baseline() -> None:
    potential = np.linspace(-0.1, 0.5, 61)
    noise = 1e-9 * np.random.default_rng(5).standard_normal(61)
    current = 1e-6 * potential + 2e-5 * np.exp(-(((potential - 0.25) / 0.05) ** 2)) + noise
    peak, spread = height(potential, current)
    assert peak == pytest.approx(2e-5, rel=0.01)
    assert 0.4e-9 < spread < 2e-9
