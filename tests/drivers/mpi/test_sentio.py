"""SENTIO driver: guards, broken answers (lines: tests/golden/mpi)."""

from __future__ import annotations

from typing import Any

import pytest

from drivers.mpi.sentio import MpiSentio
from drivers.roles.probe_station import Die, ProbeStation
from labctl.errors import InstrumentError, LimitRefused
from tests.drivers.scripted import ScriptedMessages, run, transcript

MODEL = "mpi/sentio"
KNOWN = [*transcript(MODEL, "identify"), *transcript(MODEL, "map"), *transcript(MODEL, "align")]
DOWN = {"send": "get_chuck_z Contact", "answer": "0,0,0.0"}


def station(*script: dict[str, Any], **limits: float) -> tuple[MpiSentio, ScriptedMessages]:
    link = ScriptedMessages(script)
    driver = MpiSentio(link, limits)
    as_role: ProbeStation = driver
    assert as_role is driver
    return driver, link


async def ready(driver: MpiSentio) -> None:
    await driver.identify()
    assert await driver.load_map("reference") == (Die(0, 0), Die(1, 0))
    await driver.align()


def test_a_probe_is_never_dragged() -> None:
    driver, _ = station(*KNOWN, DOWN)

    async def body() -> None:
        await ready(driver)
        with pytest.raises(LimitRefused, match="probes down"):
            await driver.go_to_die(Die(1, 0))

    run(body)


def test_a_die_that_is_not_on_the_map_is_refused() -> None:
    driver, _ = station(*KNOWN)

    async def body() -> None:
        await ready(driver)
        with pytest.raises(LimitRefused, match="not on the map"):
            await driver.go_to_die(Die(3, 0))

    run(body)


def test_nothing_is_stepped_to_before_the_wafer_is_aligned() -> None:
    driver, _ = station(*transcript(MODEL, "identify"), *transcript(MODEL, "map"))

    async def body() -> None:
        await driver.identify()
        await driver.load_map("reference")
        with pytest.raises(InstrumentError, match="not aligned"):
            await driver.go_to_die(Die(1, 0))

    run(body)


def test_a_wafer_that_is_not_held_is_not_touched() -> None:
    driver, link = station({"send": "get_vacuum_status Wafer", "answer": "0,0,0"})
    with pytest.raises(InstrumentError, match="not held"):
        run(lambda: driver.contact(True))
    assert link.is_done()


@pytest.mark.parametrize(
    "answer", ["0,0", "x,0,1", "0,0,two", "0,0,", "0,0,nan", "0,0,2", "0,0,0.5"]
)
def test_an_answer_that_is_no_state_is_an_error(answer: str) -> None:
    driver, _ = station({"send": "get_door_status prober", "answer": answer})
    with pytest.raises(InstrumentError):
        run(driver.is_closed)


def test_a_refusal_names_the_error_under_the_status_bits() -> None:
    driver, _ = station({"send": "get_door_status prober", "answer": "1084,0,The door is open"})
    with pytest.raises(InstrumentError, match="error 60"):
        run(driver.is_closed)
