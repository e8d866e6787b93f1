from __future__ import annotations

import numpy as np
import pytest

from labctl.evidence import Accuracy, Reading
from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from procedures.methods.semiconductor.on_off_ratio import (
    Currents,
    Turn,
    leakage,
    least_ratio,
    ratio_of,
    spoilt,
)
from procedures.methods.semiconductor.states import transistor_states

LINE = Accuracy("current", 1e-9, "A", 0.0015, 240e-15, "a sheet, page 1")
HIGH = Accuracy("current", 1e-2, "A", 0.0002, 2.5e-6, "a sheet, page 2")
RNG = np.random.default_rng(4)


def read(values: list[float], line: Accuracy, t: float) -> tuple[Reading, ...]:
    return tuple(Reading(x, "A", t, t, "a", "1", line) for x in values)


def turn(on: float, off: float, t: float, noise: float = 3e-14) -> Turn:
    return Turn(read([on] * 3, HIGH, t), read((off + RNG.normal(0.0, noise, 8)).tolist(), LINE, t))


def test_what_flows_with_lifted_probes_is_taken_off_with_the_meters_zero() -> None:
    mc = MonteCarlo(4000, 1)
    found = leakage(mc, turn(1e-3, 1.25e-10 + 2e-13, 1.0), turn(0.0, 2e-13, 9.0))
    assert found[0, 0] == pytest.approx(1.25e-10, rel=1e-3)
    # The offset of the range cancels: 140 fA of it would be 0.1 %.
    assert found[1:].std() < 1.25e-10 * 0.0012


def test_a_ratio_is_on_over_off() -> None:
    found = ratio_of(MonteCarlo(400, 1), turn(5e-3, 1e-10, 1.0), turn(0.0, 0.0, 9.0))
    assert found[0] == pytest.approx(5e7, rel=2e-3)


def test_a_leakage_that_cannot_be_told_from_zero_gives_a_least_ratio() -> None:
    mc, lifted = MonteCarlo(4000, 1), turn(0.0, 2e-14, 90.0)
    turns = [turn(5e-3, 2e-14, float(n)) for n in range(4)]
    least = least_ratio(mc, turns, lifted)
    assert least is not None
    ratio, amperes = least
    assert 1e-14 < amperes < 2e-13
    assert ratio == pytest.approx(5e-3 / amperes, rel=0.01)
    assert least_ratio(mc, [turn(5e-3, 1e-10, 1.0)], lifted) is None


def test_what_is_clipped_or_moves_is_no_evidence() -> None:
    states = transistor_states(
        {
            "gate_on": Quantity(10.0, "V"),
            "gate_off": Quantity(0.0, "V"),
            "drain_voltage": Quantity(10.0, "V"),
        },
        points=201,
    )
    gates = np.array([gate for gate, _ in states.path])
    true = 5e-3 * np.minimum(10.0 ** ((gates - 3.0) / 0.12), 1.0) + 2.5e-8
    seen = np.where(true < 1e-7, 0.0, true)
    turns = [turn(5e-3, 1e-10, float(n)) for n in range(4)]
    lifted = turn(0.0, 0.0, 90.0)
    assert spoilt(states, Currents(read(true.tolist(), LINE, 0.0)), turns, lifted, 25.0) == ()
    [clipped] = spoilt(states, Currents(read(seen.tolist(), LINE, 0.0)), turns, lifted, 25.0)
    assert "barrier" in clipped.template
    still = [*turns[:3], turn(5e-3, 1e-10, 3.0, noise=0.0)]
    [frozen] = spoilt(states, Currents(read(true.tolist(), LINE, 0.0)), still, lifted, 25.0)
    assert "stand still" in frozen.template
    moving = [*turns[:3], turn(4e-3, 1e-10, 3.0)]
    [moved] = spoilt(states, Currents(read(true.tolist(), LINE, 0.0)), moving, lifted, 25.0)
    assert "changed" in moved.template
