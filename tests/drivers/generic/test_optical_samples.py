"""Averages and attenuation of meters that have none of their own."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.generic.optical_samples import OpticalSamples
from labctl import clock
from labctl.evidence import Accuracy
from tests.drivers.scripted import run

LINE = Accuracy("power", 1e-3, "W", 0.03, 1e-6, "a data sheet of optics", 1e-7, 1e-8)


def test_readings_are_a_period_apart() -> None:
    times: list[float] = []

    async def read() -> float:
        times.append(clock.now())
        return float(len(times))

    async def body() -> float:
        return await OpticalSamples(3).mean(read, 0.5)

    assert run(body) == 2.0
    assert [b - a for a, b in pairwise(times)] == pytest.approx([0.5, 0.5])


@given(st.floats(-60, 60))
def test_the_relative_accuracy_stays(loss: float) -> None:
    samples = OpticalSamples(1, loss)
    line = samples.line(LINE)
    assert line.gain == LINE.gain
    assert line.offset / line.range == pytest.approx(LINE.offset / LINE.range)
    assert line.range == pytest.approx(10 ** (loss / 10) * LINE.range)
