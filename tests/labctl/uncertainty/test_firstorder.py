"""First-order GUM beside the Monte Carlo: closed forms, keys, when it is told, and random models
against GTC, the uncertain-number library of the New Zealand laboratory."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable

import GTC
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labctl.errors import Defect
from labctl.evidence import Accuracy, Reading
from labctl.quantity import Quantity
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.shapes import student

NOISY = Accuracy("voltage", 2.0, "V", gain=1e-3, offset=1e-3, source="sheet", noise=0.01)


def series(n: int) -> list[Reading]:
    return [Reading(1.0, "V", float(i), 0.0, "visa://x", "A", NOISY) for i in range(n)]


def mean_of_readings(mc: MonteCarlo) -> Draws:
    return mc.readings(series(600)).mean(axis=1)


def test_common_errors_stay_whole_and_noise_shrinks() -> None:
    first = MonteCarlo(seed=1).first_order(mean_of_readings)
    shares = dict(first.shares)
    assert shares["A/voltage/2 V"] == pytest.approx(2e-3 / math.sqrt(3))
    assert shares["A/voltage/2 V/noise"] == pytest.approx(0.01 / math.sqrt(600))
    assert first.u == pytest.approx(math.hypot(*shares.values()))
    assert math.isinf(first.freedom)


def test_it_agrees_with_the_monte_carlo_of_a_linear_figure() -> None:
    mc = MonteCarlo(4_000, seed=2)
    figure = mc.figure(mean_of_readings(mc), "V")
    first = mc.first_order(mean_of_readings)
    assert first.value == figure.value
    assert not first.differs(figure)


def test_welch_and_satterthwaite() -> None:
    """JCGM 100, G.4.1 with its example: u 0.25, 0.57, 0.82 % of 10, 5, 15 readings: 19.0."""

    def model(mc: MonteCarlo) -> Draws:
        parts = ((0.25, 10), (0.57, 5), (0.82, 15))
        return np.sum([mc.certified(f"x{n}", u, student(n - 1)) for u, n in parts], axis=0)

    first = MonteCarlo(seed=3).first_order(model)
    assert round(first.u, 2) == 1.03
    assert round(first.freedom, 1) == 19.0
    assert first.expanded == pytest.approx(2.093 * first.u, rel=1e-3)


def test_a_t_is_compared_by_the_deviation_of_its_distribution() -> None:
    mc = MonteCarlo(100_000, seed=4)

    def model(each: MonteCarlo) -> Draws:
        return each.repeated("r", [1.0, 1.1, 0.9, 1.2, 1.0, 0.8])

    figure, first = mc.figure(model(mc), "V"), mc.first_order(model)
    assert first.deviation == pytest.approx(first.u * math.sqrt(5 / 3))
    assert not first.differs(figure)


def test_a_t_of_three_readings_is_compared_by_its_interval() -> None:
    mc = MonteCarlo(100_000, seed=5)

    def model(each: MonteCarlo) -> Draws:
        return each.repeated("r", [1.0, 1.1, 0.9])

    assert math.isinf(mc.first_order(model).deviation)
    assert not mc.first_order(model).differs(mc.figure(model(mc), "V"))


def test_a_curved_figure_is_told() -> None:
    mc = MonteCarlo(20_000, seed=6)

    def model(each: MonteCarlo) -> Draws:
        return np.exp(0.5 * each.normal("x"))

    first, figure = mc.first_order(model), mc.figure(model(mc), "dimensionless")
    assert first.differs(figure)
    assert first.difference(figure) > 0.05


def test_more_errors_than_can_be_moved_are_refused() -> None:
    with pytest.raises(Defect, match="reduce the series first"):
        MonteCarlo().first_order(lambda mc: mc.block("noise", "all", 20_001).sum(axis=1))


def test_a_figure_without_errors() -> None:
    mc = MonteCarlo(10)
    first = mc.first_order(lambda each: np.full(each.draws + 1, 3.0))
    assert (first.value, first.u, first.shares) == (3.0, 0.0, ())
    assert first.difference(mc.figure(np.full(11, 3.0), "V")) == 0.0


Step = tuple[str, int]
STEPS: dict[str, Callable[..., object]] = {
    "add": operator.add,
    "less": operator.sub,
    "times": operator.mul,
    "over": operator.truediv,
}
DRAWS = 4_000

inputs = st.lists(st.tuples(st.floats(1.0, 10.0), st.floats(1e-4, 1e-2)), min_size=2, max_size=4)
steps = st.lists(
    st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 3)), min_size=1, max_size=6
)


def through(start: list[object], plan: list[Step]) -> object:
    """The model: each step takes one more input, so that inputs come in more than once."""
    out = start[0]
    for name, index in plan:
        out = STEPS[name](out, start[index % len(start)])
    return out


def ours(
    given_inputs: list[tuple[float, float]], plan: list[Step]
) -> Callable[[MonteCarlo], Draws]:
    def model(mc: MonteCarlo) -> Draws:
        columns = [
            mc.quantity(f"x{i}", Quantity(x, "V", x * u)) for i, (x, u) in enumerate(given_inputs)
        ]
        out = through(list(columns), plan)
        assert isinstance(out, np.ndarray)
        return out

    return model


@settings(derandomize=True, max_examples=50, deadline=None)
@given(inputs, steps)
def test_first_order_and_monte_carlo_agree_with_gtc(
    given_inputs: list[tuple[float, float]], plan: list[Step]
) -> None:
    theirs = through([GTC.ureal(x, x * u) for x, u in given_inputs], plan)
    value, u = float(GTC.value(theirs)), float(GTC.uncertainty(theirs))
    mc = MonteCarlo(DRAWS, seed=7)
    model = ours(given_inputs, plan)
    first = mc.first_order(model)
    assert first.value == pytest.approx(value, rel=1e-9, abs=1e-12)
    scale = max(abs(value), 1.0) * max(u for _, u in given_inputs)
    # Central differences leave third-order terms, some u^2 of the inputs relative.
    assert first.u == pytest.approx(u, rel=2e-3, abs=2e-3 * scale)
    figure = mc.figure(model(mc), "V")
    # u of n normal draws scatters by 1 / sqrt(2 n); 5 of that, and second-order terms.
    assert figure.u == pytest.approx(u, rel=5 / np.sqrt(2 * DRAWS), abs=2e-2 * scale)


@settings(derandomize=True, max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(0.1, 3.0), st.integers(2, 40)), min_size=2, max_size=5))
def test_effective_degrees_of_freedom_agree_with_gtc(parts: list[tuple[float, int]]) -> None:
    theirs = sum(GTC.ureal(0.0, u, nu) for u, nu in parts)

    def model(mc: MonteCarlo) -> Draws:
        each = enumerate(parts)
        return np.sum([mc.certified(f"x{i}", u, student(nu)) for i, (u, nu) in each], axis=0)

    first = MonteCarlo().first_order(model)
    assert first.u == pytest.approx(GTC.uncertainty(theirs), rel=1e-9)
    assert first.freedom == pytest.approx(GTC.dof(theirs), rel=1e-6)


@settings(derandomize=True, max_examples=25, deadline=None)
@given(st.floats(-0.95, 0.95), st.floats(0.1, 2.0), st.floats(0.1, 2.0))
def test_correlated_inputs_agree_with_gtc(r: float, u: float, v: float) -> None:
    x, y = GTC.multiple_ureal([3.0, 5.0], [u, v], np.inf)
    GTC.set_correlation(r, x, y)
    theirs = 2.0 * x - y
    covariance = [[u * u, r * u * v], [r * u * v, v * v]]
    first = MonteCarlo().first_order(
        lambda mc: mc.correlated("xy", [3.0, 5.0], covariance) @ np.array([2.0, -1.0])
    )
    assert first.u == pytest.approx(GTC.uncertainty(theirs), rel=1e-6)
