"""The bed answers as if it had been solved at once, whenever it is asked and told."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.data import abuse as data
from sim_backends.models.abuse_bed import AbuseBed
from sim_backends.models.thermal_runaway import AbusedCell, Cells, Drive
from sim_backends.models.vent_gas import Gas

CELL = AbusedCell(0.9, 0.16, 0.32, 0.036, 52.0, 1.5e-3, 1.0, 260.0, 1e-4, data.LITHIUM_CURVE)


def bed(t0: float = 0.0) -> AbuseBed:
    return AbuseBed(Cells([CELL], 1, 23.0), [1.0], Gas((CELL.vent,)), t0)


def test_what_acts_from_a_time_on_acts_from_then_on() -> None:
    tried = bed()
    assert tried.celsius(0, 150.0) == pytest.approx(23.0, abs=0.01)
    tried.act(150.3, plate=100.0)
    cells = Cells([CELL], 1, 23.0)
    alone = cells.solve(cells.start([1.0]), Drive(plate=100.0), np.array([0.0, 300.0]))
    assert tried.celsius(0, 450.3) == pytest.approx(alone[-1, 0, 0] - 273.15, abs=0.05)
    assert tried.celsius(0, 445.0) < tried.celsius(0, 450.3)


def test_asking_often_changes_nothing() -> None:
    often, once = bed(), bed()
    for each in (often, once):
        each.act(10.0, short=5.0)
    for t in np.arange(10.0, 600.0, 1.7):
        often.row(float(t))
        often.voltage(0, float(t))
    assert often.celsius(0, 600.0) == pytest.approx(once.celsius(0, 600.0), abs=1e-6)


def test_a_short_pulls_the_terminals_down() -> None:
    tried = bed()
    before = tried.voltage(0, 5.0)
    tried.act(5.0, short=50.0)
    after = tried.voltage(0, 7.0)
    assert after == pytest.approx(before / (1.0 + 50.0 * CELL.resistance), rel=1e-3)


def test_rows_are_those_of_their_times() -> None:
    tried = bed()
    times = np.arange(-20.0, 150.0)
    assert len(tried.rows(times)) == len(times)
    assert not any(row.burning or row.burst for row in tried.rows(times))
