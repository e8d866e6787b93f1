"""The bounds are those of METROLOGY's table, and the same rule between its rows."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.proficiency.bounds import BOUNDS, EDGES, bounds, by_rule, edge_bound
from labctl.proficiency.scores import mean, rms, z_of_draws


def test_the_table() -> None:
    assert [bounds(n).misses for n in (50, 100, 200)] == [8, 13, 21]
    assert [edge_bound(n) for n in (50, 100, 200)] == [6, 8, 13]
    assert edge_bound(0) == 0
    assert set(EDGES) == set(BOUNDS)


@pytest.mark.parametrize("draws", [50, 100, 200])
def test_the_rule_gives_the_table(draws: int) -> None:
    rule, table = by_rule(draws), BOUNDS[draws]
    assert rule.low == pytest.approx(table.low, abs=0.01)
    assert rule.high == pytest.approx(table.high, abs=0.01)
    assert rule.bias == pytest.approx(table.bias, abs=0.01)
    assert abs(rule.misses - table.misses) <= 1


def test_honest_procedures_are_rejected_about_once_in_a_thousand_a_test() -> None:
    z = np.random.default_rng(1).standard_normal((20_000, 50))
    limit, misses = bounds(50), np.count_nonzero(np.abs(z) > 1.96, axis=1)
    size = np.sqrt((z**2).mean(axis=1))
    assert np.mean(misses > limit.misses) < 0.003
    assert np.mean((size < limit.low) | (size > limit.high)) < 0.003
    assert np.mean(np.abs(z.mean(axis=1)) > limit.bias) < 0.003


def test_z_of_draws_is_finite_and_centred() -> None:
    draws = np.random.default_rng(2).normal(10.0, 2.0, 10_000)
    assert z_of_draws(draws, 12.0) == pytest.approx(1.0, abs=0.05)
    assert z_of_draws(draws, 1000.0) == pytest.approx(3.89, abs=0.01)
    assert z_of_draws(draws, -1000.0) == pytest.approx(-3.89, abs=0.01)
    assert z_of_draws(np.full(100, 5.0), 5.0) == 0.0
    assert (rms([3.0, -4.0]), mean([3.0, -4.0])) == (pytest.approx(12.5**0.5), -0.5)
    assert np.isnan(rms([]))
    assert np.isnan(mean([]))
