"""GENESYS+ driver against a transcript (tests/golden/tdk_lambda/genesys_plus.toml)."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from drivers.roles.dc_power_supply import DcPowerSupply
from drivers.tdk_lambda import _genesys_sheet as sheet
from drivers.tdk_lambda.genesys_plus import GenesysPlus
from labctl.errors import InstrumentError, LimitRefused
from tests.drivers import scripted
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "tdk_lambda/genesys_plus"


def used(use: Callable[[GenesysPlus], Awaitable[Any]], *scenes: str, **limits: float) -> Any:
    link = ScriptedMessages(transcript(FILE, "identify", *scenes))
    driver = GenesysPlus(link, limits)
    as_role: DcPowerSupply = driver
    assert as_role is driver
    return scripted.used(driver, link, use)


def test_the_model_tells_the_rating() -> None:
    assert sheet.rating_of("GSP10-1500") == sheet.Rating(10.0, 1500.0)
    assert sheet.rating_of("G10-100") == sheet.Rating(10.0, 100.0)
    assert sheet.rating_of("gh20-75") == sheet.Rating(20.0, 75.0)
    assert sheet.rating_of("Z10-20") is None and sheet.rating_of("GEN10-500") is None


def test_another_family_is_refused_with_a_remedy() -> None:
    driver = GenesysPlus(ScriptedMessages(transcript(FILE, "another_family")), {})
    with pytest.raises(InstrumentError, match="GENESYS") as caught:
        run(driver.identify)
    assert "Z10-20" in caught.value.answer and caught.value.remedy


def test_a_reading_has_the_limits_of_its_rating() -> None:
    found = used(GenesysPlus.measure, "measure")
    assert (found.voltage.value, found.current.value) == (0.992, 499.1)
    assert found.mode == "constant_current"
    assert found.current.accuracy.offset == pytest.approx(6.0)
    assert found.voltage.accuracy.offset == pytest.approx(0.01)


def test_what_is_not_regulated_is_an_error() -> None:
    with pytest.raises(InstrumentError, match="neither"):
        used(GenesysPlus.measure, "measure_unregulated")


def test_a_current_that_was_not_taken_is_an_error() -> None:
    with pytest.raises(InstrumentError, match="not taken"):
        used(lambda supply: supply.set_current_limit(500.0), "current_not_taken")


def test_an_interlock_keeps_it_off() -> None:
    with pytest.raises(InstrumentError, match="interlock") as caught:
        used(lambda supply: supply.output(True), "output_interlocked")
    assert caught.value.answer == "128"


@pytest.mark.parametrize(
    "use",
    [
        lambda supply: supply.set_voltage(11.0),
        lambda supply: supply.set_current_limit(1600.0),
        lambda supply: supply.set_current_limit(math.nan),
        lambda supply: supply.set_slew_rate(1.0),
        lambda supply: supply.set_protection(voltage=4.0, current=100.0),
        lambda supply: supply.set_protection(voltage=13.0, current=math.inf),
    ],
)
def test_beyond_its_rating_nothing_is_sent(
    use: Callable[[GenesysPlus], Awaitable[None]],
) -> None:
    with pytest.raises(LimitRefused):
        used(use)


def test_beyond_the_benchs_limits_nothing_is_sent() -> None:
    with pytest.raises(LimitRefused):
        used(lambda supply: supply.set_current_limit(900.0), current=800.0)
    with pytest.raises(LimitRefused):
        used(lambda supply: supply.set_voltage(6.0), voltage=5.0)


def test_the_register_tells_the_trip() -> None:
    assert used(GenesysPlus.trip, "trip") == "over_voltage"
