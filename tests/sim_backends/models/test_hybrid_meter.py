"""A meter counts both directions apart."""

from __future__ import annotations

from sim_backends.models.hybrid_meter import Meter


def test_what_comes_out_and_what_goes_in_are_counted_apart() -> None:
    meter = Meter()
    meter.count(100.0, 2.0, 10.0)
    meter.count(-50.0, -1.0, 4.0)
    assert (meter.given, meter.taken, meter.charge) == (1000.0, 200.0, 16.0)
    assert meter.energy == 800.0


def test_looking_ahead_changes_nothing() -> None:
    meter = Meter()
    meter.count(100.0, 2.0, 10.0)
    assert meter.ahead(5.0).energy == 1500.0
    assert meter.energy == 1000.0
