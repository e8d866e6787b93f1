from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim_backends.emulators.newport.trajectory import Braking, Move

positions = st.floats(-50.0, 50.0)
rates = st.floats(0.5, 100.0)


def test_a_long_way_has_three_phases() -> None:
    # 10 mm/s with 20 mm/s2 up and 10 mm/s2 down: 2.5 mm, 5 mm, and 22.5 mm between.
    move = Move(0.0, 30.0, 10.0, 20.0, 10.0, 1.0)
    assert move.end == pytest.approx(1.0 + 0.5 + 1.0 + 2.25)
    assert move.position(1.5) == pytest.approx(2.5)
    assert move.position(3.75) == pytest.approx(25.0)
    assert move.speed(2.0) == pytest.approx(10.0)


def test_a_short_way_never_gets_to_full_speed() -> None:
    move = Move(1.0, -1.0, 100.0, 8.0, 8.0, 0.0)
    assert move.end == pytest.approx(1.0)
    assert move.position(0.5) == pytest.approx(0.0)
    assert move.speed(0.5) == pytest.approx(-4.0)


def test_no_way_takes_no_time() -> None:
    move = Move(3.0, 3.0, 10.0, 10.0, 10.0, 5.0)
    assert move.end == 5.0 and move.position(5.0) == 3.0 and move.speed(5.0) == 0.0


@given(start=positions, target=positions, velocity=rates, up=rates, down=rates)
def test_position_is_the_integral_of_speed(
    start: float, target: float, velocity: float, up: float, down: float
) -> None:
    move = Move(start, target, velocity, up, down, 0.0)
    assert move.position(0.0) == pytest.approx(start, abs=1e-6)
    assert move.position(move.end) == target
    steps = 400
    dt = move.end / steps
    way = sum(move.speed((i + 0.5) * dt) * dt for i in range(steps))
    assert way == pytest.approx(target - start, abs=1e-2 * (1.0 + abs(target - start)))


@given(start=positions, initial=st.floats(-40.0, 40.0), down=rates)
def test_braking_ends_at_rest_after_the_stopping_distance(
    start: float, initial: float, down: float
) -> None:
    braking = Braking(start, initial, down, 2.0)
    assert braking.position(2.0) == pytest.approx(start, abs=1e-6)
    assert abs(braking.target - start) == pytest.approx(initial**2 / (2 * down), abs=1e-6)
    assert braking.speed(braking.end) == 0.0
