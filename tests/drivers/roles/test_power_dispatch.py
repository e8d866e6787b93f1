"""Comparing a controller's clock with the host's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.roles.power_dispatch import ControllerTime


@given(st.floats(-1.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_the_true_skew_lies_within_the_doubt(skew: float, there: float, back: float) -> None:
    sent = 1000.0
    found = ControllerTime(sent + there + skew, sent, sent + there + back)
    assert abs(found.skew - skew) <= found.doubt + 1e-9
    assert found.doubt == pytest.approx(0.5 * (there + back), abs=1e-9)
