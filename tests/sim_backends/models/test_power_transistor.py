from __future__ import annotations

import pytest

from sim_backends.models.lateral_mosfet import Channel, channel_current
from sim_backends.models.power_transistor import (
    PowerTransistor,
    Rectifier,
    breakdown_voltage,
    rectifier_current,
    threshold_at,
    transistor_current,
    with_threshold,
)

CHANNEL = Channel(threshold=3.0, beta=2.5e-4, n=1.8, modulation=0.01, series=400.0)
ONE = PowerTransistor(CHANNEL, leak=1e-11, knee=2300.0, steep=20.0)
DIODE = Rectifier(saturation=1e-18, n=1.1, series=900.0, leak=1e-11)


def test_off_it_leaks_in_proportion_and_breaks_down_beyond_the_knee() -> None:
    assert transistor_current(ONE, 0.0, 10.0, 25.0) == pytest.approx(1e-10, rel=1e-3)
    assert transistor_current(ONE, 0.0, 10.0, 60.0) == pytest.approx(2.01e-10, rel=0.01)
    assert breakdown_voltage(ONE, 0.0, 1e-4) > breakdown_voltage(ONE, 0.0, 1e-6) > 2300.0 - 100.0
    on = transistor_current(ONE, 10.0, 10.0, 25.0)
    assert on == pytest.approx(channel_current(CHANNEL, 10.0, 10.0, 25.0), rel=1e-6)


def test_the_threshold_is_where_the_criterion_flows() -> None:
    at = threshold_at(ONE, 1.0, 1e-7)
    assert transistor_current(ONE, at, 1.0, 25.0) == pytest.approx(1e-7, rel=1e-6)
    assert threshold_at(with_threshold(ONE, 4.0), 1.0, 1e-7) - at == pytest.approx(1.0, abs=1e-3)


def test_the_diode_is_thermionic_then_resistive_and_leaks_backwards() -> None:
    low, high = (rectifier_current(DIODE, v, 25.0) for v in (0.6, 0.6652))
    assert high / low == pytest.approx(10.0, rel=0.05)
    on = rectifier_current(DIODE, 3.0, 25.0)
    assert (3.0 - on * 900.0) == pytest.approx(0.96, abs=0.1)
    assert rectifier_current(DIODE, -10.0, 25.0) == pytest.approx(-1e-10, rel=1e-6)
    assert rectifier_current(DIODE, 0.0, 25.0) == 0.0
