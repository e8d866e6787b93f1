"""Two banks at one point of coupling: energy, limits, split, program, blocks of cycles."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from sim_backends.data.hybrid import SYSTEM
from sim_backends.models.hybrid_block import after_cycles, delivered, one_cycle, within
from sim_backends.models.hybrid_control import HybridControl
from sim_backends.models.hybrid_plant import HybridPlant
from sim_backends.models.hybrid_ports import CyclePlan
from sim_backends.models.hybrid_system import split
from sim_backends.models.power_envelope import PowerEnvelope

PLAN = CyclePlan(100e3, 100e3, 0.03, 0.97, 600.0, 40)


def test_the_asked_power_flows_and_energy_is_conserved() -> None:
    plant = HybridPlant(SYSTEM, charge=0.6)
    plant.ask(120e3)
    plant.advance(1800.0)
    assert plant.meter.given == pytest.approx(120e3 * 1800.0, rel=1e-6)
    out = sum(meter.given for meter in plant.meters)
    lost = out - plant.meter.given
    assert 0.01 < lost / out < 0.06
    assert plant.envelope.at(inf) == pytest.approx(120e3)


def test_at_rest_only_the_own_use_flows() -> None:
    plant = HybridPlant(SYSTEM, charge=0.6)
    plant.advance(3600.0)
    assert plant.meter.given == 0.0
    assert plant.meter.taken == pytest.approx(3600.0 * (SYSTEM.auxiliary + SYSTEM.standby))


def test_more_than_there_is_is_held_at_the_current_limits_and_sags() -> None:
    plant = HybridPlant(SYSTEM, charge=0.6)
    plant.ask(700e3)
    plant.advance(1.0)
    first = plant.envelope.at(inf)
    plant.advance(31.0)
    limits = [bank.converter.current for bank in SYSTEM.banks]
    assert plant.currents == pytest.approx(limits)
    assert 400e3 < plant.envelope.at(inf) < first < 700e3


def test_both_banks_end_together_near_their_limits() -> None:
    plant = HybridPlant(SYSTEM, charge=0.3)
    plant.ask(100e3)
    plant.advance(36000.0, until_stopped=True)
    assert plant.t < 36000.0
    assert all(-0.01 < bank.charge < 0.02 for bank in plant.banks)
    assert plant.ended == [1, 1]


@pytest.mark.parametrize(
    ("power", "limits", "shares"),
    [
        (100.0, (90.0, 90.0), (75.0, 25.0)),
        (100.0, (50.0, 90.0), (50.0, 50.0)),
        (-200.0, (90.0, 90.0), (-90.0, -90.0)),
        (100.0, (0.0, 90.0), (0.0, 90.0)),
    ],
)
def test_power_is_split_by_weight_within_limits(
    power: float, limits: tuple[float, float], shares: tuple[float, float]
) -> None:
    assert split(power, (3.0, 1.0), limits) == pytest.approx(shares)


def test_the_envelope_is_the_answer_of_a_first_order_lag() -> None:
    envelope = PowerEnvelope(0.02, 0.0, 0.0)
    envelope.change(1000.0, 1.0)
    t = 1.0 + np.array([-0.5, 0.0, 0.02 * np.log(10.0), 1.0])
    assert envelope.over(t) == pytest.approx([0.0, 0.0, 900.0, 1000.0], abs=1e-6)
    assert envelope.at(float(t[2])) == pytest.approx(900.0)


def test_a_command_waits_for_the_delay() -> None:
    plant = HybridPlant(SYSTEM, charge=0.6)
    control = HybridControl(plant)
    control.command(50e3, 10.0)
    control.advance(10.0 + 0.9 * SYSTEM.delay)
    assert plant.power == 0.0
    control.advance(10.0 + 1.1 * SYSTEM.delay)
    assert plant.power == 50e3


def test_a_program_counts_its_cycles_however_seldom_it_is_looked_at() -> None:
    seldom, often = (HybridControl(HybridPlant(SYSTEM, charge=0.5)) for _ in range(2))
    for control in (seldom, often):
        control.start(PLAN, 0.0)
    end = 12 * 4.6 * 3600.0
    for n in range(24):
        often.advance((n + 1) * end / 24)
    assert seldom.status(end).done == pytest.approx(often.status(end).done, abs=1)
    worn = [control.plant.banks[0].wear.cycles for control in (seldom, often)]
    assert worn[0] == pytest.approx(worn[1], rel=0.05)


def test_a_held_program_goes_on_in_its_phase() -> None:
    control = HybridControl(HybridPlant(SYSTEM, charge=0.5))
    control.start(PLAN, 0.0)
    control.advance(600.0)
    control.hold()
    assert control.status(1200.0).held
    control.start(PLAN, 1200.0)
    found = control.status(1800.0)
    assert (found.held, found.phase, found.done) == (False, "charge", 0)


def test_a_block_is_as_long_as_its_cycles() -> None:
    wears, blocks = after_cycles(SYSTEM, delivered(SYSTEM), within(PLAN), 250.0, lambda s: 25.0)
    first = one_cycle(SYSTEM, delivered(SYSTEM), within(PLAN), 25.0)
    assert sum(count for count, _ in blocks) == 250.0
    assert blocks[-1][1].period < first.period
    assert wears[0].cycles > 200.0
