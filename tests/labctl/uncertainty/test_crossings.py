"""First crossings and widths come neither too early nor too wide by noise."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.errors import Defect
from labctl.uncertainty.crossings import first_crossing, width_at

TIME = np.arange(400.0)
NOISE = 0.05


def fading(rng: np.random.Generator) -> np.ndarray:
    """A course from 1 to 0 that passes 0.5 at 199.5, with noise of 20 steps."""
    return 1.0 - TIME / 399.0 + NOISE * rng.standard_normal(len(TIME))


def test_the_crossing_is_unbiased_and_its_u_honest() -> None:
    rng = np.random.default_rng(1)
    found, plain = [], []
    for _ in range(300):
        y = fading(rng)
        crossing = first_crossing(TIME, y, 0.5, 100)
        assert crossing is not None
        found.append(crossing)
        plain.append(TIME[int(np.argmax(y < 0.5))])
    at = np.array([each.at for each in found])
    assert np.mean(plain) < 185
    assert at.mean() == pytest.approx(199.5, abs=4 * at.std() / np.sqrt(300))
    assert np.mean([each.scatter.u for each in found]) == pytest.approx(at.std(), rel=0.25)


def test_weights_and_slope_propagate_a_common_error() -> None:
    y = 1.0 - TIME / 399.0
    crossing = first_crossing(TIME, y, 0.5, 40)
    moved = first_crossing(TIME, y + 0.01, 0.5, 40)
    assert crossing is not None
    assert moved is not None
    assert crossing.at == pytest.approx(199.5)
    assert crossing.weights @ y == pytest.approx(0.5)
    assert moved.at - crossing.at == pytest.approx(-0.01 * crossing.per_height * -1, rel=1e-6)


@pytest.mark.parametrize("level", [-0.5, 1.5])
def test_a_course_that_does_not_pass_has_no_crossing(level: float) -> None:
    assert first_crossing(TIME, 1.0 - TIME / 399.0, level, 20) is None


def test_rising_courses_cross_too_and_short_ones_are_refused() -> None:
    crossing = first_crossing(TIME, TIME / 399.0, 0.25, 20)
    assert crossing is not None
    assert crossing.at == pytest.approx(0.25 * 399)
    with pytest.raises(Defect, match="window"):
        first_crossing(TIME[:20], TIME[:20], 5.0, 12)


def test_the_width_of_a_noisy_peak() -> None:
    """A Gaussian of s = 50 is 2 sqrt(2 ln 2) s = 117.7 wide at half its height."""
    rng = np.random.default_rng(2)
    widths = []
    for _ in range(150):
        y = np.exp(-(((TIME - 200) / 50) ** 2) / 2) + 0.03 * rng.standard_normal(len(TIME))
        ends = width_at(TIME, y, 0.5, 20)
        assert ends is not None
        widths.append(ends[1].at - ends[0].at)
    assert np.mean(widths) == pytest.approx(117.7, abs=0.5 + 4 * np.std(widths) / np.sqrt(150))


def test_a_peak_at_the_edge_has_no_width() -> None:
    assert width_at(TIME, np.exp(-(((TIME - 5) / 50) ** 2) / 2), 0.5, 20) is None
