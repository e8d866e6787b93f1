"""Ends of life out of checks whose fade is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.errors import Defect
from procedures.analysis.end_of_life import (
    crossing,
    is_over,
    last_above,
    near,
    repeats,
    retained,
)

COUNTS = np.arange(1.0, 8001.0, 250.0)


def fade(life: float, power: float, end: float = 0.6) -> np.ndarray:
    """Retention over `COUNTS` that reaches `end` at `life` cycles."""
    return 1.0 - (1.0 - end) * (COUNTS / life) ** power


@given(st.floats(2000.0, 7000.0), st.floats(0.7, 1.6), st.floats(1.0, 3e5))
def test_a_life_is_found_whatever_the_figure_is(life: float, power: float, first: float) -> None:
    kept = fade(life, power)
    figures = first * kept[None, :]
    found = crossing(COUNTS, retained(figures) * kept[0], 0.6)
    # A line through four checks, 250 cycles apart, leaves the bend of the fade there.
    assert found[0] == pytest.approx(life, abs=12.0)


@given(st.integers(0, 30))
def test_noise_of_the_checks_makes_no_life_shorter(seed: int) -> None:
    rng = np.random.default_rng(seed)
    noise = 0.004
    lives = [
        crossing(COUNTS, (fade(5000.0, 1.0) + noise * rng.standard_normal(32))[None, :], 0.6)[0]
        for _ in range(40)
    ]
    one = noise / (0.4 / 5000.0)
    assert abs(np.mean(lives) - 5000.0) < 4.0 * one / np.sqrt(40)
    assert np.std(lives) < one


def test_rows_cross_where_their_own_checks_say() -> None:
    kept = fade(5000.0, 1.0)
    rows = np.stack([kept, kept + 0.004, kept - 0.004])
    found = crossing(COUNTS, rows, 0.6)
    assert found == pytest.approx([5000.0, 5050.0, 4950.0], abs=1e-6)


def test_the_end_is_only_over_when_two_checks_lie_below() -> None:
    kept = list(fade(5000.0, 1.0))
    below = [index for index, value in enumerate(kept) if value < 0.6]
    assert not is_over(kept[: below[0] + 1], 0.6)
    assert is_over(kept[: below[1] + 1], 0.6)
    assert not is_over([0.5, 0.5, 0.5], 0.6)


def test_a_check_below_the_end_is_none_at_which_it_was_alive() -> None:
    assert last_above([1, 51, 101, 151], [1.0, 0.9, 0.61, 0.59], 0.6) == 101.0


def test_a_life_that_ends_right_after_the_first_check_is_read_too() -> None:
    kept = fade(300.0, 1.0)
    assert (near(kept, 0.6).first, near(kept, 0.6).last) == (0, 4)
    assert crossing(COUNTS, kept[None, :], 0.6)[0] == pytest.approx(300.0)


def test_what_is_not_crossed_or_told_is_refused() -> None:
    with pytest.raises(Defect, match="above the end of life"):
        near(fade(20000.0, 1.0), 0.6)
    with pytest.raises(Defect, match="no scatter"):
        repeats(COUNTS[:5], COUNTS[:5])
    with pytest.raises(Defect, match="do not fall"):
        crossing([1.0, 2.0, 3.0, 4.0], np.array([[0.7, 0.7, 0.1, 0.59]])[:, [2, 0, 1, 3]], 0.6)


@given(st.floats(1e-3, 1e-2), st.integers(0, 50))
def test_scatter_is_that_of_the_checks_and_not_of_the_fade(noise: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    found = repeats(COUNTS, fade(6000.0, 1.2) + noise * rng.standard_normal(32))
    assert found.freedom == 14
    assert 0.4 * noise < found.deviation < 1.8 * noise


def test_a_smooth_fade_has_no_scatter() -> None:
    assert repeats(COUNTS, fade(6000.0, 1.2)).deviation < 2e-4
