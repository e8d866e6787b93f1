from __future__ import annotations

import pytest

from sim_backends.models.die_structures import InverterStructure, LadderGap
from sim_backends.models.inverter_gate import output_voltage, supply_current
from sim_backends.models.noise import Drift
from sim_backends.samples.semiconductor import draw_inverter, draw_ladder
from sim_backends.streams import stream


def test_an_inverter_wanders_with_its_driver() -> None:
    gate = draw_inverter(stream(1, "inverter")).device
    still = InverterStructure(gate, Drift(0.0, 45.0, 2.0, stream(1, "still")))
    wanders = InverterStructure(gate, Drift(2e-3, 45.0, 2.0, stream(1, "wander")))
    assert still.output(1.0, 5.0, 25.0, 7.0) == pytest.approx(output_voltage(gate, 1.0, 5.0, 25.0))
    assert still.drain_current(1.0, 5.0, 25.0, 7.0) == supply_current(gate, 1.0, 5.0, 25.0)
    assert wanders.output(1.0, 5.0, 25.0, 7.0) != still.output(1.0, 5.0, 25.0, 7.0)
    assert still.gate_current(1.0, 5.0, 25.0, 7.0) == pytest.approx(1e-14)


def test_a_gap_has_neither_gate_nor_output() -> None:
    gap = LadderGap(draw_ladder(stream(1, "ladder")).device, 0, 0.0)
    assert gap.gate_current(1.0, 1.0, 25.0, 0.0) == gap.output(1.0, 1.0, 25.0, 0.0) == 0.0
    volts = gap.drain_voltage(0.0, 1e-4, 25.0, 0.0)
    assert gap.drain_current(0.0, volts, 25.0, 0.0) == pytest.approx(1e-4)
