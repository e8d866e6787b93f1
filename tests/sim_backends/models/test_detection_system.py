from __future__ import annotations

import pytest

from sim_backends.models.detection_system import (
    DetectionSystem,
    SupplyInput,
    duration,
    peak,
    scaled,
)

SYSTEM = DetectionSystem(0.1, ((60.0, 0.2), (120.0, 0.4), (30.0, 0.3)))


def test_figures_of_a_system() -> None:
    assert peak(SYSTEM) == pytest.approx(4.8)
    assert duration(SYSTEM) == 210.0
    assert peak(scaled(SYSTEM, 0.5)) == pytest.approx(2.4)


def test_power_follows_the_phases_once_an_analysis_was_started() -> None:
    supply = SupplyInput(SYSTEM, seed=1, t0=0.0)

    def power(t: float) -> float:
        state = supply.state(t)
        assert state.frequency == 0.0 and state.voltage[0].real == pytest.approx(12.0, rel=0.02)
        return (state.voltage[0] * state.current[0]).real

    assert power(10.0) == pytest.approx(1.2, rel=0.02)
    supply.acted("6.8-06/other", "yes", 11.0)
    assert power(12.0) == pytest.approx(1.2, rel=0.02)
    supply.acted("analysis", "started", 20.0)
    seen = [power(20.0 + t) for t in (30.0, 100.0, 200.0, 215.0)]
    assert seen == pytest.approx([2.4, 4.8, 3.6, 1.2], rel=0.02)
