from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.accuracy import Channel, Spec, noise_factor
from sim_backends.streams import stream

SPECS = (Spec(1.0, 1e-3, 1e-4), Spec(10.0, 2e-3, 1e-3, overrange=1.2))


@settings(max_examples=50, derandomize=True)
@given(st.integers(0, 10_000), st.floats(-1.0, 1.0))
def test_the_true_error_stays_within_the_limits(seed: int, value: float) -> None:
    channel = Channel(SPECS, stream(seed, "test"))
    assert abs(channel.convert(value, 0) - value) <= 1e-3 * abs(value) + 1e-4 + 1e-15
    assert channel.convert(value, 0) == channel.convert(value, 0)


def test_errors_fill_the_limits() -> None:
    offsets = [Channel(SPECS, stream(seed, "test")).convert(0.0, 0) for seed in range(400)]
    assert min(offsets) < -0.9e-4 and max(offsets) > 0.9e-4
    assert abs(sum(offsets) / 400) < 1e-5


def test_ranges() -> None:
    channel = Channel(SPECS, stream(1, "test"))
    assert [channel.fit(v) for v in (0.5, -1.05, 1.06, 11.9, 100.0)] == [0, 0, 1, 1, 1]
    assert not channel.over(12.0, 1) and channel.over(-12.1, 1)


def test_noise_has_its_standard_deviation() -> None:
    channel = Channel((Spec(1.0, 0.0, 0.0, noise=1e-3),), stream(3, "test"))
    values = [channel.convert(0.0, 0, 2.0) for _ in range(4000)]
    spread = (sum(v * v for v in values) / 4000) ** 0.5
    assert spread == pytest.approx(2e-3, rel=0.05)


def test_noise_factor_between_and_beyond() -> None:
    table = ((0.1, 10.0), (1.0, 1.0))
    assert noise_factor(0.01, table) == 10.0
    assert noise_factor(1.0, table) == pytest.approx(1.0)
    assert noise_factor(10**-0.5, table) == pytest.approx(10**0.5)
    assert noise_factor(5.0, table) == 1.0
