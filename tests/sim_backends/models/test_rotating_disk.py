from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.data.voltammetry import DISK_AREA, ELECTROLYTE, REVERSIBLE_OXYGEN
from sim_backends.models.rotating_disk import (
    CatalystBatches,
    RotatingDisk,
    overpotential,
    worst_deviation,
)

BATCHES = CatalystBatches((2e-5, 3e-5, 2.5e-5), 0.05)
STILL = (0.0, 0.0, 0.0, 0.0)


def disk(spreads: tuple[float, float, float, float] = STILL) -> RotatingDisk:
    return RotatingDisk(BATCHES, seed=3, t0=0.0, spreads=spreads, offset=0.002)


def test_overpotential_is_tafels_law() -> None:
    # Ten times the exchange current is one Tafel slope less.
    one = CatalystBatches((1e-5, 1e-4), 0.05)
    assert overpotential(one, 0, 100.0) - overpotential(one, 1, 100.0) == pytest.approx(0.05)
    assert 0.28 < overpotential(BATCHES, 0, 100.0) < 0.36


def test_worst_deviation_has_its_sign() -> None:
    found = [overpotential(BATCHES, n, 100.0) for n in range(3)]
    mean = sum(found) / 3
    assert worst_deviation(BATCHES, 100.0) == pytest.approx(found[0] - mean)
    assert worst_deviation(BATCHES, 100.0) > 0


@settings(max_examples=50, derandomize=True)
@given(st.floats(1.3, 1.75))
def test_current_potential_and_resistance_agree(volts: float) -> None:
    one = disk()
    current = one.current(volts, 0.0)
    resistance = one._mounted.resistance
    density = current / DISK_AREA
    reference = one._reference(0.0)
    eta = volts + reference - REVERSIBLE_OXYGEN - current * resistance
    limit = 600.0 * math.sqrt(1.0 + one._mounted.rotation)
    kinetic = 1.0 / (1.0 / density - 1.0 / limit)
    assert eta == pytest.approx(BATCHES.tafel * math.log10(kinetic / BATCHES.exchange[0]), abs=1e-6)


def test_impedance_at_high_frequency_is_the_solution() -> None:
    one = disk()
    z = one.impedance(50e3, 1.2, 0.0)
    assert z.real == pytest.approx(one._mounted.resistance, rel=1e-4)
    assert abs(z.real / ELECTROLYTE - 1.0) < 0.25


def test_people_mount_batches_and_the_hydrogen_electrode() -> None:
    one = disk((0.02, 0.2, 3e-4, 3e-4))
    first = one.current(1.55, 1.0)
    one.acted("batch 2/batch", "2", 2.0)
    assert one.current(1.55, 3.0) > first
    one.acted("batch 2/before/master", "done", 4.0)
    assert one.voltage(0.0, 5.0) == pytest.approx(-one._reference(5.0), abs=1.5e-3)
    one.acted("something else", "done", 6.0)
    one.acted("batch 3/batch", "3", 7.0)
    assert one.voltage(0.0, 8.0) > 0.9
