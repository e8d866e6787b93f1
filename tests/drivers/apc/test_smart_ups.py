"""Smart-UPS driver: role, time-outs, the map as data (registers: tests/golden/apc)."""

from __future__ import annotations

import tomllib
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.apc._registers import FEEDS, TABLE, load_map, state_of
from drivers.apc._registers import test_of as result_of
from drivers.apc.smart_ups import METERS, SETTLE, ApcSmartUps
from drivers.links.registers import encode
from drivers.roles.ups import UninterruptiblePowerSupply, UpsLine
from labctl import clock
from labctl.errors import Defect, InstrumentError, LimitRefused
from labctl.evidence import Identity
from labctl.units import known
from tests.drivers.scripted import ScriptedRegisters, run, transcript

FILE = "apc/smart_ups"
COUNTING = {"read": 155, "answer": [120]}


def ups(*scenes: str) -> tuple[ApcSmartUps, ScriptedRegisters]:
    link = ScriptedRegisters(transcript(FILE, *scenes))
    driver = ApcSmartUps(link)
    as_role: UninterruptiblePowerSupply = driver
    assert as_role is driver
    return driver, link


def test_every_reading_of_the_map_has_its_line_of_accuracy_and_a_known_unit() -> None:
    fields = load_map().fields
    for name, line in METERS.items():
        assert line.source and known(line.unit)
        if name in fields and name != "energy":
            assert fields[name].unit == line.unit
            assert fields[name].scale == line.resolution


def test_the_map_names_its_source_and_overlaps_nowhere() -> None:
    assert "990-9840A" in tomllib.loads(TABLE.read_text(encoding="utf-8"))["source"]
    taken = [
        register
        for field in load_map().fields.values()
        for register in range(field.register, field.register + field.count)
    ]
    assert len(taken) == len(set(taken))


@given(st.frozensets(st.sampled_from(sorted(load_map().fields["status"].bits))))
def test_a_state_is_never_guessed(status: frozenset[str]) -> None:
    feeds = status & set(FEEDS)
    if "fault" in status:
        assert state_of(status) == "fault"
    elif len(feeds) == 1:
        assert state_of(status) == FEEDS[next(iter(feeds))]
    else:
        with pytest.raises(ValueError, match="states"):
            state_of(status)


def test_an_aborted_test_has_no_result() -> None:
    assert result_of(frozenset({"aborted", "by_protocol"})) == "none"


@given(st.sampled_from(sorted(load_map().fields)), st.data())
def test_every_field_of_the_map_holds_any_registers(name: str, data: st.DataObject) -> None:
    field = load_map().fields[name]
    words = data.draw(st.lists(st.integers(0, 0xFFFF), min_size=field.count, max_size=field.count))
    at = dict(enumerate(words, field.register))
    try:
        value = load_map().decode(at, [name])[name]
    except ValueError:
        assert field.kind == "string"
        return
    if field.kind == "bits":
        assert encode(field, value) == words


class OnBattery:
    """Registers of a unit whose battery feeds the load."""

    address = "x://ups"

    async def read_holding(self, register: int, count: int = 1) -> list[int]:
        fields = load_map().fields
        values = {"status": frozenset({"on_battery"}), "input_voltage": 12.5}
        at = {
            fields[name].register + index: word
            for name, value in values.items()
            for index, word in enumerate(encode(fields[name], value))
        }
        return [at.get(register + index, 50 * 128) for index in range(count)]


def test_on_battery_the_frequency_of_the_line_is_not_known() -> None:
    async def body() -> UpsLine:
        driver = ApcSmartUps(cast(Any, OnBattery()))
        driver._identity = Identity("APC", "Smart-UPS", "SIM-1", "1")
        return await driver.input()

    line = run(body)
    assert line.voltage.value == 12.5
    assert line.frequency is None


def test_a_shut_down_that_is_not_cancelled_is_no_safe_state() -> None:
    script = transcript(FILE, "safe")[:-1]
    link = ScriptedRegisters([*script, *[COUNTING] * 200])
    driver = ApcSmartUps(link)

    async def body() -> float:
        start = clock.now()
        with pytest.raises(InstrumentError, match="not cancelled"):
            await driver.safe()
        return clock.now() - start

    assert run(body) >= SETTLE


@pytest.mark.parametrize("delay", [-1.0, 40000.0, float("nan")])
def test_a_delay_that_no_register_holds_is_refused(delay: float) -> None:
    driver, link = ups()

    async def body() -> None:
        with pytest.raises(LimitRefused):
            await driver.shut_down(delay=delay)

    run(body)
    assert link.is_done()


def test_before_identify_it_has_no_identity() -> None:
    driver, _ = ups()
    with pytest.raises(Defect):
        assert driver.identity


def test_resync_reaches_the_link() -> None:
    driver, link = ups("identify")
    run(driver.resync)
    assert link.resyncs == 1
    assert link.is_done()
