"""Conditions as observed: the share of the time inside a band, and the longest excursion."""

from __future__ import annotations

import numpy as np
import pytest

from procedures.methods.observing import observed_amount, observed_log

TIME = tuple(60.0 * index for index in range(101))


def test_a_glitch_is_counted_by_its_time() -> None:
    log = np.full(101, 1000.0)
    log[50] = 900.0
    seen = observed_log("irradiance", "W/m**2", TIME, log, 2.0, (980.0, 1020.0))
    assert seen.share == pytest.approx(0.99)
    assert seen.worst_excursion == pytest.approx(0.01)
    assert (seen.low, seen.high, seen.u) == (900.0, 1000.0, 2.0)


def test_an_open_band_has_one_end() -> None:
    seen = observed_log("humidity", "%", TIME, np.linspace(0, 100, 101), 0.0, (-np.inf, 50.0))
    assert seen.share == pytest.approx(0.505)
    assert seen.worst_excursion == pytest.approx(0.495)


def test_without_a_band_nothing_is_counted() -> None:
    seen = observed_log("irradiance", "W/m**2", TIME, np.linspace(0, 100, 101))
    assert (seen.share, seen.worst_excursion) == (1.0, 0.0)


def test_an_amount_is_its_own_extreme() -> None:
    seen = observed_amount("bending_cycles", 5000, "cyc")
    assert seen.value == seen.low == seen.high == 5000
