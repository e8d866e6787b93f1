"""The coupling point's voltage against the circuit's own equations."""

import cmath

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.models import coupling_point
from sim_backends.models.coupling_point import Impedance

LINE = Impedance(0.05, 0.15)


@settings(max_examples=50, derandomize=True)
@given(st.floats(180.0, 260.0), st.floats(-18e3, 18e3), st.floats(-9e3, 9e3))
def test_voltage_and_lag_close_the_loop(source: float, power: float, reactive: float) -> None:
    """E = U + (R + jX) I with I = (P - jQ) / U*, U behind E by the lag."""
    volts = float(coupling_point.voltage(source, power, reactive, LINE))
    behind = float(coupling_point.lag(source, volts, power, reactive, LINE))
    phasor = cmath.rect(volts, -behind)
    current = (complex(power, reactive) / phasor).conjugate()
    assert abs(phasor + complex(0.05, 0.15) * current - source) < 1e-6 * source


def test_no_load_and_too_much() -> None:
    """Without power the source's voltage; beyond what the line carries half of it, about."""
    assert float(coupling_point.voltage(230.0, 0.0, 0.0, LINE)) == 230.0
    most = float(coupling_point.voltage(230.0, 1e6, 0.0, LINE))
    assert np.isfinite(most)
    assert float(coupling_point.voltage(0.0, 0.0, 0.0, LINE)) == 0.0


def test_reactive_power_raises_the_voltage_by_the_reactance() -> None:
    """dU is about Q X / U for small Q that is fed in."""
    raised = float(coupling_point.voltage(230.0, 0.0, -1000.0, LINE)) - 230.0
    assert np.isclose(raised, 1000.0 * 0.15 / 230.0, rtol=0.01)
