"""Charges and discharges out of a log that is known."""

from __future__ import annotations

import numpy as np
import pytest

from drivers.roles.arrays import ReadingArray
from drivers.roles.battery_cycler import CyclerRecord
from labctl.errors import Defect
from procedures.methods.battery.legs import legs_of, of_sign


def record(error: float = 0.0) -> CyclerRecord:
    """Rest, charge of 100 s with 2 A, rest, discharge of 80 s with 2 A; the current reads wrong by
    `error` in A, and what it counts with it."""
    rows: list[tuple[float, ...]] = []
    start = 0.0
    for step, (current, lasting) in enumerate(
        [(0.0, 10.0), (2.0, 100.0), (0.0, 10.0), (-2.0, 80.0)], 1
    ):
        shown = current + error if current else 0.0
        for t in np.linspace(0.0, lasting, 6):
            volts = 1.0 + 0.002 * t * np.sign(current)
            charge = abs(shown) * t
            energy = abs(shown) * (t + 0.001 * t * t * np.sign(current))
            rows.append((step, start + t, volts, shown, charge, energy))
        start += lasting
    table = np.array(rows)

    def array(column: int, unit: str) -> ReadingArray:
        return ReadingArray(table[:, column], unit, 0.0, 0.0, "sim", "")

    ones = np.ones(len(table), dtype=np.int64)
    return CyclerRecord(
        index=np.arange(len(table), dtype=np.int64),
        cycle=ones,
        step=table[:, 0].astype(np.int64),
        time=table[:, 1],
        voltage=array(2, "V"),
        current=array(3, "A"),
        charge=array(4, "C"),
        energy=array(5, "J"),
    )


def test_rests_are_left_out_and_signs_told() -> None:
    up, down = legs_of(record())
    assert (up.sign, down.sign, up.cycle) == (1, -1, 1)
    assert (up.seconds, down.seconds) == pytest.approx((100.0, 80.0))
    assert (up.voltage, down.voltage) == pytest.approx((1.1, 0.92))
    assert up.slope == pytest.approx(500.0)


def test_the_time_that_was_counted_is_free_of_the_currents_error() -> None:
    wrong = legs_of(record(error=0.03))
    assert [leg.seconds for leg in wrong] == pytest.approx([100.0, 80.0])
    assert wrong[0].current == pytest.approx(2.03)


def test_a_log_without_a_discharge_is_told() -> None:
    only = [leg for leg in legs_of(record()) if leg.sign > 0]
    assert of_sign(only, 1) == only
    with pytest.raises(Defect, match="no discharge"):
        of_sign(only, -1)
