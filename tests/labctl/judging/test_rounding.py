from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.evidence import Count, Present
from labctl.judging.limittext import limit_text, number_text
from labctl.judging.rounding import Printed, printed
from tests.labctl.judged import brisk, criterion, figure, row, span


@pytest.mark.parametrize(
    ("y", "expanded", "value", "spread"),
    [
        (21.4321, 0.62, "21.43", "0.62"),
        (19.996, 0.62, "19.996", "0.620"),
        (19.99999, 3.0, "19.99999", "3.00000"),
        (20.0, 0.62, "20.00", "0.62"),
        (12345.6, 870.0, "12350", "870"),
        (1.234e12, 5.6e10, "1.234e+12", "5.6e+10"),
        (19.4, 0.60004, "19.40000", "0.60004"),
        (21.0, 0.0, "21", ""),
        (19.9999999, 0.0, "19.9999999", ""),
    ],
)
def test_printed(y: float, expanded: float, value: str, spread: str) -> None:
    found = printed(row(criterion(">=", 20), figure(y, expanded)))
    assert (found.value, found.U) == (value, spread)


def test_rows_without_one_number() -> None:
    assert printed(row(criterion("present", unit=""), Present(True))) == Printed("")
    assert printed(row(criterion(">=", 20), None)) == Printed("")
    counted = row(criterion(">=", 3, "patent"), Count(12345678, 12345678, "patent"))
    assert printed(counted).value == "12345678"
    ends = span(figure(390.0, 4.0, "nm"), figure(599.9996, 4.0, "nm"))
    found = printed(row(criterion("covers", (400.0, 600.0), "nm"), ends))
    assert found == Printed("390.0 to 599.9996", "4.0 to 4.0000")


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (criterion(">=", 20), ">= 20"),
        (criterion(">=", 3, "patent", upto=5.0), ">= 3 (up to 5)"),
        (criterion("<", 0.05), "< 0.05"),
        (criterion("within", 2), "±2"),
        (criterion("between", (400.0, 600.0)), "400 to 600"),
        (criterion("covers", (0.5, 15.0)), "covers 0.5 to 15"),
        (criterion("about", 500, tolerance=25.0), "500 ± 25"),
        (criterion("about", 500, tolerance=25.0, better="higher"), "at least 500 ± 25"),
        (criterion("present", unit=""), "present"),
    ],
)
def test_limits_as_text(rule: Any, text: str) -> None:
    assert limit_text(row(rule, figure(1.0))) == text


def test_numbers_have_no_idle_digits() -> None:
    assert [number_text(x) for x in (20.0, 0.05, 1e7, 1e12, -40.0)] == [
        "20",
        "0.05",
        "10000000",
        "1e+12",
        "-40",
    ]


OPS: Any = st.sampled_from(["<", "<=", ">", ">=", "within", "=="])


@brisk
@given(OPS, st.floats(-1e-3, 1e-3), st.floats(1e-9, 5.0), st.integers(-6, 6))
def test_digits_never_contradict_the_decision(
    op: Any, nearness: float, expanded: float, power: int
) -> None:
    scale = 10.0**power
    limit = 20.0 * scale
    y, spread = (20.0 + nearness) * scale, expanded * scale
    decided = row(criterion(op, limit), figure(y, spread))
    text = printed(decided)
    lo, hi = decided.lo, decided.hi
    assert lo is not None
    assert hi is not None
    edge = Decimal(repr(limit))
    for number, shown in ((y, text.value), (lo, text.lo), (hi, text.hi)):
        assert (number > limit) == (Decimal(shown) > edge)
        assert (number < limit) == (Decimal(shown) < edge)
