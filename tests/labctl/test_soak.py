from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.errors import Defect
from labctl.soak import instants


@given(st.just(0.0) | st.floats(1e-2, 1e7), st.floats(1e-3, 1e6))
def test_instants_begin_at_0_and_end_at_the_end(seconds: float, every: float) -> None:
    if seconds / every > 1e5:
        return
    points = list(instants(seconds, every))
    assert points[0] == 0.0
    assert points[-1] == seconds
    assert all(b > a for a, b in itertools.pairwise(points))
    assert len(points) in (math.floor(seconds / every) + 1, math.floor(seconds / every) + 2)


def test_a_thousand_hours_do_not_drift() -> None:
    points = list(instants(3.6e6, 0.1 * 60))
    assert len(points) == 600_001
    assert points[300_000] == 300_000 * (0.1 * 60)


@pytest.mark.parametrize(("seconds", "every"), [(-1.0, 1.0), (1.0, 0.0), (math.nan, 1.0)])
def test_what_cannot_be_is_a_defect(seconds: float, every: float) -> None:
    with pytest.raises(Defect):
        list(instants(seconds, every))
