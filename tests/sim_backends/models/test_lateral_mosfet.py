from __future__ import annotations

import math

import pytest

from sim_backends.models.lateral_mosfet import Channel, channel_current, thermal_voltage

ROOM = 25.0
PLAIN = Channel(threshold=2.0, beta=1e-3, n=1.8, modulation=0.0)


def test_below_threshold_a_decade_takes_the_swing() -> None:
    swing = 1.8 * thermal_voltage(ROOM) * math.log(10.0)
    low, high = (channel_current(PLAIN, 1.0 + v, 1.0, ROOM) for v in (0.0, swing))
    assert high / low == pytest.approx(10.0, rel=1e-3)


def test_far_above_threshold_it_is_the_square_law() -> None:
    found = channel_current(PLAIN, 5.0, 20.0, ROOM)
    assert found == pytest.approx(1e-3 / (2.0 * 1.8) * 3.0**2, rel=0.01)
    ohmic = channel_current(PLAIN, 5.0, 1e-3, ROOM)
    assert ohmic == pytest.approx(1e-3 * 3.0 * 1e-3, rel=0.02)


def test_source_and_drain_change_their_parts() -> None:
    forward = channel_current(PLAIN, 5.0, 1.0, ROOM)
    assert channel_current(PLAIN, 4.0, -1.0, ROOM) == pytest.approx(-forward)
    assert channel_current(PLAIN, 5.0, 0.0, ROOM) == 0.0


def test_a_resistance_in_series_carries_the_same_current() -> None:
    long = Channel(threshold=2.0, beta=1e-3, n=1.8, modulation=0.01, series=1e3)
    short = Channel(threshold=2.0, beta=1e-3, n=1.8, modulation=0.01)
    current = channel_current(long, 5.0, 3.0, ROOM)
    inner = channel_current(short, 5.0, 3.0 - current * 1e3, ROOM)
    assert current == pytest.approx(inner, rel=1e-9)
    assert current < channel_current(short, 5.0, 3.0, ROOM)


def test_traps_and_heat_move_the_threshold() -> None:
    warm = Channel(threshold=2.0, beta=1e-3, n=1.8, modulation=0.0, per_kelvin=-2e-3)
    moved = channel_current(PLAIN, 1.5, 1.0, ROOM, shift=0.1)
    assert moved == pytest.approx(channel_current(PLAIN, 1.4, 1.0, ROOM))
    assert channel_current(warm, 1.5, 1.0, 45.0) > channel_current(PLAIN, 1.5, 1.0, 45.0)
