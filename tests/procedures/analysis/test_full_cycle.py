"""Energies of a cycle that is written down, read at any time in its rests."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.analysis.full_cycle import Times, flows

CHARGE, DISCHARGE, REST = 8000.0, 7000.0, 600.0


def summed(power: tuple[float, float, float], t: float) -> float:
    """Energy in J until `t` in s: charge, rest, discharge and rest with their powers in W."""
    charge, discharge, idle = power
    parts = ((CHARGE, charge), (REST, idle), (DISCHARGE, -discharge), (REST, idle))
    total = 0.0
    for seconds, watts in parts:
        here = min(max(t, 0.0), seconds)
        total += watts * here
        t -= seconds
    return total


@given(
    st.floats(5e4, 3e5), st.floats(5e4, 3e5), st.floats(0.0, 5e3), st.floats(0, 1), st.floats(0, 1)
)
def test_it_does_not_matter_when_in_a_rest_the_sums_are_read(
    charge: float, discharge: float, idle: float, first: float, second: float
) -> None:
    power = (charge, discharge, idle)
    at_charged = CHARGE + first * REST
    at_cycled = CHARGE + REST + DISCHARGE + second * REST
    found = flows(
        np.array([summed(power, at_charged)]),
        np.array([summed(power, at_cycled)]),
        np.array([idle]),
        Times(CHARGE, DISCHARGE, REST, at_charged, at_cycled),
    )
    assert found.delivered[0] == pytest.approx(discharge * DISCHARGE, rel=1e-9)
    assert found.taken[0] == pytest.approx(charge * CHARGE + 2.0 * idle * REST, rel=1e-9)


def test_a_gain_of_the_meter_cancels_in_the_ratio_and_not_in_the_energies() -> None:
    gain = np.array([1.0, 1.01])
    times = Times(CHARGE, DISCHARGE, REST, CHARGE + 100.0, CHARGE + REST + DISCHARGE + 200.0)
    power = (1e5, 1e5, 1.5e3)
    sums = [gain * summed(power, t) for t in (times.at_charged, times.at_cycled)]
    found = flows(sums[0], sums[1], gain * 1.5e3, times)
    ratio = found.delivered / found.taken
    assert ratio[1] == pytest.approx(ratio[0], rel=1e-12)
    assert found.delivered[1] == pytest.approx(1.01 * found.delivered[0])
