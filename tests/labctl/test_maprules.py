from __future__ import annotations

import re
from typing import Any

import pytest

from labctl.catalogue import load
from labctl.indicator import Criterion
from labctl.maprules import problems
from tests.labctl.judged import condition, criterion, indicator


def test_the_map_obeys() -> None:
    assert [text for entry in load() for text in problems(entry)] == []


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (criterion("present"), "present takes no value"),
        (criterion(">="), "expected one number"),
        (criterion(">=", (1.0, 2.0)), "expected one number"),
        (criterion(">=", float("inf")), "finite"),
        (criterion("between", 5), r"\[low, high\]"),
        (criterion("covers", (5.0, 4.0)), r"\[low, high\]"),
        (criterion(">=", 5, unit=""), "key unit"),
        (criterion(">=", 5, upto=4.0), "key upto"),
        (criterion("<=", 5, upto=6.0), "key upto"),
        (criterion("about", 5), "key tolerance"),
        (criterion(">=", 5, tolerance=1.0), "key tolerance"),
        (criterion(">=", 5, better="higher"), "key better"),
        (criterion(">=", 5, statistic="worst"), "statistic and over"),
        (criterion(">=", 5, quantity="retention"), "of and baseline"),
        (criterion(">=", 5, key="No"), "snake_case"),
    ],
)
def test_criteria(row: Criterion, text: str) -> None:
    truth: dict[str, Any] = {row.row: 1.0}
    (found,) = problems(indicator(row, nominal=truth, failing=truth))
    assert f"criteria[0] ({row.row})" in found
    assert re.search(text, found)


def test_a_tolerance_of_a_condition_is_positive() -> None:
    truth: dict[str, Any] = {"efficiency": 1.0}
    row = condition("temperature", 25, "degC", tolerance=0.0)
    subject = indicator(criterion(">=", 5), conditions=[row], nominal=truth, failing=truth)
    assert list(problems(subject)) == [
        "key conditions[0] (temperature): key tolerance: expected a number above 0, got 0"
    ]
