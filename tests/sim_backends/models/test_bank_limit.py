"""The moment in which a bank meets a limit, and the current that keeps it there."""

from __future__ import annotations

import pytest

from sim_backends.data.hybrid import SYSTEM
from sim_backends.models.bank_limit import until_limit
from sim_backends.models.hybrid_plant import FULL, HybridPlant
from sim_backends.models.storage_bank import StorageBank


def test_a_bank_stops_at_its_lower_limit_and_not_before() -> None:
    bank = StorageBank(SYSTEM.banks[0], 0.05)
    gone, steps = 0.0, 0
    while not bank.ended(150.0):
        dt = until_limit(bank, 150.0, 600.0, far=False)
        bank.pass_current(150.0, dt)
        gone, steps = gone + dt, steps + 1
    assert bank.lowest(150.0) == pytest.approx(SYSTEM.banks[0].cell.low, abs=1e-3)
    assert 0.0 < gone < 600.0 and steps > 1


def test_far_from_a_limit_a_step_is_gone_whole() -> None:
    bank = StorageBank(SYSTEM.banks[0], 0.5)
    assert until_limit(bank, 150.0, 60.0, far=True) == 60.0


def test_a_tapered_current_ends_at_the_upper_limit() -> None:
    bank = StorageBank(SYSTEM.banks[0], 0.97)
    current = bank.tapered(-300.0, 30.0)
    assert -300.0 < current < 0.0
    bank.pass_current(current, 30.0)
    assert bank.highest(current) == pytest.approx(SYSTEM.banks[0].cell.high, abs=1e-3)
    assert StorageBank(SYSTEM.banks[0], 0.5).tapered(-300.0, 30.0) == -300.0


def test_both_banks_are_full_wherever_they_come_from() -> None:
    ends: list[list[float]] = []
    for charge in (0.2, 0.8):
        plant = HybridPlant(SYSTEM, charge=charge)
        plant.ask(-100e3)
        plant.advance(72000.0, until_stopped=True)
        ends.append([bank.charge for bank in plant.banks])
        assert all(estimator.charge == 1.0 for estimator in plant.estimators)
        last = [
            -current / bank.capacity
            for current, bank in zip(plant.currents, plant.banks, strict=True)
        ]
        assert min(last) <= FULL
    assert ends[0] == pytest.approx(ends[1], abs=2e-3)
    assert all(0.985 < charge < 1.005 for charge in ends[0])
