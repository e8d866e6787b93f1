from __future__ import annotations

import numpy as np
import pytest

from procedures.methods.laser.lines import line, width_at

NANO = 1e-9
X = np.linspace(1490e-9, 1510e-9, 2001)


def bell(width: float, x: np.ndarray = X) -> np.ndarray:
    return np.exp(-4.0 * np.log(2.0) * ((x - 1500e-9) / width) ** 2)


def test_area_over_background_is_free_of_the_filter() -> None:
    """A line of 1 mW over 1 W/m, seen through filters of 0.2 nm and 0.21 nm."""
    for width in (0.2e-9, 0.21e-9):
        noise_bandwidth = width * np.sqrt(np.pi / (4.0 * np.log(2.0)))
        shown = line(X, 1e-3 * bell(width) + 1.0 * noise_bandwidth)
        assert shown.area / (shown.background * 0.1e-9) == pytest.approx(1e-3 / 0.1e-9, rel=1e-3)
        assert shown.centre == pytest.approx(1500e-9, abs=0.01e-9)


def test_widths_of_a_bell() -> None:
    assert width_at(X, bell(0.3e-9), 0.5) == pytest.approx(0.3e-9, rel=2e-3)
    assert width_at(X, bell(0.3e-9), 0.1) == pytest.approx(0.3e-9 * 1.823, rel=2e-3)


def test_a_line_that_is_wider_than_its_window_has_no_width() -> None:
    assert np.isnan(width_at(X, bell(60e-9), 0.5))


def test_noise_does_not_narrow_a_line() -> None:
    rng = np.random.default_rng(1)
    fine = np.linspace(1499e-9, 1501e-9, 501)
    found = [
        width_at(fine, bell(0.2e-9, fine) * (1.0 + 0.01 * rng.standard_normal(len(fine))), 0.5)
        for _ in range(50)
    ]
    assert float(np.mean(found)) == pytest.approx(0.2e-9, rel=5e-3)
