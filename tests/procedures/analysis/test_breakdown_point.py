from __future__ import annotations

import math

import numpy as np
import pytest

from procedures.analysis.breakdown_point import (
    between,
    carrier,
    chord_error,
    crossing,
    next_step,
    slope,
)


def test_an_exponential_current_is_read_exactly() -> None:
    volts = [1990.0, 1995.0, 2000.0]
    amps = [1e-4 * math.exp((v - 1997.0) / 18.0) for v in volts]
    assert crossing(amps, 1e-4) == 2
    found = between(np.array(volts[-2:]), np.array(amps[-2:]), 1e-4)
    assert float(found) == pytest.approx(1997.0, abs=1e-9)
    assert chord_error(volts, amps, 1e-4) == pytest.approx(0.0, abs=1e-9)
    assert slope(volts, amps) == pytest.approx(18.0)


def test_a_current_that_steepens_shows_what_the_chord_misses() -> None:
    volts = [1990.0, 1995.0, 2000.0]
    x = [(v - 1900.0) / 18.0 for v in volts]
    amps = [1e-7 * math.exp(one + 0.05 * one * one) for one in x]
    criterion = math.sqrt(amps[1] * amps[2])
    chord = float(between(np.array(volts[-2:]), np.array(amps[-2:]), criterion))
    root = (-1.0 + math.sqrt(1.0 + 4.0 * 0.05 * math.log(criterion / 1e-7))) / 0.1
    true = 1900.0 + 18.0 * root
    assert 0.3 * abs(chord - true) < chord_error(volts, amps, criterion) < 3.0 * abs(chord - true)
    assert chord_error(volts[-2:], amps[-2:], criterion) == 0.0


def test_steps_narrow_towards_the_criterion() -> None:
    assert crossing([1e-9, 1e-8], 1e-4) is None
    steps = [next_step(amps, 1e-4) for amps in (-1e-9, 1e-9, 1e-7, 1e-5)]
    assert steps == sorted(steps, reverse=True) and steps[-1] == 5.0
    assert carrier({"source": 1e-5, "gate": 9e-5, "wafer": 0.0}) == "gate"
