from __future__ import annotations

import pytest

from sim_backends.emulators.mettler_toledo.cell import (
    CAPACITY,
    DIGIT,
    TAU,
    WINDOW,
    WeighingCell,
)
from sim_backends.models.weighing_pan import WeighingPan
from sim_backends.streams import stream


def made(mass: float, seed: int = 1) -> tuple[WeighingPan, WeighingCell]:
    pan = WeighingPan(mass)
    return pan, WeighingCell(pan, stream(seed, "cell"))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("grams", [0.0, 1.0, 100.0, 220.0])
def test_a_weight_is_within_the_limits(grams: float, seed: int) -> None:
    _, cell = made(grams * 1e-3, seed)
    limit = 4e-6 * grams + 8e-4
    assert cell.net(1.0) == pytest.approx(grams, abs=limit)
    assert cell.is_stable(1.0) and cell.beyond(1.0) == ""


def test_a_step_is_followed_with_a_lag_and_is_stable_later() -> None:
    pan, cell = made(0.0)
    pan.put(0.05, 10.0)
    assert cell.net(10.0) == pytest.approx(0.0, abs=2e-3)
    assert cell.net(10.0 + TAU) == pytest.approx(50.0 * 0.632, abs=0.01)
    at = cell.stable_at(10.0)
    assert at is not None and 10.0 + WINDOW < at < 10.0 + 6.0
    assert not cell.is_stable(at - 0.1) and cell.is_stable(at)


def test_what_flows_is_never_stable() -> None:
    pan, cell = made(0.01)
    pan.pour(1e-6, 5.0)
    assert cell.stable_at(6.0) is None and not cell.is_stable(1e4)
    pan.pour(1e-8, 1e4)
    assert cell.is_stable(1e4)


def test_overload_and_underload() -> None:
    pan, cell = made(0.0)
    pan.put(0.2205, 1.0)
    assert cell.beyond(10.0) == "+"
    pan.put(-0.2305, 11.0)
    assert cell.beyond(20.0) == "-"


def test_zero_has_a_range_and_takes_the_tare_away() -> None:
    pan, cell = made(0.002)
    cell.tare = 1.0
    assert cell.set_zero(1.0) == "" and cell.tare == 0.0
    assert cell.net(1.0) == pytest.approx(0.0, abs=5e-4)
    pan.put(0.01, 2.0)
    assert cell.set_zero(10.0) == "+"
    pan.put(-0.02, 11.0)
    assert cell.set_zero(20.0) == "-"


def test_tare_is_a_whole_number_of_digits() -> None:
    _, cell = made(0.1)
    assert cell.set_tare(1.0) == ""
    assert round(cell.tare / DIGIT) * DIGIT == pytest.approx(cell.tare, abs=1e-12)
    pan, cell = made(0.0)
    pan.put(-1e-3, 1.0)
    assert cell.set_tare(9.0) == "-"
    pan.put(1e-3 + 0.23, 10.0)
    assert cell.set_tare(19.0) == "+"


def test_adjusting_takes_the_drift_away() -> None:
    errors = []
    for seed in range(20):
        _, cell = made(CAPACITY * 1e-3, seed)
        cell.adjust()
        errors.append(abs(cell.net(1.0) - CAPACITY))
    assert max(errors) < 1e-6 * CAPACITY + 8e-4


def test_switched_on_the_load_is_zero() -> None:
    _, cell = made(0.15)
    cell.switch_on(1.0)
    assert cell.net(2.0) == pytest.approx(0.0, abs=5e-4)
