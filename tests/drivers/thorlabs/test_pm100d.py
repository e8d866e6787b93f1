"""PM100D driver: what its golden transcript (tests/golden/thorlabs/pm100d.toml) does not show."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.roles.laser_power_meter import LaserPowerMeter, PowerSensor
from drivers.thorlabs._heads import BANDS, band, head
from drivers.thorlabs.pm100d import ThorlabsPM100D
from labctl.errors import Defect, InstrumentError, LimitRefused, LinkError
from labctl.evidence import Reading
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "thorlabs/pm100d"
HEAD = "S120C,1408121,14-Aug-2024,1,18,289"
NO_ERROR = {"send": ":SYST:ERR?", "answer": '+0,"No error"'}


def meter(*scenes: str, **limits: float) -> tuple[ThorlabsPM100D, ScriptedMessages]:
    link = ScriptedMessages(transcript(FILE, *scenes))
    driver = ThorlabsPM100D(link, limits)
    as_role: LaserPowerMeter = driver
    assert as_role is driver
    return driver, link


def test_sensor_is_told_with_its_calibration_date() -> None:
    script = [*transcript(FILE, "identify"), {"send": "SYST:SENS:IDN?", "answer": HEAD}]
    driver = ThorlabsPM100D(ScriptedMessages(script))

    async def body() -> PowerSensor:
        await driver.identify()
        return await driver.sensor()

    assert run(body) == PowerSensor("S120C", "1408121", "14-Aug-2024", "2024-08-14")


def test_nothing_is_measured_before_the_head_is_known() -> None:
    driver, link = meter()
    with pytest.raises(Defect):
        run(driver.power)
    with pytest.raises(Defect):
        _ = driver.identity
    assert link.is_done()


@pytest.mark.parametrize(
    "answer",
    [
        "no sensor,,,0,0,0",
        "S120C,1408121,,1,18,289",
        "S120C,1408121,some day,1,18,289",
        "ES111C,1408121,14-Aug-2024,3,2,2",
        "S120C,1408121,14-Aug-2024,1,18",
        "garbage",
        "S120C,1408121,14-Aug-2024,1,18,x",
    ],
)
def test_a_head_without_power_or_calibration_is_refused(answer: str) -> None:
    script = transcript(FILE, "identify")[:4]
    script[-1]["answer"] = answer
    with pytest.raises(InstrumentError) as caught:
        run(ThorlabsPM100D(ScriptedMessages(script)).identify)
    assert caught.value.command == "SYST:SENS:IDN?"


def answered(power: str, full: str, wavelength: str = "635") -> ThorlabsPM100D:
    script: list[dict[str, Any]] = [
        *transcript(FILE, "identify"),
        {"send": "SYST:SENS:IDN?", "answer": HEAD},
        {"send": "SENS:CORR:WAV?", "answer": wavelength},
        {"send": "MEAS:POW?", "answer": power},
        {"send": "SENS:POW:RANG?", "answer": full},
    ]
    return ThorlabsPM100D(ScriptedMessages(script))


def read(driver: ThorlabsPM100D) -> Reading:
    async def body() -> Reading:
        await driver.identify()
        return await driver.power()

    return run(body)


@pytest.mark.parametrize("power", ["", "garbage", "nan", "9.91E37", "-9.9E37", "1E-3,2E-3", "1E-2"])
def test_garbage_and_overload_are_never_a_value(power: str) -> None:
    with pytest.raises(InstrumentError) as caught:
        read(answered(power, "5.2E-3"))
    assert caught.value.command == "MEAS:POW?"
    assert caught.value.address


def test_a_little_below_zero_is_noise_and_a_value() -> None:
    assert read(answered("-1.2E-9", "5.2E-8")).value == -1.2e-9


@pytest.mark.parametrize(("wavelength", "gain"), [("430", 0.05), ("980", 0.03), ("1064", 0.07)])
def test_accuracy_is_that_of_the_band(wavelength: str, gain: float) -> None:
    line = read(answered("1E-3", "5.2E-3", wavelength)).accuracy
    assert line is not None
    assert (line.gain, line.range) == (gain, 5.2e-3)
    assert line.offset == pytest.approx(0.002 * 5.2e-3)


@pytest.mark.parametrize("wavelength", ["1200", "0", "-5"])
def test_without_accuracy_there_is_no_reading(wavelength: str) -> None:
    with pytest.raises(InstrumentError):
        read(answered("1E-3", "5.2E-3", wavelength))


def test_the_wavelength_is_read_back() -> None:
    script = transcript(FILE, "identify", "wavelength_635_nm")
    script[-1]["answer"] = "6.330000E+02"
    driver = ThorlabsPM100D(ScriptedMessages(script))

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match="not taken"):
            await driver.set_wavelength(635e-9)

    run(body)


def test_a_range_that_was_not_taken_is_told() -> None:
    script = transcript(FILE, "identify", "range_1_mw")
    script[-1]["answer"] = "5.2E-05"
    driver = ThorlabsPM100D(ScriptedMessages(script))

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match="not taken"):
            await driver.set_range(1e-3)

    run(body)


def test_zeroing_that_does_not_end_is_aborted() -> None:
    script = [*transcript(FILE, "identify"), {"send": "SENS:CORR:COLL:ZERO:INIT"}, NO_ERROR]
    busy = {"send": "SENS:CORR:COLL:ZERO:STAT?", "answer": "1", "after": 4.9}
    script += [busy] * 6 + [{"send": "SENS:CORR:COLL:ZERO:ABOR"}, NO_ERROR]
    link = ScriptedMessages(script)
    driver = ThorlabsPM100D(link)

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match="does not end"):
            await driver.zero()

    run(body)
    assert link.is_done()


def test_what_meter_or_bench_does_not_allow_is_refused() -> None:
    driver, link = meter()
    for call in (
        lambda: driver.set_averages(0),
        lambda: driver.set_averages(3001),
        lambda: driver.set_attenuation(60.1),
        lambda: driver.set_attenuation(float("nan")),
    ):
        with pytest.raises(LimitRefused):
            run(call)
    assert link.is_done()
    most = {"send": "SENS:POW:RANG? MAX", "answer": "5.2E-02"}
    for power, limits in ((0.06, {}), (-1.0, {}), (2e-3, {"power": 1e-3})):
        link = ScriptedMessages([most])
        with pytest.raises(LimitRefused):
            run(lambda p=power, k=link, b=limits: ThorlabsPM100D(k, b).set_range(p))
        assert link.is_done()


def test_silence_is_a_link_error() -> None:
    script = [{"send": "*IDN?"}, {"send": ":SYST:ERR?"}]
    with pytest.raises(LinkError):
        run(ThorlabsPM100D(ScriptedMessages(script)).identify)


def test_resync_sets_the_unit_again() -> None:
    script = [{"send": "*CLS"}, NO_ERROR, {"send": "ABOR;SENS:POW:UNIT W"}, NO_ERROR]
    link = ScriptedMessages(script)
    run(ThorlabsPM100D(link).resync)
    assert link.is_done() and link.resyncs == 1


@given(st.text(max_size=40))
def test_any_text_is_a_head_or_refused(text: str) -> None:
    try:
        found = head(text)
    except ValueError:
        return
    assert found.sensor.model and found.sensor.serial and found.sensor.calibrated


def test_bands_of_a_head_do_not_overlap() -> None:
    for one in BANDS:
        assert band(one.model, one.low) is one
        assert band(one.model, one.high) is one
        assert one.low < one.high
