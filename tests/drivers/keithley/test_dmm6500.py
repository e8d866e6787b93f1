"""DMM6500 driver against transcripts (tests/golden/keithley/dmm6500.toml)."""

from __future__ import annotations

import pytest

from drivers.keithley.dmm6500 import KeithleyDMM6500
from drivers.roles.voltmeter import Voltmeter
from labctl.errors import InstrumentError, LimitRefused
from labctl.evidence import Reading
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "keithley/dmm6500"


def meter(*scenes: str, **limits: float) -> tuple[KeithleyDMM6500, ScriptedMessages]:
    link = ScriptedMessages(transcript(FILE, "identify", *scenes))
    driver = KeithleyDMM6500(link, limits)
    as_role: Voltmeter = driver
    assert as_role is driver
    return driver, link


def test_reading_on_a_fixed_range_sets_once() -> None:
    driver, link = meter("set_100_mv", "read_100_mv", "read_100_mv")

    async def body() -> tuple[Reading, Reading]:
        await driver.identify()
        first = await driver.measure_voltage(voltage_range=0.1)
        return first, await driver.measure_voltage(voltage_range=0.1)

    first, second = run(body)
    assert link.is_done()
    assert (first.value, first.unit, first.serial) == (0.09876543, "V", "04592448")
    assert first.accuracy is not None
    assert first.accuracy.range == 0.1
    assert first.accuracy.gain == 30e-6
    assert first.accuracy.offset == pytest.approx(3.5e-6)
    assert second.t > first.t


def test_autorange_asks_for_the_range_in_use() -> None:
    driver, link = meter("set_autorange", "read_autorange")

    async def body() -> Reading:
        await driver.identify()
        return await driver.measure_voltage(power_line_cycles=10.0)

    reading = run(body)
    assert link.is_done()
    assert reading.accuracy is not None
    assert reading.accuracy.range == 10.0
    # Calibration manual DMM6500-905-01, p. 2-4: 10 V on the 10 V range is +-0.30 mV.
    limit = reading.accuracy.gain * 10.0 + reading.accuracy.offset
    assert limit == pytest.approx(0.30e-3)


def test_overflow_is_never_a_value() -> None:
    driver, _ = meter("set_100_mv", "read_overflow")

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match="beyond the range"):
            await driver.measure_voltage(voltage_range=0.1)

    run(body)


@pytest.mark.parametrize(("full", "cycles"), [(0.1, 0.0), (0.1, 13.0), (1001.0, 1.0), (20.0, 1.0)])
def test_what_meter_or_bench_does_not_allow_is_refused(full: float, cycles: float) -> None:
    driver, link = meter(voltage=10.0)

    async def body() -> None:
        await driver.identify()
        with pytest.raises(LimitRefused):
            await driver.measure_voltage(voltage_range=full, power_line_cycles=cycles)

    run(body)
    assert link.is_done()


def test_safe_stops_measuring() -> None:
    driver, link = meter("safe")

    async def body() -> None:
        await driver.identify()
        await driver.safe()

    run(body)
    assert link.is_done()
