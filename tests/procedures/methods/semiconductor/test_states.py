from __future__ import annotations

import pytest

from labctl.quantity import Quantity
from procedures.methods.semiconductor.states import diode_states, transistor_states


def test_a_diode_is_led_down_to_where_its_current_goes_to_zero_by_itself() -> None:
    sheet = {"forward_voltage": Quantity(3.0, "V"), "reverse_voltage": Quantity(-10.0, "V")}
    states = diode_states(sheet)
    assert states.on == (0.0, 3.0) and states.off == (0.0, -10.0)
    assert states.path[-1][1] == pytest.approx(0.2)


def test_a_transistor_is_led_by_its_gate_at_one_drain_voltage() -> None:
    volts = {"gate_on": 10.0, "gate_off": 0.0, "drain_voltage": 8.0}
    sheet = {name: Quantity(value, "V") for name, value in volts.items()}
    states = transistor_states(sheet, points=11)
    assert states.on == (10.0, 8.0) and states.off == (0.0, 8.0)
    assert states.path[-1] == states.off and len(states.path) == 11
