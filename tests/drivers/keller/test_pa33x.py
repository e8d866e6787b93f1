"""PA-33X driver: what frames alone do not show (frames: tests/golden/keller)."""

from __future__ import annotations

import pytest

from drivers.codecs import keller
from drivers.keller.pa33x import ANYBODY, KellerPA33X
from drivers.roles.pressure_transducer import PressureTransducer
from labctl.errors import Defect, InstrumentError, LinkError
from tests.drivers.scripted import run, transcript
from tests.drivers.scripted_bytes import ScriptedBytes

IDENTIFY = transcript("keller/pa33x", "identify")
PRESSURE = transcript("keller/pa33x", "pressure")


def transmitter(*script: dict[str, str]) -> tuple[KellerPA33X, ScriptedBytes]:
    link = ScriptedBytes(script)
    driver = KellerPA33X(link, {})
    as_role: PressureTransducer = driver
    assert as_role is driver
    return driver, link


def asked(function: int, data: bytes, answer: bytes) -> dict[str, str]:
    """An exchange whose answer has a CRC that fits."""
    return {
        "send_hex": keller.request(ANYBODY, function, data).hex(" "),
        "answer_hex": keller.request(ANYBODY, function, answer).hex(" "),
    }


def test_not_identified_is_a_defect() -> None:
    with pytest.raises(Defect):
        assert transmitter()[0].identity


def test_a_simulated_one_has_no_number() -> None:
    driver, _ = transmitter(*transcript("keller/pa33x", "no_serial_number"))
    assert run(driver.identify).simulated


def test_it_measures_against_a_sealed_bar() -> None:
    driver, link = transmitter(*IDENTIFY, *PRESSURE)

    async def body() -> None:
        assert not (await driver.identify()).simulated
        assert await driver.reference() == "gauge"
        reading = await driver.pressure()
        assert reading.accuracy is not None
        assert reading.accuracy in driver.accuracies
        assert (reading.serial, reading.address) == ("133445", link.address)

    run(body)
    assert link.is_done()


@pytest.mark.parametrize(("low", "high"), [(10.0, -1.0), (0.0, 0.0)])
def test_a_range_that_makes_no_sense_is_another_device(low: float, high: float) -> None:
    ranges = [
        asked(keller.READ_COEFFICIENT, bytes((number,)), keller.number(value))
        for number, value in ((80, low), (81, high))
    ]
    driver, _ = transmitter(*IDENTIFY[:2], *ranges)
    with pytest.raises(InstrumentError) as caught:
        run(driver.identify)
    assert caught.value.remedy


def test_an_answer_to_somebody_else_is_a_broken_line() -> None:
    driver, _ = transmitter(
        *IDENTIFY, {"send_hex": PRESSURE[0]["send_hex"], "answer_hex": IDENTIFY[0]["answer_hex"]}
    )

    async def body() -> None:
        await driver.identify()
        await driver.pressure()

    with pytest.raises(LinkError):
        run(body)


@pytest.mark.parametrize(
    ("seconds", "steps"), [(0.0, 0), (0.0025, 0), (0.0026, 1), (1.0, 9), (81.92, 15)]
)
def test_the_shortest_filter_that_is_long_enough(seconds: float, steps: int) -> None:
    wanted = bytes((steps << 4 | 3,))
    driver, link = transmitter(
        asked(keller.READ_CONFIGURATION, b"\x04", b"\xf3" if steps < 15 else b"\x03"),
        asked(keller.WRITE_CONFIGURATION, b"\x04" + wanted, b"\0"),
        asked(keller.READ_CONFIGURATION, b"\x04", wanted),
    )
    run(lambda: driver.set_averaging(seconds))
    assert link.is_done()


def test_a_filter_that_is_not_taken_is_told() -> None:
    driver, _ = transmitter(
        asked(keller.READ_CONFIGURATION, b"\x04", b"\x00"),
        asked(keller.WRITE_CONFIGURATION, b"\x04\x10", b"\0"),
        asked(keller.READ_CONFIGURATION, b"\x04", b"\x00"),
    )
    with pytest.raises(InstrumentError, match="not taken"):
        run(lambda: driver.set_averaging(0.005))


def test_resync_and_close_reach_the_link() -> None:
    driver, link = transmitter(IDENTIFY[0])
    run(driver.resync)
    run(driver.close)
    assert (link.resyncs, link.closed) == (1, 1)
