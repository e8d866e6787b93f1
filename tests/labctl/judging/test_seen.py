"""The exposure at which a figure was read, beside how much was run."""

from __future__ import annotations

import pytest

from labctl.agreement import Agreement, Tolerance
from labctl.evidence import Observed
from tests.labctl.judged import condition
from tests.labctl.judging.test_conditions import state


@pytest.mark.parametrize(
    ("value", "read_at", "expected"),
    [
        (1500.0, 1000.0, "held"),
        (1500.0, 1019.0, "held"),
        (1500.0, 1021.0, "short"),
        (1500.0, 979.0, "short"),
        (900.0, 1000.0, "short"),
        (1000.0, float("nan"), "not observed"),
    ],
)
def test_more_exposure_needs_the_figure_at_the_value(
    value: float, read_at: float, expected: str
) -> None:
    rule = condition("duration", 1000, "h")
    assert state(rule, Observed("duration", value, "h", read_at=read_at)) == expected
    seconds = Observed("duration", 3600.0 * value, "s", read_at=3600.0 * read_at)
    assert state(rule, seconds) == expected
    loose = Agreement(tolerances={"duration": Tolerance(50.0, "%")})
    asked = Observed("duration", value, "h")
    assert state(rule, asked, loose) == ("short" if value < 1000.0 else "held")
