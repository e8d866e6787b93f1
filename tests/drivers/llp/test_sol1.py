"""Solar simulator driver against transcripts (tests/golden/llp/sol1.toml)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from drivers.codecs import llp
from drivers.llp.sol1 import Sol1
from drivers.roles.solar_simulator import SolarSimulator
from labctl.errors import InstrumentError, LimitRefused, LinkError
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "llp/sol1"


def lamp(*scenes: str, **limits: float) -> tuple[Sol1, ScriptedMessages]:
    link = ScriptedMessages(transcript(FILE, *scenes), checked=True)
    driver = Sol1(link, limits)
    as_role: SolarSimulator = driver
    assert as_role is driver
    return driver, link


def test_identity_has_its_blanks() -> None:
    driver, _ = lamp("identify")
    identity = run(driver.identify)
    assert (identity.maker, identity.model, identity.serial, identity.firmware) == (
        "Labctl works",
        "LLP-SOL1",
        "0042",
        "1.0",
    )


def test_another_model_is_refused() -> None:
    driver, _ = lamp("another_model")
    with pytest.raises(InstrumentError, match="no LLP-SOL1") as caught:
        run(driver.identify)
    assert caught.value.command == "ID?"
    assert "LLP-BEND1" in caught.value.answer


@pytest.mark.parametrize(
    ("scene", "call"),
    [
        ("lamp_on", lambda driver: driver.lamp(True)),
        ("open_shutter", lambda driver: driver.shutter(True)),
        ("safe", lambda driver: driver.safe()),
    ],
)
def test_states_are_asked_for_and_read_back(
    scene: str, call: Callable[[Sol1], Awaitable[None]]
) -> None:
    driver, link = lamp(scene)
    run(lambda: call(driver))
    assert link.is_done()


def test_shutter_with_the_lamp_off_is_refused_by_the_instrument() -> None:
    driver, _ = lamp("open_shutter_lamp_off")
    with pytest.raises(InstrumentError) as caught:
        run(lambda: driver.shutter(True))
    assert caught.value.answer == "!5 STATE"


def test_monitor_has_its_accuracy() -> None:
    driver, _ = lamp("identify", "monitor")

    async def body() -> None:
        await driver.identify()
        reading = await driver.monitor()
        assert (reading.value, reading.unit) == (998.5, "W/m**2")
        assert reading.accuracy is not None
        assert reading.accuracy.gain == 0.05

    run(body)


def test_warm() -> None:
    driver, _ = lamp("warming", "warm")

    async def body() -> list[bool]:
        return [await driver.is_warm(), await driver.is_warm()]

    assert run(body) == [False, True]


@pytest.mark.parametrize("level", [99.9, 1100.1, float("nan")])
def test_level_beyond_lamp_or_bench_is_refused(level: float) -> None:
    driver, link = lamp(irradiance=1100.0)
    with pytest.raises(LimitRefused):
        run(lambda: driver.set_irradiance(level))
    assert link.is_done()


def test_not_safe_is_told() -> None:
    driver, _ = lamp("not_safe")
    with pytest.raises(InstrumentError, match="shutter is not closed"):
        run(driver.safe)


def answered(*answers: str, raw: bool) -> Sol1:
    script = transcript(FILE, "identify")
    script += [{"send": "MON?", "answer": answer, "raw": raw} for answer in answers]
    return Sol1(ScriptedMessages(script, checked=True))


@pytest.mark.parametrize("answer", ["", "= 998.5", "= 998.5*00", "garbage*0E"])
def test_damaged_answer_is_a_link_error_and_never_a_value(answer: str) -> None:
    driver = answered(*[answer] * 3, raw=True)

    async def body() -> None:
        await driver.identify()
        with pytest.raises(LinkError) as caught:
            await driver.monitor()
        assert caught.value.command == "MON?"

    run(body)


def test_a_reading_that_was_damaged_is_asked_for_again() -> None:
    driver = answered("= 998.5*00", llp.encode("= 998.5"), raw=True)

    async def body() -> None:
        await driver.identify()
        assert (await driver.monitor()).value == 998.5

    run(body)


@pytest.mark.parametrize("answer", ["OK", "= ten", "= nan", "= inf", "= 1 2", "!2 UNKNOWN"])
def test_whole_answer_without_sense_is_an_instrument_error(answer: str) -> None:
    driver = answered(answer, raw=False)

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError):
            await driver.monitor()

    run(body)


def test_command_that_arrived_damaged_may_be_sent_again() -> None:
    script = [{"send": "LEVEL 900", "answer": "!1 CHECK"}]
    driver = Sol1(ScriptedMessages(script, checked=True))
    with pytest.raises(LinkError) as caught:
        run(lambda: driver.set_irradiance(900.0))
    assert caught.value.retryable
