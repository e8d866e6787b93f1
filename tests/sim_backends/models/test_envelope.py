"""The operator's way over a package."""

from __future__ import annotations

import pytest

from sim_backends.models.envelope import PLACES, EnvelopeJaws, Package

PACKAGE = Package((0.016, 0.012, 0.009), (0.01, 0.0, -0.02), 7e-6)


def test_five_places_of_each_length_in_turn() -> None:
    jaws = EnvelopeJaws(PACKAGE, 0.0, 0.0, 1)
    t, read = 100.0, list[float]()
    for _ in range(3 * PLACES):
        read.append(jaws.length(t))
        assert jaws.length(t + 1.0) == read[-1]
        t += 11.0
    means = [sum(read[n : n + PLACES]) / PLACES for n in range(0, 15, PLACES)]
    assert means == pytest.approx(PACKAGE.size)
    assert read[4] / read[0] == pytest.approx(1.01 / 0.99)
    assert jaws.length(t + 100.0) == read[0]


def test_warm_it_is_longer_and_each_setting_has_its_error() -> None:
    warm = EnvelopeJaws(PACKAGE, 10.0, 0.0, 1).length(100.0)
    assert warm == pytest.approx(0.016 * 0.99 * (1.0 + 7e-5))
    jaws = EnvelopeJaws(PACKAGE, 0.0, 1e-5, 1)
    assert jaws.length(100.0) != pytest.approx(0.016 * 0.99, abs=1e-8)
