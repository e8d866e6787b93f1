"""Scores of true values: among draws, in an interval, and by a count of trials."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from scipy.stats import binom, kstest

from labctl.evidence import Figure
from labctl.proficiency.scores import mean, rms, z_of_count, z_of_draws, z_of_interval


def scores(counted: float, true: float, trials: int, groups: int = 1) -> np.ndarray:
    """z of `true` in 2,000 series whose events come at the rate `counted`, `groups` at once."""
    rng = np.random.default_rng(11)
    events = groups * rng.binomial(trials // groups, counted, 2000)
    shares = rng.uniform(size=2000)
    pairs = zip(events, shares, strict=True)
    return np.array([z_of_count(int(k), trials, true, float(share)) for k, share in pairs])


def test_half_of_the_draws_below_is_zero() -> None:
    assert z_of_draws([1.0, 2.0, 3.0, 4.0], 2.5) == 0.0
    assert z_of_draws([1.0, 2.0], 9.0) == pytest.approx(NormalDist().inv_cdf(0.75))
    assert z_of_interval(Figure(1.0, "V", 0.5, 0.0, 2.0), 2.0) == pytest.approx(1.95996, rel=1e-4)


@pytest.mark.parametrize(("events", "trials", "rate"), [(0, 5, 0.3), (3, 40, 0.05), (7, 7, 0.9)])
@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_a_count_stands_between_the_steps_of_the_binomial(
    events: int, trials: int, rate: float, share: float
) -> None:
    above = binom.sf(events, trials, rate) + share * binom.pmf(events, trials, rate)
    inside = min(max(float(above), 1e-300), 1.0 - 1e-16)
    found = z_of_count(events, trials, rate, share)
    if 1e-12 < above < 1.0 - 1e-12:
        assert found == pytest.approx(NormalDist().inv_cdf(inside), abs=1e-9)
    else:
        assert abs(found) > 6.0


def test_a_true_rate_above_the_count_is_positive_as_with_draws() -> None:
    assert z_of_count(2, 100, 0.10, 0.5) > 2.0
    assert z_of_count(20, 100, 0.10, 0.5) < -2.0


def test_both_tails_keep_their_digits() -> None:
    assert z_of_count(60, 100, 0.01, 0.5) < -15.0
    assert z_of_count(40, 100, 0.99, 0.5) > 15.0


def test_what_cannot_be_is_infinitely_far() -> None:
    assert z_of_count(1, 10, 0.0, 0.5) == -math.inf
    assert z_of_count(9, 10, 1.0, 0.5) == math.inf
    assert z_of_count(0, 10, 0.0, 0.5) == 0.0


@pytest.mark.parametrize("trials", [5, 72, 600])
@pytest.mark.parametrize("rate", [0.003, 0.05, 0.9])
def test_an_honest_count_is_standard_normal(trials: int, rate: float) -> None:
    assert kstest(scores(rate, rate, trials), "norm").pvalue > 0.01


def test_a_dishonest_count_is_seen() -> None:
    missed = list(scores(0.03, 0.05, 400))
    assert mean(missed) > 1.0
    in_clusters = list(scores(0.05, 0.05, 400, groups=4))
    assert rms(in_clusters) > 1.7
