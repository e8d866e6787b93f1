"""Small indicators and figures for tests of verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import settings

from labctl.agreement import Agreement, default
from labctl.evidence import Evidence, Figure, Observed, Range, Result
from labctl.indicator import Condition, Criterion, EvidenceKind, Indicator
from labctl.judging.record import RowVerdict
from labctl.judging.rows import decide_row
from labctl.verdict import Verdict, judge

brisk = settings(derandomize=True, max_examples=50, deadline=None)

OPERATOR = "second person"


def criterion(op: Any, value: Any = None, unit: str = "%", **more: Any) -> Criterion:
    limit = float(value) if isinstance(value, int) else value
    return Criterion(**{"quantity": "efficiency", "op": op, "value": limit, "unit": unit, **more})


def condition(quantity: str, value: Any, unit: str, op: Any = "==", **more: Any) -> Condition:
    limit = float(value) if isinstance(value, int) else value
    return Condition(quantity=quantity, value=limit, unit=unit, op=op, **more)


def indicator(
    *criteria: Criterion,
    conditions: Sequence[Condition] = (),
    evidence: EvidenceKind = "measured",
    **more: Any,
) -> Indicator:
    return Indicator(
        **{"id": "9.9-99", "direction": "9.9", **more},
        name_en="test",
        name_zh="测试",
        evidence=evidence,
        criteria=criteria,
        conditions=tuple(conditions),
        method="power_consumption",
    )


def figure(y: float, expanded: float = 0.0, unit: str = "%", **more: Any) -> Figure:
    return Figure(y, unit, expanded / 2, y - expanded, y + expanded, **more)


def span(low: Figure, high: Figure, **more: Any) -> Range:
    """A range with one point tested between its ends."""
    return Range(low, high, **{"between": ((low.value + high.value) / 2,), **more})


def row(rule: Criterion, result: Result | None, agreement: Agreement | None = None) -> RowVerdict:
    return decide_row("9.9-99", rule, result, agreement or default())


def verdict(
    subject: Indicator,
    *observed: Observed,
    agreement: Agreement | None = None,
    missing: tuple[str, ...] = (),
    kind: EvidenceKind = "measured",
    **results: Result,
) -> Verdict:
    evidence = Evidence(results, conditions=observed, missing=missing, kind=kind)
    return judge(subject, evidence, agreement or default(), simulated=True)


def held(condition: Condition) -> Observed:
    """A condition observed as asked for."""
    if condition.in_words:
        return Observed(aspect=condition.aspect, text=condition.text, declared_by=OPERATOR)
    value = condition.value
    if isinstance(value, tuple):
        low, high = value
        return Observed(condition.quantity, (low + high) / 2, condition.unit, low=low, high=high)
    step = {">": 1.0, "<": -1.0}.get(condition.op, 0.0)
    return Observed(condition.quantity, (value or 0.0) + step, condition.unit)
