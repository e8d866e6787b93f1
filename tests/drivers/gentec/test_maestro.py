"""MAESTRO driver: what its golden transcript (tests/golden/gentec/maestro.toml) does not show."""

from __future__ import annotations

from typing import Any

import pytest

from drivers.gentec.maestro import GentecMaestro
from drivers.roles.laser_power_meter import LaserPowerMeter
from labctl.errors import Defect, InstrumentError, LimitRefused, LinkError
from labctl.evidence import Reading
from tests.drivers.scripted import run
from tests.drivers.scripted_bytes import ScriptedBytes
from tests.golden.transcripts import exchanges

MODEL = "gentec.maestro"
STATUS = exchanges(MODEL, "sensor")


def hexed(text: str) -> str:
    return text.encode("ascii").hex(" ")


def says(command: str, answer: str = "") -> dict[str, Any]:
    sent = {"send_hex": hexed(f"{command}\r")}
    return {**sent, "answer_hex": hexed(answer)} if answer else sent


def meter(*script: dict[str, Any], **limits: float) -> tuple[GentecMaestro, ScriptedBytes]:
    link = ScriptedBytes([*exchanges(MODEL, "identify"), *script])
    driver = GentecMaestro(link, limits)
    as_role: LaserPowerMeter = driver
    assert as_role is driver
    return driver, link


def read(driver: GentecMaestro, samples: int = 1, loss: float = 0.0) -> Reading:
    async def body() -> Reading:
        await driver.identify()
        await driver.set_averages(samples)
        await driver.set_attenuation(loss)
        return await driver.power()

    return run(body)


def test_acknowledges_are_no_answers() -> None:
    range_20 = says("*GCR", "ACK\r\nRange : 20\r\n")
    driver, link = meter(*STATUS, says("*CVU", "\r\nACK\r\n0.004\r\n"), range_20)
    assert read(driver).value == 0.004
    assert link.is_done()


def test_values_are_averaged_and_corrected_with_their_accuracy() -> None:
    powers = [says("*CVU", f"Current Value : {one}\r\n") for one in ("0.001", "0.003")]
    driver, _ = meter(*STATUS, *powers, says("*GCR", "Range : 20\r\n"))
    reading = read(driver, 2, -10.0)
    assert reading.value == pytest.approx(0.2e-3)
    assert reading.accuracy is not None
    assert (reading.accuracy.gain, reading.accuracy.range) == (0.05, pytest.approx(1e-3))


@pytest.mark.parametrize(
    "answer",
    [
        "Range : 20\r\n",
        "Current Value : \r\n",
        "Current Value : nan\r\n",
        "Command Error. Command not recognized.\r\n",
    ],
)
def test_garbage_is_never_a_value(answer: str) -> None:
    driver, _ = meter(*STATUS, says("*CVU", answer))
    with pytest.raises(InstrumentError) as caught:
        read(driver)
    assert caught.value.command == "*CVU"


def test_a_line_without_end_is_a_link_error() -> None:
    driver, _ = meter(*STATUS, says("*CVU", "Current Value : 0.00"))
    with pytest.raises(LinkError):
        read(driver)


def test_a_status_that_is_an_error_is_told() -> None:
    script = [exchanges(MODEL, "identify")[0], says("*STS", "Command Error.\r\n")]
    with pytest.raises(InstrumentError) as caught:
        run(GentecMaestro(ScriptedBytes(script)).identify)
    assert caught.value.command == "*STS"


def test_a_scale_that_was_not_taken_is_told() -> None:
    driver, _ = meter(*STATUS, says("*SCS20"), says("*GCR", "Range : 22\r\n"))

    async def body() -> None:
        await driver.identify()
        await driver.set_range(8e-3)

    with pytest.raises(InstrumentError, match="not taken"):
        run(body)


def test_a_scale_that_does_not_exist_gives_no_reading() -> None:
    driver, _ = meter(*STATUS, says("*CVU", "0.001\r\n"), says("*GCR", "Range : 42\r\n"))
    with pytest.raises(InstrumentError, match="no scale"):
        read(driver)


def test_what_cannot_be_asked_for_is_refused() -> None:
    driver = GentecMaestro(ScriptedBytes([]))
    for call in (
        lambda: driver.set_averages(0),
        lambda: driver.set_averages(1001),
        lambda: driver.set_attenuation(float("inf")),
    ):
        with pytest.raises(LimitRefused):
            run(call)
    with pytest.raises(Defect):
        run(driver.power)


def test_resync_stops_a_stream() -> None:
    link = ScriptedBytes([says("*CSU")])
    run(GentecMaestro(link).resync)
    assert link.is_done() and link.resyncs == 2
