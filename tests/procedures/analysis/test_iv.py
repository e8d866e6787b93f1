"""Figures of curves against closed forms and against pvlib."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pvlib.ivtools.utils import astm_e1036
from pvlib.pvsystem import i_from_v, singlediode

from procedures.analysis import iv

Array = NDArray[np.float64]

single_diode: Any = singlediode
i_v: Any = i_from_v

CELL = {
    "photocurrent": 0.0225,
    "saturation_current": 1e-14,
    "resistance_series": 3.0,
    "resistance_shunt": 5000.0,
    "nNsVth": 1.5 * 0.02569,
}
STEEP = {
    "photocurrent": 0.0225,
    "saturation_current": 1e-18,
    "resistance_series": 0.5,
    "resistance_shunt": 50000.0,
    "nNsVth": 1.1 * 0.02569,
}
TANDEM = {
    "photocurrent": 0.9,
    "saturation_current": 1e-16,
    "resistance_series": 0.03,
    "resistance_shunt": 500.0,
    "nNsVth": 2 * 1.1 * 0.02569,
}


def curve(cell: dict[str, float] = CELL) -> tuple[Array, Array]:
    v_oc = single_diode(**cell)["v_oc"]
    voltage = np.linspace(-0.03 * v_oc, 1.03 * v_oc, 201)
    current = i_v(voltage, **cell)
    return voltage, np.asarray(current)


@pytest.mark.parametrize("cell", [CELL, STEEP, TANDEM], ids=["cell", "steep", "tandem"])
def test_maximum_power_is_that_of_pvlibs_single_diode(cell: dict[str, float]) -> None:
    voltage, current = curve(cell)
    near = iv.window_around_maximum(voltage, current)
    found = iv.maximum_power(voltage[None, near], current[None, near])
    true = single_diode(**cell)
    assert found.power[0] == pytest.approx(true["p_mp"], rel=1e-4)
    assert found.voltage[0] == pytest.approx(true["v_mp"], rel=5e-3)


def test_maximum_power_agrees_with_pvlibs_astm_e1036() -> None:
    voltage, current = curve()
    near = iv.window_around_maximum(voltage, current)
    ours = iv.maximum_power(voltage[None, near], current[None, near]).power[0]
    theirs = astm_e1036(voltage, current, mp_fit_order=4)["pmp"]
    assert ours == pytest.approx(theirs, rel=1e-3)


def test_voc_and_isc_are_those_of_pvlib() -> None:
    voltage, current = curve()
    true = single_diode(**CELL)
    v_oc = iv.open_circuit_voltage(voltage[None], current[None])[0]
    i_sc = iv.short_circuit_current(voltage[None], current[None])[0]
    assert v_oc == pytest.approx(true["v_oc"], rel=1e-3)
    assert i_sc == pytest.approx(true["i_sc"], rel=1e-3)
    power = np.array([true["p_mp"]])
    expected = true["p_mp"] / (true["v_oc"] * true["i_sc"])
    assert iv.fill_factor(power, v_oc[None], i_sc[None])[0] == pytest.approx(expected, rel=2e-3)


def test_noise_does_not_lift_the_maximum() -> None:
    """The largest of noisy products does, by more than the fit is off at all."""
    voltage, current = curve()
    true = float(single_diode(**CELL)["p_mp"])
    rng = np.random.default_rng(3)
    sigma = 0.003 * CELL["photocurrent"]
    noisy = current + sigma * rng.standard_normal((400, len(voltage)))
    near = iv.window_around_maximum(voltage, current)
    volts = np.broadcast_to(voltage, noisy.shape)[:, near]
    fitted = iv.maximum_power(volts, noisy[:, near]).power
    highest = (voltage * noisy).max(axis=1)
    spread = fitted.std() / np.sqrt(400)
    assert abs(fitted.mean() - true) < 4 * spread + 2e-4 * true
    assert highest.mean() - true > 10 * spread


def test_draws_are_independent_of_each_other() -> None:
    voltage, current = curve()
    near = iv.window_around_maximum(voltage, current)
    gains = np.array([0.98, 1.0, 1.03])
    volts = np.broadcast_to(voltage[near], (3, near.sum()))
    together = iv.maximum_power(volts, gains[:, None] * current[near]).power
    assert together / together[1] == pytest.approx(gains, rel=1e-9)


def test_too_few_points_are_refused() -> None:
    with pytest.raises(ValueError, match="11 points"):
        iv.maximum_power(np.ones((1, 11)), np.ones((1, 11)))


def test_efficiency_and_hysteresis_are_their_formulas() -> None:
    power, area = np.array([0.0214]), np.array([1e-4])
    assert iv.efficiency(power, 1000.0, area)[0] == pytest.approx(0.214)
    assert iv.hysteresis_index(np.array(2.0), np.array(1.9)) == pytest.approx(0.05)
