"""The lamp: lag, warm-up, decline, drift."""

from __future__ import annotations

import pytest

from sim_backends.models.lamp import LAG, WARM_UP, Lamp
from sim_backends.models.noise import Drift, Flicker
from sim_backends.streams import stream


def steady_lamp(gain: float = 1.0, decline: float = 0.0) -> Lamp:
    rng = stream(1, "lamp")
    return Lamp(
        gain=gain,
        decline=decline,
        drift=Drift(0.0, 1e4, 300.0, rng),
        flicker=Flicker(0.0, 0.04, rng),
        t0=0.0,
    )


def test_off_is_dark() -> None:
    lamp = steady_lamp()
    assert lamp.irradiance(100.0) == 0.0
    lamp.emit(1000.0, 100.0)
    lamp.emit(0.0, 200.0)
    assert lamp.irradiance(300.0) == 0.0


def test_level_follows_with_its_lag() -> None:
    lamp = steady_lamp()
    lamp.emit(1000.0, 0.0)
    lamp.emit(500.0, 5000.0)
    assert lamp.irradiance(5000.0) == pytest.approx(1000.0, rel=1e-6)
    assert lamp.irradiance(5000.0 + LAG) == pytest.approx(500.0 * (1 + 0.36788), rel=1e-4)


def test_warm_up_ends() -> None:
    lamp = steady_lamp(gain=1.02)
    lamp.emit(1000.0, 0.0)
    assert lamp.irradiance(60.0) < 0.97 * 1020.0
    assert lamp.irradiance(WARM_UP) == pytest.approx(1020.0, rel=5e-4)


def test_decline_counts_burning_only() -> None:
    lamp = steady_lamp(decline=1e-8)
    lamp.emit(1000.0, 0.0)
    lamp.emit(0.0, 1e6)
    lamp.emit(1000.0, 5e6)
    assert lamp.burnt(6e6) == 2e6
    assert lamp.irradiance(6e6) == pytest.approx(1000.0 * (1 - 0.02), rel=1e-6)


def test_flicker_is_apart_from_the_mean() -> None:
    lamp = steady_lamp()
    assert lamp.flicker(3.0) == 1.0
