"""Vega driver: what its golden transcript (tests/golden/ophir/vega.toml) does not show."""

from __future__ import annotations

from typing import Any

import pytest

from drivers.ophir._heads import BANDS, band
from drivers.ophir.vega import OphirVega
from drivers.roles.laser_power_meter import LaserPowerMeter
from labctl.errors import Defect, InstrumentError, LimitRefused, LinkError
from labctl.evidence import Reading
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "ophir/vega"


def meter(*script: dict[str, Any], **limits: float) -> tuple[OphirVega, ScriptedMessages]:
    link = ScriptedMessages([*transcript(FILE, "identify"), *script])
    driver = OphirVega(link, limits)
    as_role: LaserPowerMeter = driver
    assert as_role is driver
    return driver, link


def read(driver: OphirVega, samples: int = 1, loss: float = 0.0) -> Reading:
    async def body() -> Reading:
        await driver.identify()
        await driver.set_averages(samples)
        await driver.set_attenuation(loss)
        return await driver.power()

    return run(body)


def power_script(*powers: str) -> list[dict[str, Any]]:
    head, wavelengths, _, ranges = transcript(FILE, "power")
    return [head, wavelengths, *({"send": "$SP", "answer": one} for one in powers), ranges]


def test_values_are_averaged_and_corrected_with_their_accuracy() -> None:
    driver, link = meter(*power_script("*1.0E-3", "*2.0E-3", "*3.0E-3"))
    reading = read(driver, 3, 10.0)
    assert link.is_done()
    assert reading.value == pytest.approx(20e-3)
    assert reading.accuracy is not None
    assert reading.accuracy.gain == 0.03
    assert reading.accuracy.offset == pytest.approx(10 * 0.001 * 3e-3)


@pytest.mark.parametrize("answer", ["", "garbage", "1E-3", "*nan", "*OVER", "*1E-3 2E-3", "?"])
def test_garbage_and_overload_are_never_a_value(answer: str) -> None:
    driver, _ = meter(*power_script(answer)[:-1])
    with pytest.raises(InstrumentError) as caught:
        read(driver)
    assert caught.value.command == "$SP"


@pytest.mark.parametrize(
    "answer", ["*DISCRETE 1 YAG CO2", "*CONTINUOUS 350 1100 9 488", "*CONTINUOUS", "*x y z"]
)
def test_a_head_without_wavelengths_is_told(answer: str) -> None:
    driver, _ = meter({"send": "$AW", "answer": answer})

    async def body() -> None:
        await driver.identify()
        await driver.wavelength()

    with pytest.raises(InstrumentError) as caught:
        run(body)
    assert caught.value.command == "$AW"


def test_a_head_of_unknown_accuracy_gives_no_reading() -> None:
    other = {"send": "$HI", "answer": "*TH 77 FL250 00000003"}
    script = [*transcript(FILE, "identify")[:2], other, transcript(FILE, "identify")[3]]
    link = ScriptedMessages([*script, other, *power_script("*1.0E-3")[1:]])
    with pytest.raises(InstrumentError, match="FL250"):
        read(OphirVega(link))


def test_zeroing_that_fails_or_never_ends_is_told() -> None:
    start = transcript(FILE, "zero")[:3]
    failed = {"send": "$ZQ", "answer": "*ZEROING FAILED"}
    busy = {"send": "$ZQ", "answer": "*ZEROING IN PROGRESS", "after": 25.0}
    for rest in ([failed], [busy] * 3):
        driver, link = meter(*start, *rest)

        async def body(meter: OphirVega = driver) -> None:
            await meter.identify()
            await meter.zero()

        with pytest.raises(InstrumentError, match="zeroing failed"):
            run(body)
        assert link.is_done()


def test_what_cannot_be_asked_for_is_refused() -> None:
    link = ScriptedMessages([])
    driver = OphirVega(link)
    for call in (
        lambda: driver.set_averages(0),
        lambda: driver.set_averages(1001),
        lambda: driver.set_attenuation(61.0),
    ):
        with pytest.raises(LimitRefused):
            run(call)
    with pytest.raises(Defect):
        run(driver.power)


def test_silence_is_a_link_error() -> None:
    with pytest.raises(LinkError):
        run(OphirVega(ScriptedMessages([{"send": "$II"}])).identify)


def test_bands_of_a_head_do_not_overlap() -> None:
    for one in BANDS:
        assert band(one.name, one.low) is one
        assert band(one.name + "-X", one.high) is one
    with pytest.raises(ValueError, match="no accuracy"):
        band("PD300", 1200)
