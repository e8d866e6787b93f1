"""Waveforms on the simulated bench `reference`: true within the sheet, or a clear error."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from drivers.rigol.ds1054z import RigolDS1054Z
from drivers.roles.oscilloscope import Waveform
from labctl.errors import InstrumentError
from sim_backends.bench import RoleSpec
from sim_backends.faults import Fault, Garble, Silence, Truncate
from tests.system.spoiled import asked_twice
from tests.system.test_reference_values import on_bench

SCOPE = RoleSpec("rigol.ds1054z", "signals", "visa")
SEEDS = pytest.mark.parametrize("seed", range(3))


async def record(scope: RigolDS1054Z, rate: float = 1e6) -> None:
    for channel, span, offset in ((1, 4.0, 0.0), (3, 2.0, 0.5)):
        await scope.set_channel(
            channel, span=span, offset=offset, coupling="dc", impedance="1M", probe=1.0
        )
    await scope.set_timebase(2.4e-3, delay=0.0)
    await scope.set_sample_rate(rate)
    await scope.set_trigger(1, level=0.5, slope="rising")
    await scope.arm()
    await scope.wait(timeout=2.0)


def allowed(waveform: Waveform) -> float:
    """Limit of error of each point in V: offset and three levels of the converter."""
    line = waveform.voltage.accuracy
    assert line is not None
    return line.offset + 3.0 * line.resolution


@SEEDS
def test_oscilloscope_records_the_signals(seed: int) -> None:
    async def use(scope: RigolDS1054Z) -> tuple[Waveform, Waveform]:
        await record(scope)
        return await scope.waveform(1), await scope.waveform(3)

    sine, steady = on_bench(SCOPE, RigolDS1054Z, use, seed)
    t, volts = sine.time.values, sine.voltage.values
    expected = np.sin(2 * np.pi * 1000.0 * t + math.asin(0.5))
    slope = 2 * math.pi * 1000.0 * 20e-6  # the trigger may be early or late by so much
    assert np.max(np.abs(volts - expected)) < 1.05 * allowed(sine) + slope
    assert abs(np.mean(steady.voltage.values) - 0.5) < 1.05 * allowed(steady)
    assert t[0] == pytest.approx(-1.2e-3) and len(t) == len(volts) >= 2400
    assert not sine.clipped


def test_oscilloscope_reads_a_long_record_in_blocks() -> None:
    async def use(scope: RigolDS1054Z) -> Waveform:
        await record(scope, rate=100e6)
        return await scope.waveform(1)

    found = on_bench(SCOPE, RigolDS1054Z, use, 1)
    assert len(found.voltage.values) > 250_000
    steps = np.diff(found.time.values)
    assert np.max(np.abs(steps - steps[0])) < 1e-3 * steps[0]
    assert 1.0 / steps[0] >= 100e6 * (1 - 1e-6)


def test_oscilloscope_tells_clipping_and_a_missing_trigger() -> None:
    async def use(scope: RigolDS1054Z) -> Waveform:
        await scope.set_channel(1, span=0.8, offset=0.0, coupling="dc", impedance="1M", probe=1.0)
        await scope.set_timebase(2.4e-3, delay=0.0)
        await scope.set_trigger(1, level=0.0, slope="falling")
        await scope.arm()
        await scope.wait(timeout=2.0)
        found = await scope.waveform(1)
        await scope.set_channel(3, span=2.0, offset=0.0, coupling="dc", impedance="1M", probe=1.0)
        await scope.set_trigger(3, level=0.9, slope="rising")
        await scope.arm()
        with pytest.raises(InstrumentError, match="no trigger"):
            await scope.wait(timeout=0.5)
        with pytest.raises(InstrumentError, match="still recording"):
            await scope.waveform(1)
        return found

    assert on_bench(SCOPE, RigolDS1054Z, use, 1).clipped


@pytest.mark.parametrize("answer", [1, 6, 12])
@pytest.mark.parametrize(
    "fault",
    [
        lambda at: Truncate(at=at, keep=40),
        lambda at: Truncate(at=at, keep=4),
        lambda at: Silence(at=at, times=1),
        lambda at: Garble(at=at, mask=0x40),
    ],
    ids=["cut", "cut in its head", "silence", "garbled"],
)
def test_a_spoiled_waveform_is_a_clear_error_or_the_same(
    fault: Callable[[int], Fault], answer: int
) -> None:
    async def use(scope: RigolDS1054Z) -> Waveform:
        return await scope.waveform(1)

    first, second = asked_twice(SCOPE, RigolDS1054Z, record, use, lambda at: fault(at + answer - 1))
    if isinstance(second, Waveform):
        assert len(second.voltage.values) == len(first.voltage.values)
        assert np.max(np.abs(second.voltage.values - first.voltage.values)) < 0.1
