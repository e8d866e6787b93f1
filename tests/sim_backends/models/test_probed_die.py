from __future__ import annotations

import pytest

from sim_backends.models.contact_ladder import ContactLadder, resistance
from sim_backends.models.die_structures import LadderGap
from sim_backends.models.probe_chuck import Project, ThermalChuck
from sim_backends.models.probed_die import DrainPort, GatePort, Layout, OutputPort, ProbedDie

LADDER = ContactLadder(1e4, 7e-3, (1.0,) * 3, (5e-6, 10e-6), 100e-6)
PITCH = 300e-6


def probed() -> ProbedDie:
    rows = [LadderGap(LADDER, n, 0.0) for n in range(2)]
    chuck = ThermalChuck.at_rest(25.0, 0.0)
    layout = Layout((1, 0), (1e-4, 2e-4), PITCH)
    return ProbedDie({"w": Project(((0, 0), (1, 0)), (5e-3, 5e-3))}, layout, rows, chuck, 0.0)


def test_probes_reach_a_structure_within_its_pads_alone() -> None:
    die = probed()
    die.touch(True, 0.0)
    seen: list[bool] = []
    for x, y in ((5.1e-3, 2e-4), (5.115e-3, 2e-4), (5.13e-3, 2e-4), (5.1e-3, 3e-4), (6e-3, 2e-4)):
        die.place(x, y, 0.0)
        seen.append(die.probed() is not None)
    assert seen == [True, True, False, False, False]
    die.place(5.1e-3, 2e-4, 0.0)
    die.touch(False, 0.0)
    assert die.probed() is None


def test_each_structure_has_its_own_resistance_and_the_air_none() -> None:
    die = probed()
    port = DrainPort(die, leak=1e-15, emf=1e-5)
    assert port.current(1.0, 0.0) == pytest.approx(1e-15)
    assert port.voltage(1e-4, 0.0) > 1e6
    die.touch(True, 0.0)
    for n in range(2):
        die.place(5.1e-3 + n * PITCH, 2e-4, 0.0)
        ohms = resistance(LADDER, n, 25.0)
        assert port.current(1.0, 0.0) == pytest.approx((1.0 - 1e-5) / ohms)
        assert port.voltage(1e-4, 0.0) == pytest.approx(1e-5 + 1e-4 * ohms)


def test_what_gate_and_drain_put_on_last_stands() -> None:
    die = probed()
    gate, drain, output = GatePort(die), DrainPort(die, 0.0), OutputPort(die)
    gate.current(3.0, 0.0)
    drain.current(4.0, 0.0)
    assert (die.gate, die.drain) == (3.0, 4.0)
    drain.disconnect(0.0)
    gate.disconnect(0.0)
    assert (die.gate, die.drain) == (0.0, 0.0)
    assert output.voltage(0.0, 0.0) == 0.0
