"""MAESTRO with a joulemeter: what its golden transcript does not show."""

from __future__ import annotations

from typing import Any

import pytest

from drivers.gentec import _joule_heads as heads
from drivers.gentec.maestro_joules import GentecMaestroJoules
from drivers.roles.laser_energy_meter import LaserEnergyMeter
from labctl.errors import InstrumentError, LimitRefused
from labctl.evidence import Reading
from tests.drivers.scripted import run
from tests.drivers.scripted_bytes import ScriptedBytes
from tests.golden.transcripts import exchanges

MODEL = "gentec.maestro_joules"


def says(command: str, answer: str) -> dict[str, Any]:
    return {
        "send_hex": f"{command}\r".encode("ascii").hex(" "),
        "answer_hex": f"{answer}\r\n".encode("ascii").hex(" "),
    }


def meter(*script: dict[str, Any]) -> tuple[GentecMaestroJoules, ScriptedBytes]:
    link = ScriptedBytes([*exchanges(MODEL, "identify"), *script])
    driver = GentecMaestroJoules(link)
    as_role: LaserEnergyMeter = driver
    assert as_role is driver
    return driver, link


def test_an_energy_is_corrected_with_its_accuracy() -> None:
    driver, link = meter(*exchanges(MODEL, "energy"))

    async def body() -> Reading:
        await driver.identify()
        await driver.set_attenuation(10.0)
        return await driver.energy(timeout=1.0)

    found = run(body)
    assert found.value == pytest.approx(0.0500095)
    assert found.accuracy is not None
    assert found.accuracy.gain == 0.03
    assert found.accuracy.range == pytest.approx(0.1)
    assert link.is_done()


def test_no_pulse_is_an_error_that_says_so() -> None:
    silent = [says("*NVU", "New Data Not Available")] * 10
    driver, _ = meter(*exchanges(MODEL, "energy")[:3], *silent)

    async def body() -> None:
        await driver.identify()
        await driver.energy(timeout=0.1)

    with pytest.raises(InstrumentError, match=r"no pulse within 0\.1 s"):
        run(body)


def test_a_rate_needs_two_pulses_and_limits_are_kept() -> None:
    driver, _ = meter()

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match="two pulses"):
            await driver.repetition_rate()
        with pytest.raises(LimitRefused):
            await driver.set_trigger(1.5)
        with pytest.raises(LimitRefused):
            await driver.energies(0, timeout=1.0)

    run(body)


def test_an_unknown_head_has_no_accuracy() -> None:
    with pytest.raises(ValueError, match="no accuracy"):
        heads.line("PH100", 1.0)
