"""F4T driver against transcripts of registers (tests/golden/watlow/f4t.toml)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.links.registers import encode
from drivers.roles.climate_chamber import ClimateChamber
from drivers.watlow._f4t_registers import LOOP_STEP, WordOrder, fitted, register_map
from drivers.watlow._f4t_talk import SETTLE
from drivers.watlow.f4t import WatlowF4T
from labctl import clock
from labctl.errors import InstrumentError, LimitRefused, UsageError
from tests.drivers.scripted import ScriptedRegisters, run, transcript

FILE = "watlow/f4t"


def chamber(*scenes: str, **limits: float) -> tuple[WatlowF4T, ScriptedRegisters]:
    link = ScriptedRegisters(transcript(FILE, *scenes))
    driver = WatlowF4T(link, limits)
    as_role: ClimateChamber = driver
    assert as_role is driver
    return driver, link


class Swapped(ScriptedRegisters):
    """The same transcript from a controller whose 32-bit values come high word first."""

    async def read_holding(self, register: int, count: int = 1) -> list[int]:
        words = await super().read_holding(register, count)
        return words[::-1] if len(words) == 2 else words

    async def write_registers(self, register: int, values: Sequence[int]) -> None:
        await super().write_registers(register, list(values)[::-1])


def test_a_real_controller_has_a_number() -> None:
    driver, link = chamber("identify")
    identity = run(driver.identify)
    assert (identity.serial, identity.simulated) == ("23456789", False)
    assert link.is_done()


def test_a_simulated_one_says_so_in_its_name() -> None:
    driver, _ = chamber("identify_simulated")
    assert run(driver.identify).simulated


@pytest.mark.parametrize(
    ("scene", "text", "remedy"),
    [
        ("another_controller", "no Watlow F4T", "bench file"),
        ("cascade", "no Watlow F4T", "bench file"),
        ("another_word_order", "high_first, the bench says low_first", "word_order"),
        ("fahrenheit", "degC", "network menu"),
    ],
)
def test_what_is_no_such_controller_is_refused(scene: str, text: str, remedy: str) -> None:
    driver, _ = chamber(scene)
    with pytest.raises(InstrumentError, match=text) as caught:
        run(driver.identify)
    assert remedy in caught.value.remedy and caught.value.command and caught.value.answer


def test_the_word_order_is_the_benchs() -> None:
    script = transcript(FILE, "identify", "set_temperature")
    link = Swapped(script)
    driver: Any = WatlowF4T.configured({"word_order": "high_first"})(link, {})

    async def body() -> None:
        assert (await driver.identify()).serial == "23456789"
        await driver.set_temperature(40.0)

    run(body)
    assert link.is_done()


@pytest.mark.parametrize(
    "options", [{"word_order": "sideways"}, {"door": -1}, {"door": "front"}, {"window": 1}]
)
def test_a_wrong_option_is_named(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        WatlowF4T.configured(options)


@pytest.mark.parametrize(("word", "is_open"), [(62, False), (63, True)])
def test_the_door_is_the_input_that_the_bench_names(word: int, is_open: bool) -> None:
    link = ScriptedRegisters([{"read": 33718, "answer": [word]}])
    driver: Any = WatlowF4T.configured({"door": 33718})(link, {})
    assert run(driver.is_door_open) is is_open


def test_without_an_input_the_door_is_not_guessed() -> None:
    driver, _ = chamber()
    with pytest.raises(UsageError, match="door"):
        run(driver.is_door_open)


def test_a_word_that_is_no_input_is_no_door() -> None:
    driver: Any = WatlowF4T.configured({"door": 1})(
        ScriptedRegisters([{"read": 1, "answer": [0]}]), {}
    )
    with pytest.raises(InstrumentError, match="no input"):
        run(driver.is_door_open)


def test_what_a_part_number_says() -> None:
    found = fitted("F4T1L1DAA1A2AAA")
    assert (found.alarms, found.loops, found.profiles) == (6, 2, True)
    assert fitted("F4T1L1CAA1A1AAA").profiles is False
    for wrong in ("", "PM6C1CA-AAAAAAA", "F4T1L1ZAA1A2AAA", "F4T1L1DAA1A6AAA"):
        with pytest.raises(ValueError, match=r"part number|names no"):
            fitted(wrong)


@given(st.floats(-1e5, 1e5, width=32), st.sampled_from(["low_first", "high_first"]))
def test_the_words_of_a_float_come_in_the_order_asked_for(value: float, order: WordOrder) -> None:
    field = register_map(order).fields["setpoint_1"]
    other = register_map("low_first" if order == "high_first" else "high_first")
    assert encode(field, value) == encode(other.fields["setpoint_1"], value)[::-1]


def test_loops_stand_one_behind_the_other() -> None:
    fields = register_map("low_first").fields
    for name in ("mode", "setpoint", "value", "closed_loop"):
        first, second = fields[f"{name}_1"], fields[f"{name}_2"]
        assert second.register - first.register == LOOP_STEP


def test_an_alarm_whose_cause_stands_is_told() -> None:
    script = transcript(FILE, "identify_simulated", "acknowledge")
    script[-6]["answer"] = [7]
    driver = WatlowF4T(ScriptedRegisters(script))

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match="an alarm stands"):
            await driver.acknowledge()

    run(body)


def test_an_output_that_stays_on_is_no_safe_state() -> None:
    script = transcript(FILE, "identify_simulated", "safe")[:-1]
    hot = {"read": 2808, "answer": [0x0000, 0x41C8]}
    driver = WatlowF4T(ScriptedRegisters([*script, *[hot] * 40]))

    async def body() -> float:
        await driver.identify()
        began = clock.now()
        with pytest.raises(InstrumentError, match="output is not off") as caught:
            await driver.safe()
        assert caught.value.answer == "25" and caught.value.remedy
        return clock.now() - began

    assert run(body) >= SETTLE


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan"), 2000.0])
def test_a_rate_that_no_register_holds_is_refused(rate: float) -> None:
    driver, link = chamber()

    async def body() -> None:
        with pytest.raises(LimitRefused):
            await driver.set_rate(rate)

    run(body)
    assert link.is_done()


def test_one_loop_has_no_humidity() -> None:
    script = transcript(FILE, "identify_simulated")
    script[1]["answer"] = [ord(letter) for letter in "F4T1L1DAA1A1AAA"]
    driver = WatlowF4T(ScriptedRegisters(script))

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match="no humidity loop"):
            await driver.humidity()

    run(body)
