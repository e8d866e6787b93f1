from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.evidence import Count, Figure
from labctl.judging.estimates import NORMAL_95, Estimate
from labctl.judging.limits import Side
from labctl.judging.outcome import Outcome
from labctl.judging.risk import conformance
from tests.labctl.judged import brisk, criterion, figure, row


@pytest.mark.parametrize(
    ("y", "risk"),
    [(20.0, 0.5), (21.0, 0.02275), (20.5, 0.158655), (19.5, 0.158655), (18.0, 3.167e-5)],
)
def test_risk_against_one_limit(y: float, risk: float) -> None:
    found = row(criterion(">=", 20), Figure(y, "%", 0.5))
    assert found.risk == pytest.approx(risk, rel=1e-2)


def test_two_limits_by_the_closed_form() -> None:
    """JCGM 106, 7.4: p = Phi((T_U - y) / u) - Phi((T_L - y) / u); here 1.4 u and 0.6 u away."""
    y, u = 10.0, 0.5
    sides = (Side(y - 0.6 * u, upper=False), Side(y + 1.4 * u, upper=True))
    found = Estimate(y, u, y - NORMAL_95 * u, y + NORMAL_95 * u)
    assert conformance(found, sides) == pytest.approx(0.919243 - 0.274253, abs=1e-6)


def test_a_narrow_interval_between_wide_limits() -> None:
    sides = (Side(-5.7, upper=False), Side(-4.7, upper=True))
    found = Estimate(-5.47, 0.05, -5.57, -5.37)
    assert conformance(found, sides) == pytest.approx(1.0, abs=1e-4)
    assert conformance(Estimate(-5.7, 0.05, -5.8, -5.6), sides) == pytest.approx(0.5)


def test_exact_and_undecided_rows() -> None:
    assert row(criterion(">=", 20), figure(21.0)).risk == 0.0
    assert row(criterion(">=", 20), figure(19.0)).risk == 0.0
    assert row(criterion(">=", 20), None).risk is None
    assert row(criterion(">=", 5, "patent"), Count(6, 6, "patent")).risk == 0.0


@brisk
@given(st.floats(-5, 5), st.floats(0.01, 3))
def test_a_decision_by_the_estimate_is_more_often_right(y: float, u: float) -> None:
    found = row(criterion("<=", 0.5), Figure(y, "%", u))
    assert found.risk is not None
    assert 0.0 <= found.risk <= 0.5 + 1e-9


def drawn(shape: str, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    shapes = {
        "normal": lambda: rng.standard_normal(400_000),
        "rectangular": lambda: rng.uniform(-1.0, 1.0, 400_000),
        "skewed": lambda: rng.lognormal(0.0, 0.4, 400_000),
        "t": lambda: rng.standard_t(4, 400_000),
    }
    return shapes[shape]()


@pytest.mark.parametrize("shape", ["normal", "rectangular", "skewed", "t"])
def test_risk_at_the_ends_of_the_interval_is_that_of_the_draws(shape: str) -> None:
    """Simulation: the share of draws beyond a limit at an end, at the median, and between."""
    draws = drawn(shape, 7)
    y = float(np.median(draws))
    lo, hi = (float(q) for q in np.quantile(draws, (0.025, 0.975)))
    found = Estimate(y, float(draws.std()), lo, hi)
    for limit in (lo, y, hi):
        inside = conformance(found, [Side(limit, upper=True)])
        assert inside == pytest.approx(np.mean(draws <= limit), abs=2e-3)
        assert conformance(found, [Side(limit, upper=False)]) == pytest.approx(
            1 - inside, abs=1e-12
        )
    between = conformance(found, [Side((y + hi) / 2, upper=True)])
    assert between == pytest.approx(np.mean(draws <= (y + hi) / 2), abs=0.12)


@pytest.mark.parametrize("shape", ["normal", "rectangular", "skewed", "t"])
def test_a_pass_carries_at_most_a_fortieth(shape: str) -> None:
    draws = drawn(shape, 8)
    lo, hi = (float(q) for q in np.quantile(draws, (0.025, 0.975)))
    figure = Figure(float(np.median(draws)), "%", float(draws.std()), lo, hi)
    found = row(criterion("<=", hi), figure)
    assert found.outcome == Outcome.PASS
    assert found.risk == pytest.approx(0.025, abs=1e-9)


def test_consumers_risk_over_many_devices_is_the_mean_specific_risk() -> None:
    """JCGM 106, 9.4: what is wrongly accepted over a production is the mean of specific risks.

    The devices' true values are known to be spread so widely that their readings say all of them.
    """
    rng = np.random.default_rng(9)
    true = rng.uniform(-5.0, 5.0, 20_000)
    read = true + 0.3 * rng.standard_normal(len(true))
    limit = [Side(0.0, upper=True)]
    half = 0.3 * NORMAL_95
    accepted = read <= 0.0
    risks = [
        1 - conformance(Estimate(y, 0.3, y - half, y + half), limit)
        for y in read[accepted].tolist()
    ]
    wrong = int(np.count_nonzero(true[accepted] > 0.0))
    assert wrong == pytest.approx(sum(risks), abs=4 * np.sqrt(sum(risks)))


@brisk
@given(st.floats(-3, 3), st.floats(0.1, 2), st.floats(0.1, 2), st.floats(-3, 3))
def test_conformance_rises_with_the_limit(y: float, down: float, up: float, limit: float) -> None:
    found = Estimate(y, (down + up) / 4, y - down, y + up)
    less, more = (conformance(found, [Side(limit + d, upper=True)]) for d in (0.0, 0.1))
    assert 0.0 <= less <= more <= 1.0
