from __future__ import annotations

import pytest

from labctl.uncertainty import MonteCarlo
from procedures.methods.storage_cell.span import Point, Side, crossing_of
from procedures.methods.storage_cell.temperature_range import End
from tests.procedures.methods.storage_cell.made import air, cell, seen

FULL = 10_800.0


def end(points: list[tuple[float, float]], kept: float, aged: float = 1.0) -> End:
    """An end of points (degC, share of the capacity); `aged` of it is left after the last."""
    whole = [1.0 + (aged - 1.0) * (n + 1) / (len(points) + 1) for n in range(len(points))]
    made = [
        Point(t, seen(FULL * share * left, 16.7), air(t))
        for (t, share), left in zip(points, whole, strict=True)
    ]
    before, after = seen(FULL, 16.7), seen(FULL * aged, 16.7)
    return End(cell(), [seen(FULL + 5.0, 16.7), before], Side(before, made, after), kept)


COLD = [(-20.0, 0.95), (-35.0, 0.80), (-45.0, 0.55), (-39.3, 0.71), (-39.9, 0.695)]


def test_the_end_is_read_between_the_nearest_two() -> None:
    found = end(COLD, 0.70)
    assert found.is_found and found.beside() == (3, 4)
    draws = found.draws(MonteCarlo(4000, 1))
    assert draws[0] == pytest.approx(-39.7, abs=0.01)
    assert 0.17 < draws.std() < 0.25
    assert [one.set for one in found.failed()] == [-45.0, -39.9]


def test_capacity_that_is_lost_on_the_way_is_not_taken_for_heat() -> None:
    fresh, aged = end(COLD, 0.70), end(COLD, 0.70, aged=0.97)
    few = MonteCarlo(10, 1)
    assert aged.draws(few)[0] == pytest.approx(fresh.draws(few)[0], abs=1e-6)


def test_a_cell_that_works_everywhere_gives_the_last_temperature() -> None:
    found = end([(-20.0, 0.95), (-52.0, 0.8)], 0.70)
    assert not found.is_found
    assert found.figure(MonteCarlo(400, 1)).value == pytest.approx(-52.0)


def test_two_points_that_both_fail_still_tell_a_line() -> None:
    found = end([(50.0, 0.94), (49.0, 0.945)], 0.95)
    assert found.draws(MonteCarlo(10, 1))[0] == pytest.approx(48.0, abs=0.01)


def test_the_next_guess_lies_between() -> None:
    assert crossing_of([(50.0, 0.98), (60.0, 0.94)], 0.95) == pytest.approx(57.5)
    assert crossing_of([(50.0, 0.9)], 0.95) == 50.0
