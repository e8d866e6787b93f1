"""Rates: golden numbers of trials, bounds against the binomial distribution, blocks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from labctl.errors import Defect
from labctl.uncertainty.rates import SIDE, clopper_pearson, in_blocks, trials_for
from tests.labctl.judged import brisk


@pytest.mark.parametrize(("events", "trials"), [(0, 72), (1, 110), (3, 173)])
def test_how_many_trials_pass_five_percent(events: int, trials: int) -> None:
    assert clopper_pearson(events, trials)[1] <= 0.05 < clopper_pearson(events, trials - 1)[1]
    assert trials_for(0.05, events) == trials


@pytest.mark.parametrize("limit", [1e-3, 1e-9, 1e-12])
def test_error_free_bits(limit: float) -> None:
    assert trials_for(limit) * limit == pytest.approx(3.7, rel=0.01)


@brisk
@given(st.integers(1, 400), st.data())
def test_each_bound_leaves_a_fortieth(trials: int, data: st.DataObject) -> None:
    events = data.draw(st.integers(0, trials))
    low, high = clopper_pearson(events, trials)
    assert 0.0 <= low <= events / trials <= high <= 1.0
    if events:
        assert binom.sf(events - 1, trials, low) == pytest.approx(SIDE, rel=1e-6)
    if events < trials:
        assert binom.cdf(events, trials, high) == pytest.approx(SIDE, rel=1e-6)


def test_the_bounds_hold_the_rate_as_often_as_they_say() -> None:
    """Simulation: with a number of trials that is fixed before, never less than 95 %."""
    rng = np.random.default_rng(3)
    for rate in (0.01, 0.05, 0.3):
        events = rng.binomial(120, rate, 2000)
        bounds = {k: clopper_pearson(int(k), 120) for k in set(events.tolist())}
        held = np.mean([bounds[k][0] <= rate <= bounds[k][1] for k in events.tolist()])
        assert held >= 0.94


@pytest.mark.parametrize(("events", "trials"), [(-1, 5), (6, 5), (0, 0)])
def test_what_is_no_count_of_trials(events: int, trials: int) -> None:
    with pytest.raises(Defect, match="trials"):
        clopper_pearson(events, trials)


@pytest.mark.parametrize("limit", [0.0, 1.0, -0.1])
def test_what_no_number_of_trials_shows(limit: float) -> None:
    with pytest.raises(Defect, match="cannot be shown"):
        trials_for(limit)


def test_dependent_trials_are_counted_in_blocks() -> None:
    bad = [False] * 10 + [True] * 10 + [False] * 9 + [True]
    assert in_blocks(bad, 10) == (2, 3)
    assert in_blocks(bad, 1) == (11, 30)
    for trials, length in ((bad, 7), (bad, 0), ([], 1)):
        with pytest.raises(Defect, match="whole blocks"):
            in_blocks(trials, length)


def test_blocks_keep_the_bound_honest_where_trials_hang_together() -> None:
    """Ten trials a start-up that fail together: counted alone they claim too much."""
    rng = np.random.default_rng(4)
    alone, blocks = 0, 0
    for _ in range(400):
        bad = np.repeat(rng.random(40) < 0.05, 10).tolist()
        alone += clopper_pearson(sum(bad), len(bad))[1] < 0.05
        blocks += clopper_pearson(*in_blocks(bad, 10))[1] < 0.05
    assert alone > 400 * 0.2
    assert blocks <= 400 * 0.05
