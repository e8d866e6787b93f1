"""Time stamps by frames of a flashing reference."""

from __future__ import annotations

import numpy as np
import pytest

from procedures.methods.in_situ.stamps import edge_time, stamp_errors
from sim_backends.models.frames import Flasher, FrameLog, FrameMethod, bias, deviation

FLASH = Flasher(period=19.73e-3, delay=40e-6)


def method(latency: float, dead: float = 0.1e-3) -> FrameMethod:
    return FrameMethod(latency, jitter=0.15e-3, wander=0.02e-3, period=2e-3, dead=dead, noise=50.0)


@pytest.mark.parametrize("latency", [-0.4e-3, 0.0, 0.6e-3])
def test_mean_and_deviation_are_those_of_the_method(latency: float) -> None:
    true = method(latency)
    log = FrameLog(true, FLASH, seed=3).log(0.0)
    errors = stamp_errors(log.channels[0].values, log.interval, FLASH.period, FLASH.delay)
    assert len(errors) > 290
    assert errors.mean() == pytest.approx(bias(true), abs=4.0 * deviation(true) / 290**0.5)
    assert errors.std(ddof=1) == pytest.approx(deviation(true), rel=0.15)


def test_a_longer_delay_makes_stamps_less_late() -> None:
    log = FrameLog(method(0.3e-3), FLASH, seed=3).log(0.0)
    read = log.channels[0].values, log.interval, FLASH.period
    less = stamp_errors(*read, FLASH.delay + 50e-6).mean() - stamp_errors(*read, FLASH.delay).mean()
    assert less == pytest.approx(-50e-6, abs=1e-6)


def test_an_edge_is_at_half_its_height() -> None:
    time = np.linspace(0.0, 1e-3, 1001)
    voltage = np.interp(time, [0.3e-3, 0.5e-3], [0.1, 3.1])
    assert edge_time(time, voltage) == pytest.approx(0.4e-3, abs=1e-8)
