"""DL3021 driver: what its golden transcript (tests/golden/rigol/dl3021.toml) does not show."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.rigol._dl3021_sheet import TRIPS, trips
from drivers.rigol.dl3021 import RigolDL3021
from drivers.roles.electronic_load import ElectronicLoad
from labctl.errors import Defect, InstrumentError, LimitRefused, LinkError
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "rigol/dl3021"
NO_ERROR = {"send": ":SYST:ERR?", "answer": '0,"No error"'}
INPUT = ":SOUR:INP:STAT?"


def load(script: list[dict[str, Any]], **limits: float) -> tuple[RigolDL3021, ScriptedMessages]:
    link = ScriptedMessages(script)
    driver = RigolDL3021(link, limits)
    as_role: ElectronicLoad = driver
    assert as_role is driver
    return driver, link


def test_nothing_is_known_before_it_is_identified() -> None:
    driver, link = load([])
    with pytest.raises(Defect, match="electronic load"):
        _ = driver.identity
    assert driver.address == link.address


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("sink_current", 40.1),
        ("sink_current", -1.0),
        ("sink_current", float("nan")),
        ("hold_voltage", 150.1),
        ("sink_power", 201.0),
        ("set_resistance", 0.05),
        ("set_resistance", 16e3),
    ],
)
def test_what_the_load_does_not_have_is_refused_before_anything_is_sent(
    call: str, value: float
) -> None:
    driver, link = load([])
    calls = {
        "sink_current": driver.sink_current,
        "hold_voltage": driver.hold_voltage,
        "sink_power": driver.sink_power,
        "set_resistance": driver.set_resistance,
    }
    with pytest.raises(LimitRefused) as refused:
        run(lambda: calls[call](value))
    assert refused.value.address == link.address


@pytest.mark.parametrize("limits", [{"voltage": 10.0}, {"power": 5.0}])
def test_the_bench_allows_less(limits: dict[str, float]) -> None:
    driver, _ = load([], **limits)
    with pytest.raises(LimitRefused):
        run(lambda: driver.hold_voltage(11.0) if "voltage" in limits else driver.sink_power(6.0))


@pytest.mark.parametrize(
    ("frequency", "duty"),
    [(0.0, 0.5), (20e3, 0.5), (100.0, 0.04), (100.0, 0.96), (100.0, 0.255)],
)
def test_a_transient_that_it_cannot_do_is_refused(frequency: float, duty: float) -> None:
    driver, _ = load([])
    with pytest.raises(LimitRefused):
        run(lambda: driver.transient(1.0, 2.0, frequency=frequency, duty=duty))


def test_a_transient_does_not_switch_the_input_on() -> None:
    driver, link = load([{"send": INPUT, "answer": "0"}])
    with pytest.raises(InstrumentError, match="the input is off"):
        run(lambda: driver.transient(1.0, 2.0, frequency=100.0, duty=0.5))
    assert link.is_done()


def test_the_input_is_off_while_the_mode_changes() -> None:
    script = [
        *transcript(FILE, "identify"),
        {"send": INPUT, "answer": "1"},
        {"send": ":SOUR:INP:STAT 0"},
        NO_ERROR,
        *transcript(FILE, "eleven_volt"),
        *transcript(FILE, "on"),
    ]
    driver, link = load(script)

    async def body() -> None:
        await driver.identify()
        await driver.hold_voltage(11.0)

    run(body)
    assert link.is_done()


def test_after_resync_the_mode_is_set_anew() -> None:
    again = [{"send": "*CLS"}, NO_ERROR, *transcript(FILE, "two_ampere")]
    driver, link = load([*transcript(FILE, "identify", "two_ampere"), *again])

    async def body() -> None:
        await driver.identify()
        await driver.sink_current(2.0)
        await driver.resync()
        await driver.sink_current(2.0)

    run(body)
    assert link.is_done() and link.resyncs == 1


def test_after_a_lost_line_the_mode_is_set_anew() -> None:
    lost = [{"send": ":MEAS:VOLT?"}, {"send": ":SYST:ERR?"}]
    script = [*transcript(FILE, "identify", "two_ampere"), *lost, *transcript(FILE, "two_ampere")]
    driver, link = load(script)

    async def body() -> None:
        await driver.identify()
        await driver.sink_current(2.0)
        with pytest.raises(LinkError):
            await driver.measure()
        await driver.sink_current(2.0)

    run(body)
    assert link.is_done()


def test_a_tripped_load_is_not_switched_on() -> None:
    driver, link = load([{"send": ":STAT:QUES:COND?", "answer": "4097"}])
    with pytest.raises(InstrumentError, match="voltage fault, overvoltage"):
        run(lambda: driver.input(True))
    assert link.is_done()


def test_what_trips_when_it_is_switched_on_is_told() -> None:
    off = [{"send": INPUT, "answer": "0"}, {"send": ":STAT:QUES:COND?", "answer": "8194"}]
    driver, _ = load([*transcript(FILE, "on")[:3], *off])
    with pytest.raises(InstrumentError, match="overcurrent"):
        run(lambda: driver.input(True))


@pytest.mark.parametrize("power", [199.0, 221.0])
def test_the_power_at_which_it_trips_cannot_be_set(power: float) -> None:
    driver, _ = load(transcript(FILE, "protection")[:2])
    with pytest.raises(LimitRefused, match="power protection"):
        run(lambda: driver.set_protection(voltage=20.0, current=5.0, power=power))


@pytest.mark.parametrize("answer", ["", "garbage", "9.91E37"])
def test_garbage_is_never_a_value(answer: str) -> None:
    driver, _ = load([*transcript(FILE, "identify"), {"send": ":MEAS:VOLT?", "answer": answer}])

    async def body() -> None:
        await driver.identify()
        await driver.measure()

    with pytest.raises(InstrumentError):
        run(body)


def test_silence_is_a_link_error() -> None:
    driver, _ = load([{"send": "*IDN?"}, {"send": ":SYST:ERR?"}])
    with pytest.raises(LinkError):
        run(driver.identify)


@given(st.integers(0, 65535))
def test_trips_are_those_of_their_bits(status: int) -> None:
    named = trips(status).split(", ") if trips(status) else []
    assert named == [name for bit, name in TRIPS.items() if status & bit]
