"""Every case of the table of rules, and that none of them can be read in two ways."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from labctl.evidence import Count, Figure, Present
from labctl.judging.limittext import limits_of
from labctl.judging.outcome import CHINESE, Outcome
from labctl.judging.record import RowVerdict
from labctl.judging.rounding import printed
from tests.labctl.judged import criterion, figure, row, span
from tests.labctl.judging.cases import TABLE, Case

CASES = [
    pytest.param(case, id=f"{name} {number}: {case.rule.op} {case.outcome}")
    for name, cases in TABLE.items()
    for number, case in enumerate(cases)
]
every_case = pytest.mark.parametrize("case", CASES)


def judged(case: Case) -> RowVerdict:
    return row(case.rule, case.result, case.agreement)


@every_case
def test_it_comes_to(case: Case) -> None:
    found = judged(case)
    assert found.outcome is case.outcome, found.reason
    assert case.reason in found.reason


@every_case
def test_it_says_its_limit_its_risk_and_its_word(case: Case) -> None:
    found = judged(case)
    assert (found.op, found.limit, found.key) == (case.rule.op, case.rule.value, case.rule.row)
    decided = found.outcome is not Outcome.INCOMPLETE
    doubtless = case.rule.op == "present" or "did not hold" in found.reason
    undecided = isinstance(case.result, Count) and case.outcome in (
        Outcome.CONDITIONAL_PASS,
        Outcome.CONDITIONAL_FAIL,
    )
    assert (found.risk is not None) == (decided and not doubtless and not undecided)
    if found.outcome is Outcome.PASS and found.risk is not None and not case.agreement:
        assert 0.0 <= found.risk <= 0.051
    assert found.outcome.zh == CHINESE[found.outcome]


@every_case
def test_what_is_printed_never_contradicts_the_decision(case: Case) -> None:
    found = judged(case)
    for part in found.ends or (found,):
        if not isinstance(part.value, float):
            continue
        text = printed(part)
        shown = [(part.value, text.value), (part.lo, text.lo), (part.hi, text.hi)]
        for exact, told in shown:
            if exact is None or not told:
                continue
            for limit in limits_of(part):
                assert (exact > limit) == (Decimal(told) > Decimal(repr(limit)))
                assert (exact < limit) == (Decimal(told) < Decimal(repr(limit)))


def test_the_words_are_fixed() -> None:
    words = ["合格", "有条件合格", "有条件不合格", "不合格", "无效", "未完成"]
    assert [outcome.zh for outcome in Outcome] == words


def test_the_table_has_every_rule_and_every_outcome() -> None:
    cases = [case for cases in TABLE.values() for case in cases]
    ops = {case.rule.op for case in cases}
    assert ops == {"<", "<=", ">", ">=", "==", "within", "between", "about", "covers", "present"}
    assert {case.outcome for case in cases} == set(Outcome) - {Outcome.INVALID}


def test_what_is_undecided_has_no_limits_to_print_against() -> None:
    present = row(criterion("present", unit=""), Present(True))
    assert limits_of(present) == () and printed(present).value == ""
    covers = row(criterion("covers", (1.0, 2.0), "V"), None)
    assert limits_of(covers) == (1.0, 2.0)


def test_a_number_that_no_short_text_tells_from_its_limit_gets_all_its_digits() -> None:
    close = 20.000000000000004
    found = row(criterion(">=", 20, "V"), Figure(close, "V"))
    assert Decimal(printed(found).value) == Decimal(repr(close))
    assert printed(row(criterion(">=", 20, "V"), Figure(20.5, "V"))).value == "20.5"


def test_a_range_with_an_end_that_is_not_decided_tells_no_risk() -> None:
    ends = span(figure(0.5, 0.1), Figure(2.5, "%", reasons=("censored",)))
    found = row(criterion("covers", (1.0, 2.0)), ends)
    assert found.outcome is Outcome.PASS
    alive = span(figure(0.5, 0.1), Figure(1.5, "%", reasons=("censored",)), between=(1.2,))
    undecided = row(criterion("covers", (1.0, 2.0)), alive)
    assert (undecided.outcome, undecided.risk) == (Outcome.INCOMPLETE, None)


def test_what_is_no_number_is_null_in_json() -> None:
    found = row(criterion("<=", 20, "V"), figure(19, 1, "V"))
    odd = msgspec.structs.replace(found, value=float("nan"), U=float("inf")).as_dict()
    assert (odd["value"], odd["U"], odd["u"]) == (None, None, 0.5)
