"""GMP252 driver against transcripts of registers (tests/golden/vaisala/gmp252.toml)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.roles.gas_analyzer import GasAnalyzer
from drivers.vaisala.gmp252 import LINES, VaisalaGMP252
from labctl.errors import InstrumentError, LimitRefused, UsageError
from labctl.evidence import Reading
from tests.drivers.scripted import ScriptedRegisters, run, transcript

FILE = "vaisala/gmp252"


def probe(*scenes: str) -> tuple[VaisalaGMP252, ScriptedRegisters]:
    link = ScriptedRegisters(transcript(FILE, *scenes))
    driver = VaisalaGMP252(link)
    as_role: GasAnalyzer = driver
    assert as_role is driver
    return driver, link


def fraction(*scenes: str) -> Reading:
    driver, link = probe("identify", *scenes)

    async def body() -> Reading:
        await driver.identify()
        return await driver.fraction()

    found = run(body)
    assert link.is_done()
    return found


@pytest.mark.parametrize("scene", ["another_model", "another_maker"])
def test_another_probe_is_refused_with_a_remedy(scene: str) -> None:
    driver, _ = probe(scene)
    with pytest.raises(InstrumentError, match="no Vaisala GMP252") as caught:
        run(driver.identify)
    assert caught.value.answer and "bench file" in caught.value.remedy


def test_the_line_of_the_sheet_goes_with_the_value() -> None:
    assert fraction("fraction").accuracy == LINES[0]
    assert fraction("fractions").accuracy == LINES[1]
    assert fraction("reduced_accuracy").accuracy == LINES[2]
    assert "remembered" in LINES[2].source


@pytest.mark.parametrize(
    ("scene", "text"),
    [
        ("starting", "not ready, reading not reliable"),
        ("critical", "critical error, error"),
        ("not_available", "not available"),
        ("beyond_the_range", "beyond the probe's range"),
    ],
)
def test_what_is_no_reading_is_told(scene: str, text: str) -> None:
    with pytest.raises(InstrumentError, match=text) as caught:
        fraction(scene)
    assert caught.value.command and caught.value.answer and caught.value.remedy


@given(
    st.floats(-1e6, 1e6).filter(lambda value: not 70e3 <= value <= 110e3),
    st.floats(allow_nan=True).filter(lambda value: not 0 <= value <= 1),
)
def test_a_compensation_out_of_range_sends_nothing(pressure: float, oxygen: float) -> None:
    driver, link = probe()

    async def body() -> None:
        for given_pressure, given_oxygen in ((pressure, 0.2), (1e5, oxygen)):
            with pytest.raises(LimitRefused):
                await driver.set_compensation(
                    pressure=given_pressure, oxygen=given_oxygen, humidity=0.0
                )

    run(body)
    assert link.is_done()


def test_it_is_not_adjusted_and_has_one_stream() -> None:
    driver, _ = probe()

    async def body() -> None:
        with pytest.raises(UsageError):
            await driver.zero()
        with pytest.raises(UsageError):
            await driver.span("CO2", 1e-3)
        await driver.select_stream(1)
        with pytest.raises(LimitRefused):
            await driver.select_stream(2)
        assert await driver.components() == ("CO2",)
        assert await driver.is_wet()

    run(body)
