"""The estimator of the state of charge: exact without errors, and drawn to the truth by voltage."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim_backends.data.hybrid import SYSTEM
from sim_backends.models.charge_estimator import ChargeEstimator, EstimatorDesign
from sim_backends.models.storage_bank import StorageBank

TUNING = {"counting": 2e-11, "drifting": 1e-8, "trust": 4.0}
EXACT = EstimatorDesign(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, **TUNING)
STILL = replace(
    SYSTEM.banks[0],
    cell=replace(SYSTEM.banks[0].cell, slow=0.0, hysteresis=0.0, efficiency=1.0),
)


def estimated(design: EstimatorDesign, hours: float) -> tuple[float, float]:
    """Told and true charge after a discharge of 100 A from 0.9 on."""
    bank = StorageBank(STILL, 0.9)
    estimator = ChargeEstimator(design, bank)
    for n in range(round(hours * 60)):
        bank.pass_current(100.0, 60.0)
        estimator.step(100.0, 60.0, 60.0 * n)
    return estimator.charge, bank.charge


def test_without_errors_it_tells_the_truth() -> None:
    told, true = estimated(EXACT, 1.5)
    assert told == pytest.approx(true, abs=1e-3)


def test_a_capacity_that_is_believed_too_large_tells_too_much() -> None:
    told, true = estimated(replace(EXACT, capacity=0.05), 1.5)
    assert told - true == pytest.approx((0.9 - true) * 0.05 / 1.05, rel=0.2)


def test_an_offset_of_the_current_sensor_is_counted() -> None:
    told, true = estimated(replace(EXACT, offset=2.0), 1.5)
    assert told - true == pytest.approx(-2.0 * 1.5 / STILL.cell.capacity, rel=0.3)


def test_the_voltage_draws_a_wrong_start_to_the_truth() -> None:
    bank = StorageBank(STILL, 0.6)
    estimator = ChargeEstimator(replace(EXACT, counting=1e-7), bank)
    estimator.charge = 0.8
    errors = []
    for n in range(600):
        estimator.step(0.0, 60.0, 60.0 * n)
        errors.append(abs(estimator.charge - bank.charge))
    assert errors[-1] < 0.02 < errors[0]


def test_full_is_a_hundred_per_cent() -> None:
    estimator = ChargeEstimator(EXACT, StorageBank(STILL, 0.97))
    estimator.full()
    assert estimator.charge == 1.0
