"""Every truth set of the map: `judge` agrees with the rule of the map's own checker."""

from __future__ import annotations

from typing import Any

import pytest

from labctl.agreement import Agreement, Tolerance, default
from labctl.catalogue import load
from labctl.evidence import Count, Evidence, Figure, Present, Rate, Result
from labctl.indicator import Criterion, Indicator, Truth
from labctl.judging.rates import is_rate
from labctl.quantity import Quantity
from labctl.units import is_count
from labctl.verdict import Outcome, judge
from tests.labctl.judged import held, span

CATALOGUE = load()
SETS = [
    (indicator, name, truth)
    for indicator in CATALOGUE
    for name, truth in (("nominal", indicator.nominal), ("failing", indicator.failing))
    if truth
]


def holds(rule: Criterion, r: Any) -> bool:
    """The rule of one criterion as the map's format states it, on exact values."""
    v: Any = rule.value
    if rule.op == "about":
        tolerance = rule.tolerance or 0.0
        inside = {
            "higher": r >= v - tolerance,
            "lower": r <= v + tolerance,
            "": abs(r - v) <= tolerance,
        }
        return inside[rule.better]
    rules = {
        "present": lambda: r is True,
        "covers": lambda: r[0] <= v[0] and r[1] >= v[1],
        "between": lambda: v[0] <= r <= v[1],
        "within": lambda: abs(r) <= v,
        ">": lambda: r > v,
        ">=": lambda: r >= v,
        "<": lambda: r < v,
        "<=": lambda: r <= v,
        "==": lambda: r == v,
    }
    return rules[rule.op]()


def exact(rule: Criterion, truth: Truth) -> Result:
    if isinstance(truth, bool):
        return Present(truth)
    if isinstance(truth, tuple):
        low, high = (Figure(end, rule.unit) for end in truth)
        return span(low, high)
    if is_rate(rule):
        planned = 10**15 if rule.quantity == "bit_error_rate" else 10**9
        share = Quantity(truth, rule.unit).to("dimensionless").value
        return Rate(round(share * planned), planned, planned)
    return Count(truth, truth, rule.unit) if is_count(rule.unit) else Figure(truth, rule.unit)


def shown(indicator: Indicator, truth: dict[str, Truth]) -> Evidence:
    return Evidence(
        {rule.row: exact(rule, truth[rule.row]) for rule in indicator.criteria},
        conditions=tuple(held(condition) for condition in indicator.conditions),
    )


def test_there_are_1510_truth_sets() -> None:
    assert len(SETS) == 1510


@pytest.mark.parametrize("rule", ["non-binary", "simple", "guarded"])
def test_every_row_agrees(rule: Any) -> None:
    disagreeing: list[tuple[str, str, Outcome]] = []
    for indicator, name, truth in SETS:
        verdict = judge(indicator, shown(indicator, truth), Agreement(rule=rule), simulated=True)
        for row, criterion in zip(verdict.rows, indicator.criteria, strict=True):
            expected = Outcome.PASS if holds(criterion, truth[row.key]) else Outcome.FAIL
            if row.outcome is not expected:
                disagreeing.append((indicator.id, name, row.outcome))
    assert disagreeing == []


def test_every_verdict_agrees() -> None:
    """Nominal devices pass and failing ones fail, with every condition held as asked for."""
    wrong: list[tuple[str, str, Outcome, tuple[str, ...]]] = []
    for indicator, name, truth in SETS:
        verdict = judge(indicator, shown(indicator, truth), default(), simulated=True)
        expected = Outcome.PASS if name == "nominal" else Outcome.FAIL
        if verdict.outcome is not expected:
            wrong.append((indicator.id, name, verdict.outcome, verdict.reasons))
    assert wrong == []


def test_a_boundary_value_agrees_too() -> None:
    """A reading that equals the limit: strict limits do not hold, all others do."""
    for indicator in CATALOGUE:
        for rule in indicator.criteria:
            if isinstance(rule.value, float) and not is_rate(rule):
                evidence = Evidence({rule.row: exact(rule, rule.value)})
                found = judge(indicator, evidence, default(), simulated=True)
                row = next(row for row in found.rows if row.key == rule.row)
                assert (row.outcome is Outcome.PASS) == holds(rule, rule.value), indicator.id


@pytest.mark.parametrize("indicator", CATALOGUE.select("1.1", "2.4", "4.3"), ids=lambda i: i.id)
def test_without_evidence_nothing_passes(indicator: Indicator) -> None:
    empty = judge(indicator, Evidence({}), default(), simulated=True)
    assert empty.outcome in (Outcome.INCOMPLETE, Outcome.INVALID)
    assert all(row.outcome is Outcome.INCOMPLETE for row in empty.rows)


def test_every_condition_left_out_makes_the_test_invalid() -> None:
    for indicator, which, truth in SETS:
        if which == "failing" or not indicator.conditions:
            continue
        whole = shown(indicator, truth)
        for condition in indicator.conditions:
            if condition.aspect == "for_example":
                continue
            name = condition.name
            fewer = tuple(o for o in whole.conditions if name not in (o.quantity, o.aspect))
            evidence = Evidence(whole.results, conditions=fewer)
            verdict = judge(indicator, evidence, default(), simulated=True)
            assert verdict.outcome is Outcome.INVALID, (indicator.id, name)
            assert f"{name}: not observed" in verdict.reasons


def test_an_agreement_reaches_every_zero_set_point() -> None:
    tolerance = {"external_bias": Tolerance(10.0, "mV")}
    indicator = CATALOGUE.get("1.8-06")
    assert indicator.condition("external_bias") is not None
    truth = indicator.nominal
    evidence = shown(indicator, truth)
    off = tuple(
        type(o)(o.quantity, 0.005, o.unit) if o.quantity == "external_bias" else o
        for o in evidence.conditions
    )
    moved = Evidence(evidence.results, conditions=off)
    assert judge(indicator, moved, default(), simulated=True).outcome is Outcome.INCOMPLETE
    agreed = Agreement(tolerances=tolerance)
    assert judge(indicator, moved, agreed, simulated=True).outcome is Outcome.PASS
