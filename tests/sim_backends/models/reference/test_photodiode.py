from __future__ import annotations

import pytest

from sim_backends.models.reference.photodiode import DiodeLimits, Photodiode, responsivity
from sim_backends.models.reference.steady_beam import SteadyBeam
from sim_backends.streams import stream

LIMITS = DiodeLimits(0.02, 0.04, (400.0, 1000.0), 350, 1100, 1e-12)


def diode(beam: SteadyBeam, seed: int = 1) -> Photodiode:
    return Photodiode(beam, LIMITS, stream(seed, "diode"))


@pytest.mark.parametrize("seed", range(6))
def test_power_is_true_within_its_limits(seed: int) -> None:
    inside = diode(SteadyBeam(1e-3, 800e-9), seed).power(800.0, 0.0)
    outside = diode(SteadyBeam(1e-3, 1064e-9), seed).power(1064.0, 0.0)
    assert inside == pytest.approx(1e-3, rel=0.0201)
    assert outside == pytest.approx(1e-3, rel=0.0401)


def test_the_wavelength_set_divides() -> None:
    head = diode(SteadyBeam(1e-3, 800e-9))
    ratio = head.power(500.0, 0.0) / head.power(800.0, 0.0)
    assert ratio == pytest.approx(responsivity(800.0) / responsivity(500.0))


def test_dark_and_blind() -> None:
    dark = diode(SteadyBeam(1e-3, 800e-9, blocked=True)).current(0.0)
    assert 0.0 <= dark <= 1e-12
    assert diode(SteadyBeam(1.0, 1550e-9)).current(0.0) == dark
