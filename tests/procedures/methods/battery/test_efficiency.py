"""What is common to charge and discharge cancels, what is not does not."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.evidence import Accuracy, Reading
from labctl.quantity import Quantity
from labctl.sample import Sample
from labctl.uncertainty import MonteCarlo
from procedures.methods.battery.cell import Cell
from procedures.methods.battery.cycling import Cycles
from procedures.methods.battery.efficiency import (
    block_efficiency,
    capacity_trend,
    trapezoid_mean,
)
from procedures.methods.battery.legs import Leg
from procedures.methods.trace import trace
from rigs.battery import Shunt

CELL = Cell(Sample("S", "cell"), Shunt("1", Quantity(0.1, "ohm", 1e-3), "none"), {})


def legs(down: float, trend: float = 0.0, count: int = 21) -> list[Leg]:
    found: list[Leg] = []
    for cycle in range(1, count + 1):
        off = trend * cycle
        found.append(Leg(cycle, 1, 100.0 + off, 2.5, 1.1, 0.0))
        found.append(Leg(cycle, -1, down + off, 2.5, 0.9, 0.0))
    return found


def seen(down: float, gain: float, offset: float, zero: float = 0.0) -> Cycles:
    line = Accuracy("voltage", 1.0, "V", gain, offset, "test")

    def some(volts: float) -> list[Reading]:
        return [Reading(volts + zero, "V", float(t), 0.0, "m", "1", line) for t in range(5)]

    rest, up, low = (trace(some(volts)) for volts in (0.0, 0.25, -0.25))
    return Cycles(legs(down), rest, up, low, 25.0, None, "")


def spread(gain: float, offset: float) -> float:
    draws = block_efficiency(MonteCarlo(2000, 1), CELL, seen(99.9, gain, offset), "b")
    return float(draws.std())


def test_gain_shunt_and_offset_cancel_with_the_zero_read() -> None:
    sampling = spread(0.0, 0.0)
    assert sampling == pytest.approx(0.05 * (2.0 / 3.0) ** 0.5 / 2000.0, rel=0.05)
    assert spread(1e-2, 1e-3) == pytest.approx(sampling, rel=1e-3)


def test_a_zero_that_was_read_does_no_harm() -> None:
    clean, shifted = (
        block_efficiency(MonteCarlo(2, 1), CELL, seen(99.9, 0.0, 0.0, zero), "b")[0]
        for zero in (0.0, 3e-3)
    )
    assert clean == pytest.approx(0.999, abs=1e-9)
    assert shifted == pytest.approx(clean, abs=1e-12)


def test_a_trend_of_the_capacity_is_told_from_a_loss() -> None:
    rows = [leg for leg in legs(99.9, 0.05) if leg.cycle > 1]
    assert capacity_trend(rows) == pytest.approx(0.05 * 20, rel=1e-6)
    assert capacity_trend([leg for leg in legs(99.9) if leg.cycle > 1]) == pytest.approx(
        0.0, abs=1e-9
    )
    assert capacity_trend(rows[:4]) == 0.0


def test_the_mean_over_the_life_is_that_of_straight_pieces() -> None:
    counts = np.array([12.0, 2000.0, 4000.0, 9990.0])
    weights = trapezoid_mean(counts)
    assert weights.sum() == pytest.approx(1.0)
    assert weights @ counts == pytest.approx((counts[0] + counts[-1]) / 2.0)
