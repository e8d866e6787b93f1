"""Outcomes: the six words of a verdict, their order and their exit codes."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Outcome(StrEnum):
    """What a row, a condition or an indicator comes to; the English word is the value."""

    PASS = "PASS"
    CONDITIONAL_PASS = "CONDITIONAL PASS"
    CONDITIONAL_FAIL = "CONDITIONAL FAIL"
    FAIL = "FAIL"
    INVALID = "INVALID"
    INCOMPLETE = "INCOMPLETE"

    @property
    def zh(self) -> str:
        """The fixed Chinese wording."""
        return CHINESE[self]


CHINESE: dict[Outcome, str] = {
    Outcome.PASS: "合格",
    Outcome.CONDITIONAL_PASS: "有条件合格",
    Outcome.CONDITIONAL_FAIL: "有条件不合格",
    Outcome.FAIL: "不合格",
    Outcome.INVALID: "无效",
    Outcome.INCOMPLETE: "未完成",
}
"""Fixed Chinese wording of each outcome."""

WORST_FIRST = (
    Outcome.INVALID,
    Outcome.FAIL,
    Outcome.INCOMPLETE,
    Outcome.CONDITIONAL_FAIL,
    Outcome.CONDITIONAL_PASS,
    Outcome.PASS,
)
"""Over several rows the first of these that occurs stands."""


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome that stands over several; INCOMPLETE where there is none to decide from."""
    found = set(outcomes)
    return next((o for o in WORST_FIRST if o in found), Outcome.INCOMPLETE)


def best(outcomes: Iterable[Outcome]) -> Outcome:
    """The best of several alternatives; INCOMPLETE where there is none."""
    found = set(outcomes)
    return next((o for o in reversed(WORST_FIRST) if o in found), Outcome.INCOMPLETE)


def exit_code(outcomes: Iterable[Outcome]) -> int:
    """What the command line ends with: 1 any FAIL, 0 all PASS, 2 anything else (also none)."""
    found = set(outcomes)
    if Outcome.FAIL in found:
        return 1
    return 0 if found == {Outcome.PASS} else 2
