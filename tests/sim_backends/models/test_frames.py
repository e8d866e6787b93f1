"""Frames of a flashing reference: closed forms against counted light."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.frames import (
    COVERAGE,
    Flasher,
    FrameMethod,
    bias,
    deviation,
    precision,
    share_on,
)

STEADY = FrameMethod(latency=0.2e-3, jitter=0.0, wander=0.0, period=2e-3, dead=0.4e-3, noise=0.0)


def test_dead_time_alone_is_a_rectangle() -> None:
    assert deviation(STEADY) == pytest.approx(0.4e-3 / 12**0.5, rel=1e-3)
    assert bias(STEADY) == pytest.approx(0.4e-3)
    assert precision(STEADY) == pytest.approx(bias(STEADY) + COVERAGE * deviation(STEADY))


def test_a_method_that_stamps_early_has_a_negative_figure() -> None:
    early = FrameMethod(-0.5e-3, 0.1e-3, 0.02e-3, 2e-3, 0.1e-3, 50.0)
    assert precision(early) == pytest.approx(bias(early) - COVERAGE * deviation(early))


def test_light_is_on_in_the_second_half_of_a_period() -> None:
    flash = Flasher(period=20e-3, delay=0.0)
    begin = np.array([1e-3, 9.5e-3, 15e-3, 19.5e-3])
    assert share_on(begin, 1e-3, flash) == pytest.approx([0.0, 0.5, 1.0, 0.5])
