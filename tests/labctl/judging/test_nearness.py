from __future__ import annotations

from typing import Any

import pytest

from labctl.evidence import Count, Figure
from labctl.judging.nearness import near
from tests.labctl.judged import criterion, figure, row


@pytest.mark.parametrize(
    ("op", "value", "y", "expected"),
    [
        (">=", 20, 20.98, True),  # lo = 19.98, u = 0.5: 0.04 u away
        (">=", 20, 21.04, True),
        (">=", 20, 21.06, False),
        (">=", 20, 19.0, True),  # hi = 20
        (">=", 20, 20.0, False),  # the limit at the estimate: no end is near
        ("<=", 20, 20.98, True),
        ("between", (20.0, 30.0), 29.0, True),
        ("between", (20.0, 30.0), 25.0, False),
        ("within", 20, -19.0, True),
    ],
)
def test_a_limit_within_a_tenth_of_u_of_an_end(
    op: Any, value: Any, y: float, expected: bool
) -> None:
    assert near(row(criterion(op, value), figure(y, 1.0))) is expected


def test_what_has_no_interval_is_near_to_nothing() -> None:
    assert not near(row(criterion(">=", 20), figure(20.0)))
    assert not near(row(criterion(">=", 20), None))
    assert not near(row(criterion(">=", 5, "patent"), Count(4, 5, "patent")))


def test_each_limit_of_an_about_row_and_of_a_magnitude() -> None:
    about = criterion("about", 100, "V", tolerance=10.0)
    assert near(row(about, figure(91.0, 1.0, "V"))) and near(row(about, figure(109.0, 1.0, "V")))
    assert not near(row(about, figure(100.0, 1.0, "V")))
    bow = criterion("<", 25, "um", quantity="wafer_bow")
    assert near(row(bow, Figure(-24.0, "um", 0.5, -25.0, -23.0)))
