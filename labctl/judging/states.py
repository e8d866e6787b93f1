"""States of a condition, what each makes of the test, and how a condition is written."""

from __future__ import annotations

from typing import Literal

from labctl.indicator import Condition
from labctl.judging.outcome import Outcome
from labctl.judging.record import ConditionVerdict

State = Literal["held", "not held", "not observed", "not observable", "short", "not agreed"]

OUTCOMES: dict[State, Outcome] = {
    "held": Outcome.PASS,
    "not held": Outcome.INVALID,
    "not observed": Outcome.INVALID,
    "not observable": Outcome.INVALID,
    "short": Outcome.INCOMPLETE,
    "not agreed": Outcome.INCOMPLETE,
}
"""A condition that fails makes the test invalid; what is only missing makes it incomplete."""


def conclude(condition: Condition, state: State, reason: str = "") -> ConditionVerdict:
    """The verdict on a condition, without numbers; `reason` is prefixed by its name."""
    return ConditionVerdict(
        name=condition.name,
        state=state,
        outcome=OUTCOMES[state],
        required=required(condition),
        unit=condition.unit,
        op="" if condition.in_words else condition.op,
        limit=condition.value,
        reason=f"{condition.name}: {reason}" if reason else "",
    )


def required(condition: Condition) -> str:
    """The condition as the indicator states it, in one line."""
    if condition.in_words:
        return condition.text
    if isinstance(condition.value, tuple):
        low, high = condition.value
        text = f"{low:g} to {high:g} {condition.unit}"
        return f"covers {text}" if condition.op == "covers" else text
    sign = "" if condition.op == "==" else f"{condition.op} "
    return f"{sign}{condition.value:g} {condition.unit}"
