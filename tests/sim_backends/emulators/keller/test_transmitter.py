from __future__ import annotations

import math
import statistics

import pytest

from sim_backends.emulators.keller.transmitter import (
    CH0,
    CONVERSION,
    LP_FILTER,
    P1,
    PRESSURE,
    REFERENCE,
    TOB1,
    Transmitter,
)
from sim_backends.models.pressure_vessel import PressureVessel
from sim_backends.streams import stream


def made(pressure: float, seed: int = 1) -> tuple[PressureVessel, Transmitter]:
    vessel = PressureVessel(pressure, 21.0)
    return vessel, Transmitter(vessel, stream(seed, "pa33x"))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("gauge", [-0.5, 0.0, 3.0, 10.0])
def test_pressure_and_temperature_are_within_the_error_band(gauge: float, seed: int) -> None:
    _, transmitter = made(REFERENCE + gauge * 1e5, seed)
    band = PRESSURE.offset + 6 * PRESSURE.noise
    assert transmitter.value(P1, 1.0) == pytest.approx(gauge, abs=band)
    assert transmitter.value(TOB1, 1.0) == pytest.approx(21.0, abs=0.6)
    assert transmitter.status(1.0) == 0


def test_beyond_the_range_there_is_no_value_and_a_status_bit() -> None:
    _, transmitter = made(REFERENCE + 12e5)
    assert transmitter.value(P1, 1.0) == math.inf
    assert transmitter.status(1.0) == 1 << P1
    assert math.isnan(transmitter.value(CH0, 1.0))


def test_the_filter_quietens_and_slows() -> None:
    vessel, transmitter = made(REFERENCE)

    def spread() -> float:
        return statistics.stdev(transmitter.pressure(1.0) for _ in range(400))

    loud = spread()
    transmitter.configurations[LP_FILTER] = 10 << 4
    assert spread() < loud / 20
    vessel.fill(REFERENCE + 5e5, 1.0)
    tau = 1024 * CONVERSION
    before = transmitter.pressure(1.0)
    for step in range(1, 200):
        transmitter.pressure(1.0 + step * 0.05)
    assert transmitter.pressure(1.0 + tau) - before < 5.0
    assert transmitter.pressure(60.0) - before == pytest.approx(5.0, abs=0.01)


def test_zero_takes_any_value_and_is_reset() -> None:
    _, transmitter = made(REFERENCE + 2e5)
    whole = transmitter.pressure(1.0)
    transmitter.set_zero(0.0, 1.0)
    assert transmitter.pressure(1.0) == pytest.approx(0.0, abs=1e-3)
    transmitter.set_zero(2.5, 1.0)
    assert transmitter.pressure(1.0) == pytest.approx(2.5, abs=1e-3)
    transmitter.reset_zero()
    assert transmitter.pressure(1.0) == pytest.approx(whole, abs=2e-3)
