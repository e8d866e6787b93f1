"""Draws in blocks, adaptive draws, and unknown correlations."""

from __future__ import annotations

import math

import numpy as np
import pytest

from labctl.errors import Defect
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.correlation import larger
from labctl.uncertainty.propagation import adaptive, numerical_tolerance, propagate
from labctl.uncertainty.vectors import covariance_of, factor


def model(mc: MonteCarlo) -> Draws:
    return 1.0 + mc.normal("a") + mc.rectangular("b", 2.0)


def test_blocks_are_one_run_of_many_draws() -> None:
    mc = MonteCarlo(10_000, seed=1)
    column = propagate(model, 200_000, mc)
    assert column.shape == (200_001,)
    assert column[0] == 1.0
    assert column[1:].std() == pytest.approx(math.sqrt(1 + 4 / 3), rel=0.01)
    np.testing.assert_array_equal(column[:10_001], model(mc)[:, 0])
    assert len(np.unique(column)) == 200_001


def test_a_part_of_a_block_is_cut() -> None:
    assert propagate(model, 150, MonteCarlo(100, seed=2)).shape == (151,)


@pytest.mark.parametrize(
    ("u", "digits", "tolerance"),
    [(0.35, 2, 0.005), (0.35, 1, 0.05), (2.0, 2, 0.05), (9.96, 2, 0.5), (0.0, 2, 0.0)],
)
def test_numerical_tolerance(u: float, digits: int, tolerance: float) -> None:
    assert numerical_tolerance(u, digits) == pytest.approx(tolerance)


def test_the_adaptive_procedure_stops_at_its_tolerance() -> None:
    found = adaptive(model, MonteCarlo(10_000, seed=3), digits=2)
    assert found.u == pytest.approx(math.sqrt(1 + 4 / 3), abs=1.5 * found.tolerance)
    assert found.tolerance == 0.05
    assert found.draws >= 20_000
    with pytest.raises(Defect, match="do not settle"):
        adaptive(model, MonteCarlo(100, seed=3), digits=4, most=1_000)


def test_an_unknown_correlation_takes_the_larger_u() -> None:
    def total(mc: MonteCarlo) -> Draws:
        return mc.normal("a") + mc.normal("b")

    def difference(mc: MonteCarlo) -> Draws:
        return mc.normal("a") - mc.normal("b")

    mc = MonteCarlo(20_000, seed=4)
    figure, tied = larger(total, "V", [("a", "b")], mc)
    assert (figure.u, tied) == (pytest.approx(2.0, rel=0.03), {"b": "a"})
    figure, tied = larger(difference, "V", [("a", "b")], mc)
    assert (figure.u, tied) == (pytest.approx(math.sqrt(2), rel=0.03), {})


def test_tied_sources_are_one_for_the_budget_and_for_first_order() -> None:
    mc = MonteCarlo(20_000, seed=4, tied={"b": "a"})

    def total(each: MonteCarlo) -> Draws:
        return each.normal("a") + each.normal("b")

    assert mc.first_order(total).u == pytest.approx(2.0)
    lines = mc.budget(total, "total", draws=20_000)
    assert [(line.source, line.u) for line in lines] == [("a", pytest.approx(2.0, rel=0.03))]


def test_pairs_are_decided_one_after_the_other() -> None:
    def figure(mc: MonteCarlo) -> Draws:
        return mc.normal("a") + mc.normal("b") + mc.normal("c")

    found, tied = larger(figure, "V", [("a", "b"), ("b", "c")], MonteCarlo(20_000, seed=5))
    assert tied == {"b": "a", "c": "a"}
    assert found.u == pytest.approx(3.0, rel=0.03)


def test_joint_normal_draws_have_their_covariance() -> None:
    covariance = covariance_of([1.0, 1e-3], [[1.0, -0.7], [-0.7, 1.0]])
    drawn = MonteCarlo(100_000, seed=6).correlated("pair", [5.0, 0.0], covariance)
    assert drawn[0].tolist() == [5.0, 0.0]
    np.testing.assert_allclose(np.cov(drawn[1:], rowvar=False), covariance, rtol=0.03)


def test_a_singular_covariance_is_drawn_and_an_impossible_one_refused() -> None:
    both = MonteCarlo(100, seed=7).correlated("one", [0.0, 0.0], [[1.0, 2.0], [2.0, 4.0]])
    np.testing.assert_allclose(both[:, 1], 2 * both[:, 0], atol=1e-6)
    with pytest.raises(Defect, match="not positive"):
        factor([[1.0, 2.0], [2.0, 1.0]])
    with pytest.raises(Defect, match="not symmetric"):
        factor([[1.0, 0.5], [0.0, 1.0]])
