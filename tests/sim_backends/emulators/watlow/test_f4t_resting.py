"""A chamber that is held for a year: few looks, and the temperature stays."""

from __future__ import annotations

import pytest

from sim_backends.emulators.watlow.codes import Code
from sim_backends.emulators.watlow.f4t_resting import EMULATOR, LONGEST_REST, MOVING
from sim_backends.models.climate_chamber import ClimateChamber
from sim_backends.streams import stream


@pytest.mark.parametrize("celsius", [25.0, -45.0, 70.0])
def test_a_year_at_rest_takes_few_looks(celsius: float) -> None:
    chamber = ClimateChamber()
    machine = EMULATOR(chamber, serial="SIM-1", rng=stream(1, "chamber"))
    machine.advance(0.0)
    machine.loops[0].aim(celsius)
    machine.loops[0].choose(Code.AUTO)
    looks, t = 0, 0.0
    away: list[float] = []
    while t < 365 * 86400.0:
        due = machine.event()
        assert due is not None and due - t <= LONGEST_REST + 1.0
        t = due
        machine.advance(t)
        looks += 1
        if t > 86400.0:
            away.append(abs(chamber.temperature(t) - celsius))
    assert looks < 5000 and max(away) < 1.6
    assert sum(away) / len(away) < 1.2


def test_while_it_moves_it_looks_every_few_seconds() -> None:
    machine = EMULATOR(ClimateChamber(), serial="SIM-1", rng=stream(1, "chamber"))
    machine.advance(0.0)
    machine.loops[0].choose(Code.AUTO)
    machine.loops[0].aim(-40.0)
    machine.advance(10.0)
    due = machine.event()
    assert due is not None and due - 10.0 <= MOVING
