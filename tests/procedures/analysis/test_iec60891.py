"""Correction of curves against closed forms and against a device model of pvlib."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pvlib.pvsystem import i_from_v, singlediode

from procedures.analysis import iec60891, iv
from procedures.analysis.iec60891 import STC, Coefficients, State

single_diode: Any = singlediode
i_v: Any = i_from_v


def test_a_curve_at_the_target_stays_as_it_is() -> None:
    voltage, current = np.linspace(0, 1, 5)[None], np.linspace(1, 0, 5)[None]
    out = iec60891.procedure_1(
        voltage, current, 1.0, measured=STC, coefficients=Coefficients(0.01, -0.002, 0.5, 0.01)
    )
    assert np.array_equal(out[0], voltage)
    assert np.array_equal(out[1], current)


@given(st.floats(900, 1100), st.floats(15, 45))
def test_each_term_is_that_of_the_standard(irradiance: float, celsius: float) -> None:
    voltage, current = np.array([[0.5]]), np.array([[0.02]])
    alpha, beta, rs, kappa, short = 1e-5, -2e-3, 3.0, 8e-3, 0.023
    moved, corrected = iec60891.procedure_1(
        voltage,
        current,
        short,
        measured=State(irradiance, celsius),
        coefficients=Coefficients(alpha, beta, rs, kappa),
    )
    i2 = 0.02 + short * (1000 / irradiance - 1) + alpha * (25 - celsius)
    v2 = 0.5 - rs * (i2 - 0.02) - kappa * i2 * (25 - celsius) + beta * (25 - celsius)
    assert corrected[0, 0] == pytest.approx(i2, rel=1e-12)
    assert moved[0, 0] == pytest.approx(v2, rel=1e-12)


def test_a_curve_two_percent_off_comes_back_to_the_power_of_the_model() -> None:
    """A single diode at 980 W/m2, corrected, has the maximum power of the one at 1000 W/m2."""

    def diode(irradiance: float) -> dict[str, float]:
        return {
            "photocurrent": 0.0225 * irradiance / 1000,
            "saturation_current": 1e-14,
            "resistance_series": 3.0,
            "resistance_shunt": 5000.0,
            "nNsVth": 1.5 * 0.02569,
        }

    dim = diode(980.0)
    voltage = np.linspace(-0.03, 1.12, 201)
    current = np.asarray(i_v(voltage, **dim))
    short = iv.short_circuit_current(voltage[None], current[None])
    near = iv.window_around_maximum(voltage, current)
    corrected = iec60891.procedure_1(
        voltage[None, near],
        current[None, near],
        short[:, None],
        measured=State(980.0, 25.0),
        coefficients=Coefficients(0.0, 0.0, 3.0, 0.0),
    )
    found = iv.maximum_power(*corrected).power[0]
    true = single_diode(**diode(1000.0))["p_mp"]
    # What is left is the open-circuit voltage's ln(1000/980), which the procedure does not move.
    assert found == pytest.approx(true, rel=1.2e-3)
    assert iv.maximum_power(voltage[None, near], current[None, near]).power[0] < 0.982 * true
