"""Results that cannot be decided on: named, INCOMPLETE, never PASS."""

from __future__ import annotations

import pytest

from labctl.evidence import Count, Figure, Present, Range, Result
from labctl.judging.outcome import Outcome
from tests.labctl.judged import criterion, figure, row

UNUSABLE: list[tuple[Result | None, str]] = [
    (None, "no result"),
    (Figure(21.0, "V"), "'V' cannot be converted to '%'"),
    (Figure(21.0, "frobs"), "unknown unit 'frobs'"),
    (Figure(21.0, ""), "a unit is missing"),
    (Figure(float("nan"), "%"), "value is not a number (NaN)"),
    (Figure(float("inf"), "%"), "value is not finite"),
    (Figure(21.0, "%", float("nan")), "u is not a number (NaN)"),
    (Figure(21.0, "%", -0.5), "u is -0.5, below zero"),
    (Figure(21.0, "%", 0.5, float("nan"), 22.0), "lo is not a number (NaN)"),
    (Figure(21.0, "%", 0.5, 20.5, float("inf")), "hi is not finite"),
    (Figure(21.0, "%", 0.5, 23.0, 20.5), "the interval ends are reversed"),
    (Figure("21", "%"), "value is not a number but str"),  # pyright: ignore[reportArgumentType]
    (Figure(True, "%"), "value is not a number but bool"),
    (Count(7, 5, "%"), "7 members are sure, but only 5 possible"),
    (Present(True), "expected a figure or a count, got present"),
    (Range(figure(1), figure(30)), "expected a figure or a count, got range"),
]


@pytest.mark.parametrize(("result", "text"), UNUSABLE)
def test_what_cannot_be_decided_is_named_and_incomplete(result: Result | None, text: str) -> None:
    found = row(criterion(">=", 20), result)
    assert found.outcome is Outcome.INCOMPLETE
    assert found.value is None
    assert found.reason.startswith("efficiency: ")
    assert text in found.reason


def test_a_wrong_kind_of_result() -> None:
    covers = criterion("covers", (1.0, 2.0))
    assert "expected a range, got figure" in row(covers, figure(1.5)).reason
    reversed_range = Range(figure(3.0), figure(0.5))
    assert "the range is reversed" in row(covers, reversed_range).reason
    half = Range(Figure(float("nan"), "%"), figure(3))
    assert "low end: value is not" in row(covers, half).reason
    present = criterion("present", unit="")
    assert "got figure" in row(present, figure(1.0)).reason
    odd = Present("yes")  # pyright: ignore[reportArgumentType]
    assert "expected true or false, got str" in row(present, odd).reason
    for rule in (covers, present):
        assert row(rule, figure(1.5)).outcome is Outcome.INCOMPLETE
