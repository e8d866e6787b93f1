"""DP832 driver against transcripts in the manual's formats (tests/golden/rigol/dp832.toml)."""

from __future__ import annotations

import pytest

from drivers.rigol.dp832 import RigolDP832
from drivers.roles.dc_power_supply import DcPowerSupply, SupplyReading
from labctl.errors import InstrumentError, LimitRefused
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "rigol/dp832"


def supply(*scenes: str, **limits: float) -> tuple[RigolDP832, ScriptedMessages]:
    link = ScriptedMessages(transcript(FILE, *scenes))
    driver = RigolDP832(link, limits)
    as_role: DcPowerSupply = driver
    assert as_role is driver
    return driver, link


def reading(scene: str) -> SupplyReading:
    driver, link = supply("identify", scene)

    async def body() -> SupplyReading:
        await driver.identify()
        return await driver.measure()

    found = run(body)
    assert link.is_done()
    return found


def test_another_model_is_refused_with_a_remedy() -> None:
    driver, _ = supply("another_model")
    with pytest.raises(InstrumentError, match="DP832") as caught:
        run(driver.identify)
    assert "DP831A" in caught.value.answer and caught.value.remedy


def test_reading_carries_accuracy_and_mode() -> None:
    found = reading("measure")
    assert (found.voltage.value, found.current.value) == (5.01, 0.05)
    assert found.mode == "constant_voltage"
    assert found.voltage.accuracy is not None and found.current.accuracy is not None
    assert (found.voltage.accuracy.gain, found.voltage.accuracy.offset) == (5e-4, 10e-3)
    assert (found.current.accuracy.gain, found.current.accuracy.offset) == (1.5e-3, 5e-3)
    assert found.voltage.serial == "DP8C162850123"
    assert reading("measure_limited").mode == "constant_current"
    assert reading("measure_off").mode == "off"


def test_an_unregulated_output_is_an_error() -> None:
    with pytest.raises(InstrumentError, match="not regulated") as caught:
        reading("measure_unregulated")
    assert caught.value.answer == "UR" and caught.value.remedy


@pytest.mark.parametrize("answer", ["", "5.01,0.05", "5.01,0.05,x", "nan,0,0", "5.01;0.05;0.25"])
def test_garbage_is_never_a_value(answer: str) -> None:
    script = [*transcript(FILE, "identify"), {"send": ":MEAS:ALL? CH1", "answer": answer}]
    driver = RigolDP832(ScriptedMessages(script))

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError) as caught:
            await driver.measure()
        assert caught.value.command == ":MEAS:ALL? CH1" and caught.value.remedy

    run(body)


def test_settings_are_read_back() -> None:
    driver, link = supply("voltage", "current", "protection")

    async def body() -> None:
        await driver.set_voltage(5.0)
        await driver.set_current_limit(1.0)
        await driver.set_protection(voltage=8.8, current=2.0)

    run(body)
    assert link.is_done()
    driver, _ = supply("voltage_not_taken")
    with pytest.raises(InstrumentError, match="not taken"):
        run(lambda: driver.set_voltage(5.0))
    driver, _ = supply("settings_refused")
    with pytest.raises(InstrumentError, match="refused") as caught:
        run(lambda: driver.set_voltage(5.0))
    assert "-222" in caught.value.answer


def test_limits_are_refused_before_anything_is_sent() -> None:
    driver, link = supply(voltage=6.0, current=0.5)
    for refused in (
        lambda: driver.set_voltage(6.1),
        lambda: driver.set_voltage(-0.1),
        lambda: driver.set_voltage(float("nan")),
        lambda: driver.set_current_limit(0.6),
        lambda: driver.set_protection(voltage=7.0, current=0.5),
        lambda: driver.set_protection(voltage=5.0, current=0.6),
        lambda: driver.set_slew_rate(1.0),
    ):
        with pytest.raises(LimitRefused) as caught:
            run(refused)
        assert caught.value.remedy and caught.value.address
    driver, _ = supply()
    with pytest.raises(LimitRefused):
        run(lambda: driver.set_voltage(32.1))
    with pytest.raises(LimitRefused):
        run(lambda: driver.set_current_limit(3.3))
    assert link.is_done()


def test_a_tripped_output_is_an_error_until_it_is_cleared() -> None:
    driver, link = supply("tripped", "clear_trip", "output_on")

    async def body() -> None:
        with pytest.raises(InstrumentError, match="over-voltage") as caught:
            await driver.output(True)
        assert caught.value.remedy
        await driver.clear_trip()
        await driver.output(True)

    run(body)
    assert link.is_done()
    driver, _ = supply("trip_stands")
    with pytest.raises(InstrumentError, match="tripped again"):
        run(driver.clear_trip)


def test_a_trip_is_named() -> None:
    driver, _ = supply("no_trip")
    assert run(driver.trip) == "none"
    answers = [("OVP", "NO"), ("OCP", "YES")]
    script = [{"send": f":OUTP:{kind}:QUES? CH1", "answer": word} for kind, word in answers]
    assert run(RigolDP832(ScriptedMessages(script)).trip) == "over_current"
    script[0]["answer"] = "maybe"
    with pytest.raises(InstrumentError, match="neither YES nor NO"):
        run(RigolDP832(ScriptedMessages(script)).trip)


def test_safe_reads_back() -> None:
    driver, link = supply("safe")
    run(driver.safe)
    assert link.is_done()
    driver, _ = supply("not_safe")
    with pytest.raises(InstrumentError, match="not off"):
        run(driver.safe)


def test_resync_clears_line_and_queue() -> None:
    link = ScriptedMessages(transcript(FILE, "identify")[1:])
    run(RigolDP832(link).resync)
    assert link.resyncs == 1 and link.is_done()
