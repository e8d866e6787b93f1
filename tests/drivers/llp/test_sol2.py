"""Two-source solar simulator driver against transcripts (tests/golden/llp/sol2.toml)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from drivers.llp.sol2 import Sol2
from drivers.roles.spectral_solar_simulator import SpectralSolarSimulator
from labctl.errors import InstrumentError, LimitRefused
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "llp/sol2"


def lamp(*scenes: str, **limits: float) -> tuple[Sol2, ScriptedMessages]:
    link = ScriptedMessages(transcript(FILE, *scenes), checked=True)
    driver = Sol2(link, limits)
    as_role: SpectralSolarSimulator = driver
    assert as_role is driver
    return driver, link


def test_another_model_is_refused() -> None:
    driver, _ = lamp("another_model")
    with pytest.raises(InstrumentError, match="no LLP-SOL2"):
        run(driver.identify)


@pytest.mark.parametrize(
    ("scene", "call"),
    [
        ("lamp_on", lambda driver: driver.lamp(True)),
        ("open_shutter", lambda driver: driver.shutter(True)),
        ("safe", lambda driver: driver.safe()),
        ("set_sources", lambda driver: driver.set_sources(450.0, 550.5)),
        ("keep_ratio", lambda driver: driver.set_irradiance(900.0)),
    ],
)
def test_what_is_set_goes_over_the_line(
    scene: str, call: Callable[[Sol2], Awaitable[None]]
) -> None:
    driver, link = lamp(scene)
    run(lambda: call(driver))
    assert link.is_done()


def test_monitors_have_their_accuracy() -> None:
    driver, _ = lamp("identify", "monitors", "monitors")

    async def body() -> None:
        await driver.identify()
        blue, red = await driver.monitors()
        assert (blue.value, red.value, blue.unit, red.unit) == (498.5, 512.25, "W/m**2", "W/m**2")
        assert blue.accuracy is not None
        assert blue.accuracy.gain == 0.05
        assert (await driver.monitor()).value == 498.5 + 512.25

    run(body)


@pytest.mark.parametrize(
    ("blue", "red"),
    [(49.9, 500.0), (500.0, 800.1), (float("nan"), 500.0), (600.0, 600.0)],
    ids=["weak blue", "strong red", "no number", "beyond the bench"],
)
def test_mix_beyond_source_or_bench_is_refused(blue: float, red: float) -> None:
    driver, link = lamp(irradiance=1100.0)
    with pytest.raises(LimitRefused):
        run(lambda: driver.set_sources(blue, red))
    assert link.is_done()


def test_a_mix_of_nothing_is_not_scaled() -> None:
    driver, _ = lamp("mix_of_nothing")
    with pytest.raises(InstrumentError, match="set to nothing"):
        run(lambda: driver.set_irradiance(900.0))


@pytest.mark.parametrize("answer", ["OK", "= 500", "= 500 ten", "= 500 nan", "= 1 2 3"])
def test_whole_answer_without_sense_is_an_instrument_error(answer: str) -> None:
    script = [*transcript(FILE, "identify"), {"send": "MON?", "answer": answer}]
    driver = Sol2(ScriptedMessages(script, checked=True))

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError):
            await driver.monitors()

    run(body)
