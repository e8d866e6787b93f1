from __future__ import annotations

import pytest

from sim_backends.models.raman_cascade import (
    RamanCascade,
    circulating,
    defect,
    gain,
    order_powers,
    spread,
    width_in_metres,
)

LASER = RamanCascade(
    976e-9,
    1e-4,
    (0.003, 0.33, 0.0045, 0.0),
    (0.002, 0.01, 0.0035, 5.0),
    (1.0, 1.0, 1.0, 1.0),
    (22e9, 20e9, 18e9, 20e9),
    50.0,
    320.0,
    1.0,
)


def test_orders_begin_one_after_the_other() -> None:
    assert [len(circulating(LASER, pump)) for pump in (30.0, 60.0, 200.0, 320.0)] == [0, 1, 2, 3]


@pytest.mark.parametrize("pump", [60.0, 150.0, 320.0, 400.0])
def test_each_order_balances_its_losses(pump: float) -> None:
    held = circulating(LASER, pump)
    for n in range(2, len(held) + 1):
        losses = LASER.coupler[n - 1] + LASER.loss[n - 1]
        fed = gain(LASER, n + 1) * defect(LASER, n + 1) * held[n] if n < len(held) else 0.0
        assert gain(LASER, n) * held[n - 2] == pytest.approx(losses + fed, rel=1e-9)


@pytest.mark.parametrize("pump", [60.0, 150.0, 320.0])
def test_no_more_photons_come_out_than_went_in(pump: float) -> None:
    lost = sum(
        (LASER.coupler[n] + LASER.loss[n]) * one / _quantum(n + 1)
        for n, one in enumerate(circulating(LASER, pump))
    )
    assert 0.0 < lost < pump


def _quantum(order: int) -> float:
    """Power of an order that a W of pump makes at most."""
    whole = 1.0
    for n in range(1, order + 1):
        whole *= 1.0 / defect(LASER, n)
    return whole


def test_a_clamped_order_rests_until_the_next_but_one_begins() -> None:
    powers = [order_powers(LASER, pump)[0] for pump in (100.0, 150.0, 200.0)]
    assert powers == pytest.approx([powers[0]] * 3)
    assert order_powers(LASER, 320.0)[0] > powers[0]


def test_spread_and_width() -> None:
    assert 0.0 < spread(LASER) < 0.1
    assert width_in_metres(LASER, 1) == pytest.approx(0.0924e-9, rel=0.02)
