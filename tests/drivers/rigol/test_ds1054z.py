"""DS1054Z driver against transcripts in the manual's formats (tests/golden/rigol/ds1054z.toml)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs.scpi import ScpiError
from drivers.rigol import _ds1054z_sheet as sheet
from drivers.rigol import _ds1054z_wave as wave
from drivers.rigol.ds1054z import RigolDS1054Z
from drivers.roles.oscilloscope import Oscilloscope, Waveform
from labctl.errors import InstrumentError, LimitRefused
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "rigol/ds1054z"
CHANNEL = {"span": 4.0, "offset": 0.0, "coupling": "dc", "impedance": "1M", "probe": 1.0}


def scope(*scenes: str, **limits: float) -> tuple[RigolDS1054Z, ScriptedMessages]:
    link = ScriptedMessages(transcript(FILE, *scenes))
    driver = RigolDS1054Z(link, limits)
    as_role: Oscilloscope = driver
    assert as_role is driver
    return driver, link


def recorded(scene: str) -> Waveform:
    driver, link = scope("identify", scene)

    async def body() -> Waveform:
        await driver.identify()
        return await driver.waveform(1)

    found = run(body)
    assert link.is_done()
    return found


def test_another_model_is_refused_with_a_remedy() -> None:
    driver, _ = scope("another_model")
    with pytest.raises(InstrumentError, match="DS1054Z") as caught:
        run(driver.identify)
    assert "DS1104Z" in caught.value.answer and caught.value.remedy


def test_a_waveform_in_seconds_and_volts() -> None:
    found = recorded("waveform")
    assert found.voltage.values[:3] == pytest.approx([0.0, -3.34, 0.46])
    assert found.time.values == pytest.approx([(index - 4) * 1e-6 for index in range(8)])
    assert not found.clipped
    assert found.voltage.accuracy is not None and found.time.accuracy is not None
    assert found.voltage.accuracy.range == 4.0
    assert found.voltage.accuracy.offset == pytest.approx(0.03 * 4 + 0.05 + 2e-3 + 5e-3)
    assert found.time.accuracy.gain == 25e-6
    assert found.voltage.serial == "DS1ZA170301234"
    assert recorded("waveform_clipped").clipped


@pytest.mark.parametrize(
    ("scene", "text"),
    [
        ("block_too_short", "wrong length: 8 bytes asked for, it has 7"),
        ("block_too_long", "wrong length: 8 bytes asked for, it has 9"),
        ("block_cut", "wrong length: 8 bytes asked for, it has fewer than it announces"),
        ("no_block", "no block of bytes"),
        ("block_without_length", "no block of bytes"),
    ],
)
def test_a_block_of_another_length_is_a_named_error(scene: str, text: str) -> None:
    with pytest.raises(InstrumentError, match=text) as caught:
        recorded(scene)
    assert caught.value.command == ":WAV:DATA?"
    assert caught.value.address and caught.value.remedy


def test_no_waveform_while_it_records_or_of_the_screen() -> None:
    with pytest.raises(InstrumentError, match="still recording"):
        recorded("still_recording")
    with pytest.raises(InstrumentError, match="not bytes from the memory"):
        recorded("preamble_of_the_screen")


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "0,2,8,1",
        "0,2,0,1,1e-6,0,0,0.02,0,127",
        "1,2,8,1,1e-6,0,0,0.02,0,127",
        "0,2,8,1,0,0,0,0.02,0,127",
        "0,2,8,1,1e-6,0,0,9.9E37,0,127",
    ],
)
def test_what_is_no_preamble_is_refused(answer: str) -> None:
    with pytest.raises(ScpiError):
        wave.preamble(answer)


@given(st.binary(min_size=1, max_size=64), st.integers(-100, 100))
def test_levels_become_volts_and_back(data: bytes, origin: int) -> None:
    head = wave.preamble(f"0,2,{len(data)},1,1e-6,-2e-6,0,0.02,{origin},127")
    volts = wave.volts(head, data)
    levels = np.rint(volts / head.y_increment + origin + 127)
    assert bytes(int(level) for level in levels) == data
    assert len(wave.times(head)) == len(data)
    assert wave.is_clipped(data) == (0 in data or 255 in data)


def test_settings_are_read_back() -> None:
    driver, link = scope("channel", "channel_off", "timebase", "sample_rate", "bandwidth")

    async def body() -> None:
        await driver.set_channel(1, **{**CHANNEL, "offset": 0.5})  # type: ignore[arg-type]
        await driver.channel(2, False)
        await driver.set_timebase(1.2e-3, delay=0.0)
        await driver.set_sample_rate(1e7)
        await driver.set_bandwidth(20e6)

    run(body)
    assert link.is_done()


def test_trigger_is_set_armed_and_waited_for() -> None:
    driver, link = scope("trigger", "arm", "wait", "no_trigger")

    async def body() -> None:
        await driver.set_trigger(1, level=0.2, slope="rising")
        await driver.arm()
        await driver.wait(timeout=1.0)
        with pytest.raises(InstrumentError, match="no trigger within") as caught:
            await driver.wait(timeout=0.02)
        assert caught.value.remedy

    run(body)
    assert link.is_done()


def test_the_scale_is_the_smallest_that_holds_the_span() -> None:
    assert sheet.SCALES[:4] == (1e-3, 2e-3, 5e-3, 10e-3) and sheet.SCALES[-1] == 10.0
    assert sheet.TIMES[0] == 5e-9 and sheet.TIMES[-1] == 50.0
    assert sheet.holding(sheet.SCALES, 0.5) == 0.5
    assert sheet.holding(sheet.SCALES, 0.51) == 1.0


@pytest.mark.parametrize(
    "other",
    [
        {"channel": 0},
        {"channel": 5},
        {"span": 81.0},
        {"span": 0.0},
        {"span": float("nan")},
        {"offset": 101.0},
        {"impedance": "50"},
        {"probe": 3.0},
        {"span": 20.0, "offset": 25.0},
    ],
)
def test_impossible_channels_are_refused_before_anything_is_sent(other: dict[str, object]) -> None:
    driver, link = scope(voltage=30.0)
    arguments = {"channel": 1, **CHANNEL, **other}
    with pytest.raises(LimitRefused) as caught:
        run(lambda: driver.set_channel(**arguments))  # type: ignore[arg-type]
    assert caught.value.remedy and link.is_done()


def test_other_impossible_requests_are_refused() -> None:
    driver, link = scope()
    for refused in (
        lambda: driver.set_timebase(601.0, delay=0.0),
        lambda: driver.set_timebase(1e-3, delay=-1.0),
        lambda: driver.set_timebase(1e-3, delay=2.0),
        lambda: driver.set_bandwidth(60e6),
        lambda: driver.set_trigger(0, level=0.0, slope="rising"),
        lambda: driver.waveform(7),
    ):
        with pytest.raises(LimitRefused):
            run(refused)
    assert link.is_done()


def test_a_sample_rate_that_cannot_be_had_is_refused() -> None:
    driver, _ = scope("timebase", "sample_rate")

    async def body() -> None:
        await driver.set_timebase(1.2e-3, delay=0.0)
        await driver.set_sample_rate(2e9)

    with pytest.raises(LimitRefused, match="sample rate"):
        run(body)
