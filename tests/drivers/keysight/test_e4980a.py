"""E4980A driver against transcripts in the manual's formats (tests/golden/keysight/e4980a.toml)."""

from __future__ import annotations

import math

import pytest

from drivers.codecs.scpi import ScpiError
from drivers.keysight import _e4980a_sheet as sheet
from drivers.keysight._e4980a_talk import MEASURE, measured
from drivers.keysight.e4980a import KeysightE4980A
from drivers.roles.impedance_analyzer import ImpedanceAnalyzer, ImpedancePoint, ImpedanceSweep
from labctl.errors import InstrumentError, LimitRefused
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "keysight/e4980a"


def meter(*scenes: str, **limits: float) -> tuple[KeysightE4980A, ScriptedMessages]:
    link = ScriptedMessages(transcript(FILE, *scenes))
    driver = KeysightE4980A(link, limits)
    as_role: ImpedanceAnalyzer = driver
    assert as_role is driver
    return driver, link


def point(scene: str) -> ImpedancePoint:
    driver, link = meter("identify", scene)

    async def body() -> ImpedancePoint:
        await driver.identify()
        return await driver.measure()

    found = run(body)
    assert link.is_done()
    return found


@pytest.mark.parametrize("scene", ["another_model", "another_maker"])
def test_another_instrument_is_refused_with_a_remedy(scene: str) -> None:
    driver, _ = meter(scene)
    with pytest.raises(InstrumentError, match="E4980A") as caught:
        run(driver.identify)
    assert caught.value.command == "*IDN?" and caught.value.remedy


def test_reading_carries_the_limit_of_its_settings() -> None:
    found = point("measure")
    assert (found.frequency, found.bias) == (1000.0, 0.0)
    assert (found.resistance.value, found.reactance.value) == (346.812, -1551.9)
    line = found.resistance.accuracy
    assert line is not None
    size = math.hypot(346.812, 1551.9)
    assert line.offset == pytest.approx(sheet.limit(size, 1e3, 1.0, short=False))
    assert point("measure_with_bias").bias == 1.5


def test_limits_of_error_as_the_data_sheet_computes_them() -> None:
    """Its example, p. 11: 1590 ohm, 1 kHz, 1 V, MED: Ab 0.05 %, Zs 1.68 mohm, Yo 0.72 nS."""
    assert sheet.basic(1e3, 1.0, short=False) == 0.05e-2
    assert sheet.short_offset(1590.0, 1e3, 1.0, short=False) == pytest.approx(1.68e-3)
    assert sheet.open_offset(1e3, 1.0, short=False) == pytest.approx(0.72e-9, rel=0.01)
    relative = sheet.limit(1590.0, 1e3, 1.0, short=False) / 1590.0 - sheet.CALIBRATION
    assert relative == pytest.approx(0.05e-2, rel=0.01)
    assert sheet.basic(1e3, 0.015, short=False) == pytest.approx(0.1e-2 * 0.03 / 0.015)
    assert sheet.basic(1.5e6, 1.0, short=True) == 0.2e-2
    assert sheet.limit(1e3, 50.0, 1.0, short=True) > sheet.limit(1e3, 50.0, 1.0, short=False)


@pytest.mark.parametrize(
    ("scene", "text"),
    [
        ("overload", "overload"),
        ("source_overload", "signal source"),
        ("restarted", "restarted"),
        ("no_test_signal", "0 V"),
    ],
)
def test_what_is_no_measurement_is_an_error(scene: str, text: str) -> None:
    with pytest.raises(InstrumentError, match=text) as caught:
        point(scene)
    assert caught.value.command == MEASURE
    assert caught.value.address and caught.value.remedy


@pytest.mark.parametrize(
    "answer",
    [
        "1",
        "0;+1E0,+1E0,+0;RX;1;1;0;0;MED,1",
        "1;+1E0,+1E0;RX;1;1;0;0;MED,1",
        "1;+1E0,x,+0;RX;1;1;0;0;MED,1",
        "1;+1E0,+1E0,+0;RX;1;1;2;0;MED,1",
        "1;+1E0,+1E0,+0;RX;nan;1;0;0;MED,1",
    ],
)
def test_garbage_is_never_a_value(answer: str) -> None:
    with pytest.raises(ScpiError):
        measured(answer)


def test_sweeps_are_arrays_with_the_largest_limit_of_their_points() -> None:
    driver, link = meter("identify", "sweep_frequency", "sweep_bias")

    async def body() -> tuple[ImpedanceSweep, ImpedanceSweep]:
        await driver.identify()
        first = await driver.sweep_frequency([100.0, 1000.0])
        return first, await driver.sweep_bias([0.0, 2.0], delay=0.1)

    frequencies, biases = run(body)
    assert link.is_done()
    assert list(frequencies.frequency) == [100.0, 1000.0]
    assert list(frequencies.resistance.values) == [7266.5, 346.455]
    line = frequencies.reactance.accuracy
    assert line is not None
    assert line.offset == sheet.limit(math.hypot(7266.5, 4506.33), 100.0, 1.0, short=False)
    assert list(biases.bias) == [0.0, 2.0]


def test_a_bias_sweep_that_fails_leaves_the_bias_off() -> None:
    script = transcript(FILE, "identify", "sweep_bias")
    first, *_, last = [at for at, one in enumerate(script) if one["send"] == MEASURE]
    script = [*script[:first], {"send": MEASURE, "answer": "garbage"}, *script[last + 1 :]]
    link = ScriptedMessages(script)
    driver = KeysightE4980A(link)

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError):
            await driver.sweep_bias([0.0, 2.0], delay=0.1)

    run(body)
    assert link.is_done()


def test_limits_are_refused_before_anything_is_sent() -> None:
    driver, link = meter(level=1.0, bias=1.8)
    for refused in (
        lambda: driver.set_frequency(19.0),
        lambda: driver.set_frequency(2.1e6),
        lambda: driver.set_level(1.1),
        lambda: driver.set_level(float("nan")),
        lambda: driver.set_bias(2.0),
        lambda: driver.set_bias(1.0),
        lambda: driver.integrate("long", 0),
        lambda: driver.sweep_frequency([1e3, 1.0]),
        lambda: driver.sweep_frequency([]),
        lambda: driver.correct("load"),
    ):
        with pytest.raises(LimitRefused) as caught:
            run(refused)
        assert caught.value.remedy and caught.value.address
    assert link.is_done()


def test_option_001_allows_more() -> None:
    driver, _ = meter("identify")

    async def body() -> None:
        with pytest.raises(LimitRefused):
            await driver.set_level(2.1)
        await driver.identify()
        with pytest.raises(LimitRefused):
            await driver.set_level(20.1)

    run(body)


def test_corrections() -> None:
    driver, link = meter("is_corrected", "correct", "correction_failed")

    async def body() -> None:
        assert not await driver.is_corrected()
        await driver.correct("open")
        with pytest.raises(InstrumentError, match="not taken") as caught:
            await driver.correct("open")
        assert "fixture open" in caught.value.remedy

    run(body)
    assert link.is_done()


def test_safe_reads_back() -> None:
    driver, link = meter("safe")
    run(driver.safe)
    assert link.is_done()
    driver, _ = meter("not_safe")
    with pytest.raises(InstrumentError, match="bias is not off"):
        run(driver.safe)
