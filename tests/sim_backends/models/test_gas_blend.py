"""The blend: dead time, mixing, and that steps of any length come to the same."""

from __future__ import annotations

from math import exp

import pytest

from sim_backends.models.flowing import FlowingPort
from sim_backends.models.gas_blend import Blend, Inlet

DRY, DOSE = 30e-6, 2e-6
DEAD, MIXING = 16e-6, 32e-6
"""m3: half a second, and a second, at 32e-6 m3/s."""


def flowing() -> Blend:
    blend = Blend(DEAD, MIXING, 0.0)
    Inlet(blend, "dry", 2 * DRY).passes(0.5, 0.0)
    Inlet(blend, "dosing", DOSE).passes(1.0, 10.0)
    return blend


def test_an_inlet_tells_what_would_flow_and_what_does() -> None:
    blend = Blend(DEAD, MIXING, 0.0)
    inlet = Inlet(blend, "dry", 2 * DRY)
    assert isinstance(inlet, FlowingPort)
    assert inlet.state(1.0, 0.0).flow == 2 * DRY
    assert blend.total == 0.0
    inlet.passes(0.5, 0.0)
    assert blend.total == DRY


@pytest.mark.parametrize("after", [0.4, 0.6, 1.5, 4.0])
def test_a_dose_comes_after_the_dead_time_with_the_chambers_time_constant(after: float) -> None:
    blend = flowing()
    blend.advance(10.0 + after)
    share = DOSE / (DRY + DOSE)
    wanted = share * (1.0 - exp(-(after - 0.5))) if after > 0.5 else 0.0
    assert blend.now.dose == pytest.approx(wanted, rel=1e-9)


def test_it_comes_to_the_same_however_often_it_is_asked() -> None:
    once, often = flowing(), flowing()
    once.advance(12.0)
    for n in range(200):
        often.advance(10.0 + 0.01 * (n + 1))
    assert often.now.dose == pytest.approx(once.now.dose, rel=1e-9)


def test_without_flow_the_mixture_rests() -> None:
    blend = flowing()
    blend.advance(11.0)
    held = blend.now.dose
    blend.flow("dry", 0.0, 11.0)
    blend.flow("dosing", 0.0, 11.0)
    blend.advance(60.0)
    assert blend.now.dose == held
