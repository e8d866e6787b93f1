"""3216 driver against transcripts of registers (tests/golden/eurotherm/e3216.toml)."""

from __future__ import annotations

import pytest

from drivers.eurotherm.e3216 import Eurotherm3216
from drivers.roles.temperature_controller import TemperatureController
from labctl.errors import InstrumentError, LimitRefused
from labctl.evidence import Reading
from tests.drivers.scripted import ScriptedRegisters, run, transcript

FILE = "eurotherm/e3216"


def controller(*scenes: str, **limits: float) -> tuple[Eurotherm3216, ScriptedRegisters]:
    link = ScriptedRegisters(transcript(FILE, *scenes))
    driver = Eurotherm3216(link, limits)
    as_role: TemperatureController = driver
    assert as_role is driver
    return driver, link


def read(*scenes: str) -> Reading:
    driver, link = controller("identify", *scenes)

    async def body() -> Reading:
        await driver.identify()
        return await driver.temperature()

    reading = run(body)
    assert link.is_done()
    return reading


def test_identity_takes_the_customer_identifier_for_a_serial_number() -> None:
    driver, link = controller("identify")
    identity = run(driver.identify)
    assert (identity.maker, identity.model, identity.serial) == ("Eurotherm", "3216", "4711")
    assert identity.firmware == "V2.03"
    assert link.is_done()


def test_without_customer_identifier_the_run_counts_as_simulated() -> None:
    script = transcript(FILE, "identify")
    script[-1]["answer"] = [0]
    identity = run(Eurotherm3216(ScriptedRegisters(script)).identify)
    assert identity.serial == ""
    assert identity.simulated


@pytest.mark.parametrize(
    ("scene", "text"), [("another_type", "no Eurotherm 3216"), ("fahrenheit", "degC")]
)
def test_another_type_or_unit_is_refused(scene: str, text: str) -> None:
    driver, _ = controller(scene)
    with pytest.raises(InstrumentError, match=text) as caught:
        run(driver.identify)
    assert caught.value.address and caught.value.answer and caught.value.remedy


def test_temperature_is_scaled_by_the_decimals() -> None:
    reading = read("temperature")
    assert (reading.value, reading.unit) == (25.3, "degC")
    assert reading.accuracy is not None
    assert reading.accuracy.gain == 0.0025
    assert reading.accuracy.offset == reading.accuracy.resolution == 0.1
    assert read("below_zero").value == -10.5


def test_sensor_break_is_never_a_value() -> None:
    driver, _ = controller("identify", "sensor_break")

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match="sensor break"):
            await driver.temperature()

    run(body)


def test_set_point_is_read_back_and_not_written_twice() -> None:
    driver, link = controller("identify", "set_65", "set_65_again")

    async def body() -> None:
        await driver.identify()
        await driver.set_temperature(65.0)
        await driver.set_temperature(65.0)

    run(body)
    assert link.is_done()


def test_clipped_set_point_is_an_error() -> None:
    driver, _ = controller("identify", "set_65_clipped")

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match="set point was not taken"):
            await driver.set_temperature(65.0)

    run(body)


@pytest.mark.parametrize("setpoint", [-20.1, 80.1, float("nan")])
def test_set_point_beyond_controller_or_bench_is_refused(setpoint: float) -> None:
    driver, link = controller("identify", temperature_max=80.0)

    async def body() -> None:
        await driver.identify()
        with pytest.raises(LimitRefused):
            await driver.set_temperature(setpoint)

    run(body)
    assert link.is_done()


def test_safe_reads_back() -> None:
    driver, link = controller("safe")
    run(driver.safe)
    assert link.is_done()
    driver, _ = controller("not_safe")
    with pytest.raises(InstrumentError, match="output is not off"):
        run(driver.safe)
