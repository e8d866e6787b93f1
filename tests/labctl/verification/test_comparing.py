from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labctl.evidence import Count, Evidence, Figure, Observed, Present, Range
from labctl.verification.comparing import compared, difference

FIGURE = Figure(10.0, "ohm", 0.5, 9.0, 11.0)


@settings(max_examples=50, derandomize=True)
@given(shift=st.floats(-100, 100), u=st.floats(1e-6, 1e6))
def test_a_shifted_figure_differs_by_the_shift_in_units_of_u(shift: float, u: float) -> None:
    was = Figure(0.0, "V", u, -2 * u, 2 * u)
    now = Figure(shift * u, "V", u, (shift - 2) * u, (shift + 2) * u)
    assert difference(was, now) == pytest.approx(abs(shift), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("was", "now", "found"),
    [
        (FIGURE, FIGURE, 0.0),
        (FIGURE, Figure(10.0, "ohm", 0.5, 9.0, 11.5), 1.0),
        (FIGURE, Figure(10.0, "ohm", 0.25, 9.0, 11.0), 0.5),
        (FIGURE, Figure(10.0, "kohm", 0.5, 9.0, 11.0), math.inf),
        (FIGURE, Figure(10.0, "ohm", 0.5, 9.0, 11.0, ("extrapolated",)), math.inf),
        (FIGURE, Figure(math.nan, "ohm", 0.5, 9.0, 11.0), math.inf),
        (Figure(math.nan, "ohm"), Figure(math.nan, "ohm"), 0.0),
        (Figure(3.0, ""), Figure(4.0, ""), math.inf),
        (Range(FIGURE, FIGURE), Range(FIGURE, Figure(10.5, "ohm", 0.5, 9.5, 11.5)), 1.0),
        (Present(True, "a"), Present(False, "a"), math.inf),
        (Count(3, 4, ""), Count(3, 4, ""), 0.0),
        (None, FIGURE, math.inf),
        (FIGURE, None, math.inf),
    ],
)
def test_what_is_another_result_altogether_is_infinitely_far(
    was: Figure | None, now: Figure | None, found: float
) -> None:
    assert difference(was, now) == found


def test_other_conditions_are_a_row_of_their_own() -> None:
    was = Evidence({"r": FIGURE}, conditions=(Observed("temperature", 298.0, "K"),))
    now = Evidence({"r": FIGURE}, conditions=(Observed("temperature", 299.0, "K"),))
    assert [(row.key, row.difference) for row in compared(was, now)] == [
        ("r", 0.0),
        ("conditions", math.inf),
    ]
    assert [row.difference for row in compared(was, was)] == [0.0]
