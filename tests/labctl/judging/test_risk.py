from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.evidence import Count, Figure
from labctl.judging.estimates import Estimate
from labctl.judging.limits import Side
from labctl.judging.risk import conformance
from tests.labctl.judged import brisk, criterion, figure, row


@pytest.mark.parametrize(
    ("y", "risk"),
    [(20.0, 0.5), (21.0, 0.02275), (20.5, 0.158655), (19.5, 0.158655), (18.0, 3.167e-5)],
)
def test_risk_against_one_limit(y: float, risk: float) -> None:
    found = row(criterion(">=", 20), Figure(y, "%", 0.5, y - 1, y + 1))
    assert found.risk == pytest.approx(risk, rel=1e-2)


def test_jcgm_106_example_of_an_interval() -> None:
    """JCGM 106, 8.3.3: breakdown voltage -5.47 V, u = 0.05 V, limits -5.7 V to -4.7 V."""
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
