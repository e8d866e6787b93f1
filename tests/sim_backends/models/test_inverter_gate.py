from __future__ import annotations

import pytest

from sim_backends.models.inverter_gate import (
    output_voltage,
    supply_current,
    switching_threshold,
    with_threshold,
)
from sim_backends.models.lateral_mosfet import channel_current
from sim_backends.samples.semiconductor import draw_inverter
from sim_backends.streams import stream

GATE = draw_inverter(stream(3, "inverter")).device


def test_the_output_falls_from_the_supply_to_near_nothing() -> None:
    levels = [0.0, 0.5, 1.0, 1.5, 2.0, 5.0]
    found = [output_voltage(GATE, vin, 5.0, 25.0) for vin in levels]
    assert found == sorted(found, reverse=True)
    assert found[0] == pytest.approx(5.0, abs=1e-3)
    assert found[-1] < 0.3
    assert output_voltage(GATE, 1.0, 0.0, 25.0) == 0.0


def test_driver_and_load_carry_the_same_current() -> None:
    out = output_voltage(GATE, 1.2, 5.0, 25.0)
    through = channel_current(GATE.driver, 1.2, out, 25.0)
    assert supply_current(GATE, 1.2, 5.0, 25.0) == pytest.approx(through, rel=1e-5)


def test_the_threshold_is_where_output_and_input_are_equal() -> None:
    at = switching_threshold(GATE)
    assert output_voltage(GATE, at, GATE.supply, 25.0) == pytest.approx(at, abs=1e-6)
    later = switching_threshold(with_threshold(GATE, GATE.driver.threshold + 0.2))
    assert later - at == pytest.approx(0.2, abs=0.02)
