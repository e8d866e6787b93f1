from __future__ import annotations

import pytest

from procedures.methods.semiconductor.monolithic import (
    ON_CURRENT,
    Seen,
    Two,
    blocking,
    inverting,
    storing,
    switching,
)


@pytest.mark.parametrize(
    ("found", "holds"),
    [
        (Two(5e-3, 1e-9), True),
        (Two(5e-3, 5e-3), False),
        (Two(5e-3, 1.2e-4), None),
        (Two(1e-2, 1e-9, held=True), None),
        (Two(1e-2, 1e-2, held=True), False),
        # The noise of a meter at open probes: a large ratio of nothing.
        (Two(2e-8, 1e-12), False),
        (Two(5e-5, 1e-12), None),
        (Two(-5e-3, 1e-12), False),
    ],
)
def test_a_switch_needs_a_current_and_a_ratio(found: Two, holds: bool | None) -> None:
    assert switching(found, ON_CURRENT).holds is holds


def test_a_transistor_blocks_or_is_held() -> None:
    assert blocking(Two(1e-4, 1e-9)).holds is True
    assert blocking(Two(1e-4, 1e-4, held=True)).holds is False
    assert blocking(Two(1e-4, 1e-5)).holds is None


def test_an_inverter_goes_from_high_to_low() -> None:
    assert inverting(Two(4.99, 0.02), 5.0).holds is True
    assert inverting(Two(0.0, 0.0), 5.0).holds is False
    assert inverting(Two(5.0, 5.0), 5.0).holds is False
    assert inverting(Two(5.0, 2.0), 5.0).holds is None
    assert inverting(Two(5.0, 0.1, held=True), 5.0).holds is None


def test_a_capacitor_has_its_capacitance_and_its_angle() -> None:
    assert storing(Seen(30.0, -7960.0), 20e-12).holds is True
    assert storing(Seen(150.0, 0.0), 20e-12).holds is False
    assert storing(Seen(150.0, 1.0), 20e-12).holds is False
    assert storing(Seen(0.0, -2e7), 20e-12).holds is False
    assert storing(Seen(0.0, -2e4), 20e-12).holds is None
    assert storing(Seen(8000.0, -7960.0), 20e-12).holds is None
