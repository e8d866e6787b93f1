from __future__ import annotations

import math

import pytest

from sim_backends.models.reference.redox_couple import FARADAY, GAS, RedoxCouple


def test_a_potential_step_gives_the_cottrell_current() -> None:
    couple = RedoxCouple(standard=0.2, area=1e-5, concentration=1.0, diffusion=1e-9)
    couple.current(-0.5, 0.0)
    couple.current(0.9, 1.0)
    for elapsed in (1e-3, 0.1, 10.0, 1000.0):
        cottrell = FARADAY * 1e-5 * math.sqrt(1e-9 / (math.pi * elapsed))
        assert couple.current(0.9, 1.0 + elapsed) == pytest.approx(cottrell, rel=3e-3)


def staircase(step: float, rate: float = 0.1) -> list[float]:
    couple = RedoxCouple(standard=0.2, area=1e-5, concentration=1.0, diffusion=1e-9)
    currents = []
    for k in range(int(0.5 / step)):
        couple.current(-0.1 + k * step, k * step / rate)
        currents.append(couple.current(-0.1 + k * step, (k + 1) * step / rate))
    return currents


def test_a_sweep_peaks_as_randles_and_sevcik_say() -> None:
    coarse, fine = staircase(1e-3), staircase(0.25e-3)
    # A staircase falls short of a linear sweep as the square root of its step.
    peak = 0.4463 * FARADAY * 1e-5 * math.sqrt(FARADAY * 0.1 * 1e-9 / (GAS * 298.15))
    assert 2 * max(fine) - max(coarse) == pytest.approx(peak, rel=5e-3)
    # The peak of a reversible couple lies 28.5 mV beyond its standard potential.
    assert fine.index(max(fine)) * 0.25e-3 - 0.1 == pytest.approx(0.2285, abs=4e-3)
