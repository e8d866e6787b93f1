"""2400 driver against transcripts in the manual's formats (tests/golden/keithley/k2400.toml)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from drivers.keithley.k2400 import Keithley2400
from drivers.roles.source_meter import IVPoint, SourceMeter
from labctl import clock
from labctl.errors import InstrumentError, LimitRefused, LinkError
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "keithley/k2400"
SOURCED = ("identify", "source_half_a_volt", "output_on")


def meter(*scenes: str, **limits: float) -> tuple[Keithley2400, ScriptedMessages]:
    link = ScriptedMessages(transcript(FILE, *scenes))
    driver = Keithley2400(link, limits)
    as_role: SourceMeter = driver
    assert as_role is driver
    return driver, link


def measured(scene: str) -> IVPoint:
    driver, link = meter(*SOURCED, scene)

    async def body() -> IVPoint:
        await driver.identify()
        await driver.source_voltage(0.5, compliance=2e-3)
        await driver.output(True)
        return await driver.measure()

    point = run(body)
    assert link.is_done()
    return point


def test_another_model_is_refused_with_a_remedy() -> None:
    driver, _ = meter("another_model")
    with pytest.raises(InstrumentError) as caught:
        run(driver.identify)
    assert "MODEL 2410" in caught.value.answer
    assert caught.value.command == "*IDN?" and caught.value.remedy


def test_reading_carries_the_lines_of_its_ranges() -> None:
    point = measured("measure")
    assert (point.voltage.value, point.current.value) == (0.5000312, 5.001234e-4)
    assert not point.in_compliance
    voltage, current = point.voltage.accuracy, point.current.accuracy
    assert voltage is not None and current is not None
    assert (voltage.range, voltage.gain, voltage.offset) == (2.0, 0.00012, 300e-6)
    assert (current.range, current.gain, current.offset) == (0.01, 0.00035, 600e-9)
    assert point.current.serial == "1134567"


@pytest.mark.parametrize("scene", ["measure_limited", "measure_limited_by_the_range"])
def test_compliance_is_told(scene: str) -> None:
    assert measured(scene).in_compliance


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "garbage",
        "+5.0E-01,+5.0E-04,+1.2E+01",
        "+5.0E-01,+5.0E-04,+9.91E+37,+1.2E+01,+2.2532E+04",
        "+5.0E-01,nan,+1.2E+01,+2.2532E+04",
        "+5.0E-01,+9.9E37,+1.2E+01,+2.2532E+04",
        "+5.0E-01,+1.05E-02,+1.2E+01,+2.2533E+04",
    ],
)
def test_what_is_no_reading_is_never_a_value(answer: str) -> None:
    script = [*transcript(FILE, *SOURCED), {"send": ":READ?", "answer": answer}]
    driver = Keithley2400(ScriptedMessages(script))

    async def body() -> None:
        await driver.identify()
        await driver.source_voltage(0.5, compliance=2e-3)
        await driver.output(True)
        with pytest.raises(InstrumentError) as caught:
            await driver.measure()
        assert caught.value.command == ":READ?"
        assert caught.value.address and caught.value.remedy

    run(body)


def test_after_a_failure_everything_is_set_anew() -> None:
    """An instrument that restarted has other ranges and another compliance."""
    script = [*transcript(FILE, *SOURCED), {"send": ":READ?"}, {"send": ":SYST:ERR?"}]
    link = ScriptedMessages([*script, *transcript(FILE, "source_half_a_volt")])
    driver = Keithley2400(link)

    async def body() -> None:
        await driver.identify()
        await driver.source_voltage(0.5, compliance=2e-3)
        await driver.output(True)
        with pytest.raises(LinkError):
            await driver.measure()
        with pytest.raises(InstrumentError, match="nothing is being sourced"):
            await driver.measure()
        await driver.source_voltage(0.5, compliance=2e-3)

    run(body)
    assert link.is_done()


def test_sweep_has_the_instruments_own_times_and_ends_with_output_off() -> None:
    driver, link = meter("identify", "sweep")

    async def body() -> tuple[float, list[IVPoint]]:
        await driver.identify()
        begin = clock.now()
        return begin, await driver.sweep_voltage(1.0, -1.0, 3, delay=0.01, compliance=5e-3)

    begin, points = run(body)
    assert link.is_done()
    assert [point.voltage.value for point in points] == [1.000012, -2.1e-4, -1.000018]
    steps = [b.current.t - a.current.t for a, b in pairwise(points)]
    assert steps == pytest.approx([0.0518, 0.0518])
    assert points[0].current.t - begin == pytest.approx(0.05, abs=0.1)
    assert {point.voltage.accuracy.range for point in points if point.voltage.accuracy} == {2.0}


def test_a_sweep_that_fails_leaves_the_output_off() -> None:
    script = transcript(FILE, "identify", "sweep")
    at = next(index for index, one in enumerate(script) if one["send"] == ":READ?")
    script[at] = {"send": ":READ?", "answer": "garbage"}
    link = ScriptedMessages(script)
    driver = Keithley2400(link)

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match="no number"):
            await driver.sweep_voltage(1.0, -1.0, 3, delay=0.01, compliance=5e-3)

    run(body)
    assert link.is_done()


@pytest.mark.parametrize(
    ("volts", "amps"),
    [(211.0, 0.01), (30.0, 0.2), (0.5, 1.06), (0.5, 0.0), (float("nan"), 0.01), (1.1, 0.01)],
)
def test_limits_are_refused_before_anything_is_sent(volts: float, amps: float) -> None:
    driver, link = meter(**({"voltage": 1.0} if volts == 1.1 else {}))
    with pytest.raises(LimitRefused) as caught:
        run(lambda: driver.source_voltage(volts, compliance=amps))
    assert caught.value.remedy and caught.value.command == ":SOUR:VOLT:LEV"
    with pytest.raises(LimitRefused):
        run(lambda: driver.sweep_voltage(0.0, volts, 11, delay=0.0, compliance=amps))
    assert link.is_done()


def test_other_impossible_requests_are_refused() -> None:
    driver, _ = meter()
    for refused in (
        lambda: driver.integrate(0.001),
        lambda: driver.wires(3),
        lambda: driver.sweep_voltage(0.0, 1.0, 2501, delay=0.0, compliance=0.1),
        lambda: driver.sweep_voltage(0.0, 1.0, 5, delay=1000.0, compliance=0.1),
        lambda: driver.source_voltage(1.0, compliance=0.1, voltage_range=0.2),
        lambda: driver.source_current(0.5, compliance=30.0),
    ):
        with pytest.raises(LimitRefused):
            run(refused)


def test_safe_reads_back() -> None:
    driver, link = meter("safe")
    run(driver.safe)
    assert link.is_done()
    driver, _ = meter("not_safe")
    with pytest.raises(InstrumentError, match="not off"):
        run(driver.safe)


def test_every_line_of_the_data_sheet_has_its_source() -> None:
    lines = Keithley2400.accuracies
    assert len({(line.function, line.range) for line in lines}) == len(lines) == 11
    assert all("SPEC-2400" in line.source for line in lines)
