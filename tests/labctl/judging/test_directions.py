from __future__ import annotations

import pytest

from labctl.catalogue import load
from labctl.judging.directions import judge_direction, set_outcomes
from labctl.judging.outcome import Outcome

CATALOGUE = load()


def outcomes(direction: str, **by_letter: Outcome) -> dict[str, Outcome]:
    members = CATALOGUE.direction(direction).indicators
    return {i.id: by_letter[i.alternatives or "common"] for i in members}


P, F, CP, N = Outcome.PASS, Outcome.FAIL, Outcome.CONDITIONAL_PASS, Outcome.INCOMPLETE


@pytest.mark.parametrize(
    ("a", "b", "expected"), [(P, F, P), (F, P, P), (F, F, F), (CP, F, CP), (F, N, N)]
)
def test_one_set_of_alternatives_is_enough(a: Outcome, b: Outcome, expected: Outcome) -> None:
    found = outcomes("4.1", A=a, B=b)
    assert judge_direction(CATALOGUE.direction("4.1"), found) is expected


@pytest.mark.parametrize(
    ("common", "a", "b", "expected"), [(P, F, P, P), (F, P, P, F), (CP, F, P, CP), (P, F, F, F)]
)
def test_indicators_without_a_letter_all_count(
    common: Outcome, a: Outcome, b: Outcome, expected: Outcome
) -> None:
    direction = CATALOGUE.direction("7.1")
    found = outcomes("7.1", common=common, A=a, B=b)
    assert judge_direction(direction, found) is expected
    assert set_outcomes(direction, found) == {"": common, "A": a, "B": b}


def test_one_member_spoils_its_set() -> None:
    found = outcomes("4.1", A=P, B=F)
    found["4.1-03"] = F
    assert judge_direction(CATALOGUE.direction("4.1"), found) is F


def test_a_direction_without_alternatives_and_without_outcomes() -> None:
    direction = CATALOGUE.direction("1.1")
    assert judge_direction(direction, outcomes("1.1", common=P)) is P
    assert judge_direction(direction, {}) is N
