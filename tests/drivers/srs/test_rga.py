"""SRS RGA driver: what its golden transcript (tests/golden/srs) does not show."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from drivers.roles.mass_spectrometer import MassSpectrometer, MassSpectrum
from drivers.srs import _errors as errors
from drivers.srs.rga import SrsRga
from labctl.errors import Defect, InstrumentError, LimitRefused, LinkError, UsageError
from tests.drivers.scripted import run
from tests.drivers.scripted_bytes import ScriptedBytes
from tests.golden.transcripts import exchanges

MODEL = "srs.rga"


def head(*scenes: str, **limits: float) -> tuple[SrsRga, ScriptedBytes]:
    link = ScriptedBytes(exchanges(MODEL, *scenes))
    driver = SrsRga(link, limits)
    as_role: MassSpectrometer = driver
    assert as_role is driver
    return driver, link


def hexed(text: str) -> str:
    return text.encode("ascii").hex(" ")


async def identified(driver: SrsRga) -> SrsRga:
    await driver.identify()
    return driver


def test_nobody_before_it_is_identified() -> None:
    driver, _ = head()
    with pytest.raises(Defect):
        _ = driver.identity


def test_another_model_is_told_with_a_remedy() -> None:
    driver, _ = head("another_model")
    with pytest.raises(InstrumentError, match="no SRS RGA") as caught:
        run(driver.identify)
    assert caught.value.answer == "SRSUGA100VER1.02SN00001"
    assert "bench file" in caught.value.remedy


def test_a_histogram_has_masses_currents_and_their_line() -> None:
    driver, link = head("identify", "histogram")

    async def body() -> MassSpectrum:
        return await (await identified(driver)).histogram(17, 19)

    found = run(body)
    assert list(found.mass) == [17.0, 18.0, 19.0]
    assert found.current.values == pytest.approx([9.8151e-12, 4.08546e-11, 2.12e-14])
    assert found.current.accuracy is not None and found.current.accuracy.gain == 0.1
    assert found.current.serial == "12345"
    assert link.is_done()


def test_pressures_are_by_the_stored_sensitivities() -> None:
    for scene, call, expected in (
        ("partial_pressure", lambda d: d.partial_pressure(28), 1.5e-10 / (0.1e-3 / 133.322368)),
        ("total_pressure", lambda d: d.total_pressure(), 2.04e-11 / (0.01e-3 / 133.322368)),
    ):
        driver, _ = head("identify", scene)

        async def body(driver: SrsRga = driver, call: Any = call) -> Any:
            return await call(await identified(driver))

        assert run(body).value == pytest.approx(expected)


@pytest.mark.parametrize(
    ("scene", "call", "why"),
    [
        ("filament_broken", lambda d: d.filament(True), "no filament detected"),
        ("multiplier_not_set", lambda d: d.multiplier(1400.0), "no electron multiplier"),
        ("filament_shut_down_meanwhile", lambda d: d.single_mass(28), "cannot be set"),
        ("zero_failed", lambda d: d.zero(), r"\+5 nA not read"),
        ("refused_in_silence", lambda d: d.zero(), "bad command"),
        ("setting_not_taken", lambda d: d.histogram(17, 19), "bad parameter"),
    ],
)
def test_errors_say_what_the_error_bytes_say(
    scene: str, call: Callable[[SrsRga], Awaitable[Any]], why: str
) -> None:
    driver, link = head("identify", scene)

    async def body() -> None:
        await call(await identified(driver))

    with pytest.raises(InstrumentError, match=why) as caught:
        run(body)
    assert caught.value.address and caught.value.command and caught.value.remedy
    assert link.is_done()


def test_a_chamber_without_vacuum_is_a_limit() -> None:
    driver, _ = head("identify", "filament_finds_no_vacuum")

    async def body() -> None:
        await (await identified(driver)).filament(True)

    with pytest.raises(LimitRefused, match="too high") as caught:
        run(body)
    assert "pump" in caught.value.remedy


def test_the_multiplier_goes_off_though_the_filament_does_not() -> None:
    driver, link = head("filament_stays_on")
    with pytest.raises(InstrumentError, match="emits"):
        run(driver.safe)
    assert link.is_done()


@pytest.mark.parametrize("answer", ["1x\n\r", "\x01\n\r", "-1\n\r", "0"])
def test_a_spoilt_status_is_none(answer: str) -> None:
    script = [
        *exchanges(MODEL, "identify"),
        {"send_hex": hexed("CA\r"), "answer_hex": hexed(answer)},
    ]
    driver = SrsRga(ScriptedBytes(script))

    async def body() -> None:
        with pytest.raises((InstrumentError, LinkError)):
            await (await identified(driver)).zero()

    run(body)


@pytest.mark.parametrize(
    "call",
    [
        lambda d: d.set_emission(0.0),
        lambda d: d.set_emission(float("nan")),
        lambda d: d.multiplier(-1.0),
        lambda d: d.single_mass(0),
        lambda d: d.single_mass(200.5),
        lambda d: d.histogram(1, 201),
        lambda d: d.scan(1, 50, points_per_mass=9),
    ],
)
def test_what_the_head_cannot_do_is_refused(call: Callable[[SrsRga], Awaitable[Any]]) -> None:
    driver, link = head("identify")

    async def body() -> None:
        await call(await identified(driver))

    with pytest.raises(LimitRefused) as caught:
        run(body)
    assert caught.value.remedy and link.is_done()


@pytest.mark.parametrize("call", [lambda d: d.single_mass(28.5), lambda d: d.histogram(20, 20)])
def test_masses_are_whole_and_rise(call: Callable[[SrsRga], Awaitable[Any]]) -> None:
    driver, link = head("identify")

    async def body() -> None:
        await call(await identified(driver))

    with pytest.raises(UsageError):
        run(body)
    assert link.is_done()


def test_a_bench_may_allow_less() -> None:
    driver, link = head("identify", multiplier=1000.0, emission=1e-3)

    async def body() -> None:
        await identified(driver)
        for call in (lambda: driver.multiplier(1400.0), lambda: driver.set_emission(1.1e-3)):
            with pytest.raises(LimitRefused):
                await call()

    run(body)
    assert link.is_done()


def test_every_error_byte_has_its_words() -> None:
    assert set(errors.BITS) == {query for query, _ in errors.BYTES.values()}
    assert errors.words("EC", 0b1000010) == "parameters in conflict, bad parameter"
    assert errors.words("EF", 0) == ""
