"""MH-Z19B driver: warm-up, silence, and what the sensor lacks (frames: tests/golden/winsen)."""

from __future__ import annotations

import pytest

from drivers.roles.gas_sensor import GasSensor
from drivers.winsen.mh_z19b import WARM_UP, WinsenMhZ19b
from labctl import clock
from labctl.errors import Defect, InstrumentError, LinkError, UsageError
from tests.drivers.scripted import run
from tests.drivers.scripted_bytes import ScriptedBytes

ASK = {"send_hex": "FF 01 86 00 00 00 00 00 79"}
ANSWERED = {**ASK, "answer_hex": "FF 86 02 20 00 00 00 00 58"}


def sensor(*script: dict[str, str], **limits: float) -> tuple[WinsenMhZ19b, ScriptedBytes]:
    link = ScriptedBytes(script)
    driver = WinsenMhZ19b(link, limits)
    as_role: GasSensor = driver
    assert as_role is driver
    return driver, link


def test_its_run_counts_as_simulated() -> None:
    driver, _ = sensor(ANSWERED)
    assert run(driver.identify).simulated


def test_not_identified_is_a_defect() -> None:
    with pytest.raises(Defect):
        assert sensor()[0].identity


def test_warm_after_three_minutes() -> None:
    driver, link = sensor(ANSWERED, ANSWERED, ANSWERED, ANSWERED, ANSWERED)

    async def body() -> None:
        await driver.identify()
        assert (await driver.warm_up_left()).value == pytest.approx(WARM_UP, abs=0.1)
        with pytest.raises(InstrumentError, match="warms up"):
            await driver.fraction()
        await clock.sleep(WARM_UP)
        reading = await driver.fraction()
        assert reading.value == pytest.approx(544e-6)
        assert (await driver.warm_up_left()).value == 0.0

    run(body)
    assert link.is_done()


def test_after_a_silence_it_warms_up_again() -> None:
    driver, link = sensor(ANSWERED, ASK, ANSWERED)

    async def body() -> None:
        await driver.identify()
        await clock.sleep(WARM_UP)
        with pytest.raises(LinkError):
            await driver.fraction()
        with pytest.raises(InstrumentError, match="warms up"):
            await driver.fraction()

    run(body)
    assert link.is_done()


def test_a_damaged_frame_is_no_silence() -> None:
    damaged = {**ASK, "answer_hex": "FF 86 02 21 00 00 00 00 58"}
    driver, link = sensor(ANSWERED, damaged, ANSWERED)

    async def body() -> float:
        await driver.identify()
        await clock.sleep(WARM_UP)
        with pytest.raises(LinkError):
            await driver.fraction()
        return (await driver.fraction()).value

    assert run(body) == pytest.approx(544e-6)
    assert link.is_done()


def test_a_dead_line_is_no_command_without_answer() -> None:
    driver, link = sensor(ANSWERED, {"send_hex": "FF 01 87 00 00 00 00 00 78"}, ASK)

    async def body() -> None:
        await driver.identify()
        with pytest.raises(LinkError):
            await driver.zero()

    run(body)
    assert link.is_done()


def test_what_it_lacks() -> None:
    driver, _ = sensor()
    assert run(driver.gas) == "CO2"
    for call in (driver.temperature, driver.alarm):
        with pytest.raises(UsageError) as caught:
            run(call)
        assert caught.value.address


def test_resync_and_close_reach_the_link() -> None:
    driver, link = sensor(ANSWERED)
    run(driver.resync)
    run(driver.close)
    assert (link.resyncs, link.closed) == (1, 1)
