from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.models.ac_circuit import AcLoad, DirectLoad
from sim_backends.models.mains import Mains


@settings(max_examples=50, derandomize=True, deadline=None)
@given(
    st.floats(0.01, 10.0),
    st.floats(0.05, 1.0),
    st.booleans(),
    st.floats(0.0, 0.5),
)
def test_a_load_takes_what_it_says(amps: float, factor: float, leads: bool, third: float) -> None:
    signed = -factor if leads else factor
    load = AcLoad(Mains(230.0, 50.0), amps / 230.0, signed, {3: third})
    state = load.state(1.0)
    volts, current = state.waveforms()
    assert state.frequency == 50.0
    assert np.sqrt(np.mean(volts**2)) == pytest.approx(230.0)
    assert np.sqrt(np.mean(current**2)) == pytest.approx(amps * (1.0 + third**2) ** 0.5)
    assert np.mean(volts * current) == pytest.approx(230.0 * amps * factor)
    reactive = (state.voltage[1] * state.current[1].conjugate()).imag
    assert reactive == pytest.approx((-1 if leads else 1) * 230 * amps * (1 - factor**2) ** 0.5)


def test_an_outage_stops_the_current() -> None:
    mains = Mains(230.0, 50.0)
    load = AcLoad(mains, 0.01)
    mains.fail(5.0)
    assert abs(load.state(1.0).current[1]) == pytest.approx(2.3)
    assert abs(load.state(6.0).current[1]) == 0.0 and load.state(6.0).frequency == 0.0


def test_direct_current_has_no_frequency() -> None:
    state = DirectLoad(24.0, 12.0).state(0.0)
    volts, current = state.waveforms()
    assert state.frequency == 0.0 and set(volts) == {24.0} and set(current) == {2.0}
