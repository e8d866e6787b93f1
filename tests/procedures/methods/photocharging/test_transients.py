from __future__ import annotations

import numpy as np
import pytest

from drivers.roles.arrays import ReadingArray
from drivers.roles.oscilloscope import Waveform
from labctl.evidence import Accuracy
from procedures.methods.photocharging.transients import smoothed, swing

SHEET = Accuracy("voltage", 0.8, "V", 0.0, 0.036, "sheet")


def record(volts: np.ndarray, time: np.ndarray) -> Waveform:
    def array(values: np.ndarray, unit: str) -> ReadingArray:
        return ReadingArray(values, unit, 7.0, 1e9, "visa://scope", "SIM-9", SHEET)

    return Waveform(array(time, "s"), array(volts, "V"), False)


def test_a_dip_is_read_from_the_level_before_and_not_from_the_noise() -> None:
    time = (np.arange(12000) - 2000) * 1e-7
    late = np.clip(time, 0.0, None)
    clean = 0.012 - np.where(time >= 0.0, 0.02 + 0.064 * np.exp(-late / 90e-6), 0.0)
    noise = np.random.default_rng(3).normal(0.0, 2e-3, len(time))
    found = swing(record(clean + noise, time))
    assert found.low.value == pytest.approx(-0.084, abs=2.5e-3)
    assert found.high.value == pytest.approx(0.0, abs=2e-3)
    assert (found.low.t, found.low.serial, found.low.accuracy) == (7.0, "SIM-9", SHEET)


def test_smoothing_keeps_a_level_and_lowers_noise_by_the_root() -> None:
    noise = np.random.default_rng(1).normal(0.5, 1.0, 50_000)
    assert smoothed(noise).mean() == pytest.approx(0.5, abs=0.02)
    assert smoothed(noise).std() == pytest.approx(1.0 / np.sqrt(32), rel=0.05)
