"""Digimatic driver: what the line cannot do (lines: tests/golden/mitutoyo)."""

from __future__ import annotations

from typing import Any

import pytest

from drivers.conformance.transcripts import expanded
from drivers.mitutoyo.digimatic import MitutoyoDigimatic
from drivers.roles.dimension_gauge import DimensionGauge
from labctl.errors import UsageError
from labctl.evidence import Reading
from tests.drivers.scripted import run, transcript
from tests.drivers.scripted_bytes import ScriptedBytes

IDENTIFY = transcript("mitutoyo/digimatic", "identify")
LENGTH = transcript("mitutoyo/digimatic", "length")


def gauge(*script: dict[str, Any]) -> MitutoyoDigimatic:
    driver = MitutoyoDigimatic(ScriptedBytes(expanded(list(script))), {})
    as_role: DimensionGauge = driver
    assert as_role is driver
    return driver


def test_a_length_has_the_line_of_the_sheet() -> None:
    driver = gauge(*IDENTIFY, *LENGTH)

    async def body() -> Reading:
        await driver.identify()
        return await driver.length()

    reading = run(body)
    assert reading.value == pytest.approx(0.025)
    assert reading.accuracy is not None and reading.accuracy.offset == 20e-6


def test_keys_of_the_gauge_cannot_be_pressed_over_the_line() -> None:
    driver = gauge(*IDENTIFY)

    async def body() -> None:
        await driver.identify()
        for call in (driver.set_zero, driver.measuring_force):
            with pytest.raises(UsageError):
                await call()
        with pytest.raises(UsageError, match=r"0\.025 m"):
            await driver.preset(0.025)

    run(body)
