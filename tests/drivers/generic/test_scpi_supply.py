"""The driver of any SCPI supply: options, refusals, and the emulated DP832 as one of them."""

from __future__ import annotations

from typing import Any

import pytest

from drivers.generic.scpi_supply import ScpiSupply
from drivers.links.doors import Doors
from drivers.links.opening import open_link
from drivers.roles.dc_power_supply import DcPowerSupply, SupplyReading
from drivers.roles.watchdog import Watchdog
from labctl import clock
from labctl.errors import InstrumentError, LimitRefused
from sim_backends.bench import RoleSpec, SimBench
from sim_backends.worlds.reference.power import LOADS
from tests.drivers.scripted import ScriptedMessages, run

NO_ERROR = {"send": ":SYST:ERR?", "answer": '0,"No error"'}
LINES = [
    {
        "function": name,
        "range": full,
        "unit": unit,
        "gain": 1.5e-3,
        "offset": 0.01,
        "source": "DP832 data sheet, read-back, rounded up",
    }
    for name, full, unit in (("voltage", 32.0, "V"), ("current", 3.2, "A"))
]


def supply(*script: dict[str, Any], **limits: float) -> tuple[ScpiSupply, ScriptedMessages]:
    link = ScriptedMessages(script)
    driver = ScpiSupply(link, limits)
    as_role: DcPowerSupply = driver
    assert as_role is driver
    return driver, link


def test_the_first_channel_of_a_dp832() -> None:
    bench = SimBench("reference", {"one": RoleSpec("rigol.dp832", "supply_loads", "visa")}, None, 1)

    async def body() -> tuple[SupplyReading, ...]:
        bench.open(clock.now())
        doors = Doors(simulated=True, visa_library=bench.visa_library)
        made = ScpiSupply.configured({"model": "DP832", "channel": 1, "accuracy": LINES})
        link = await open_link(bench.address("one"), doors, made.settings)
        driver: Any = made(link, {"voltage": 12.0})
        await driver.identify()
        with pytest.raises(LimitRefused):
            await driver.set_voltage(13.0)
        await driver.set_protection(voltage=11.0, current=2.0)
        found: list[SupplyReading] = []
        for current in (1.0, 0.02):
            await driver.set_voltage(5.0)
            await driver.set_current_limit(current)
            await driver.output(True)
            await clock.sleep(1.0)
            found.append(await driver.measure())
        assert await driver.trip() == "none"
        await driver.safe()
        found.append(await driver.measure())
        await driver.close()
        bench.close()
        return tuple(found)

    held, limited, off = run(body)
    assert [one.mode for one in (held, limited, off)] == [
        "constant_voltage",
        "constant_current",
        "off",
    ]
    assert held.voltage.accuracy is not None
    assert abs(held.voltage.value - 5.0) < 0.05
    assert held.current.value == pytest.approx(5.0 / LOADS[0], abs=0.02)
    assert limited.current.value == pytest.approx(0.02, abs=0.02)


def test_without_accuracy_a_reading_has_none() -> None:
    identify = [{"send": "*IDN?", "answer": "ACME,P1,9,1"}, {"send": "*CLS"}, NO_ERROR]
    volts = {"send": ":MEAS:VOLT?", "answer": "1.0"}
    amps = {"send": ":MEAS:CURR?", "answer": "0.5"}
    driver, link = supply(*identify, volts, amps, {"send": ":OUTP?", "answer": "OFF"})

    async def body() -> SupplyReading:
        await driver.identify()
        return await driver.measure()

    found = run(body)
    assert (found.voltage.accuracy, found.current.accuracy, found.mode) == (None, None, "off")
    assert link.is_done()


@pytest.mark.parametrize("answer", ["1", "ON", "MAYBE"])
def test_an_output_that_does_not_switch_off_is_not_safe(answer: str) -> None:
    driver, _ = supply({"send": ":OUTP OFF"}, NO_ERROR, {"send": ":OUTP?", "answer": answer})
    with pytest.raises(InstrumentError):
        run(driver.safe)


def test_a_level_beyond_the_supply_or_not_taken_is_told() -> None:
    most = {"send": ":SOUR:VOLT? MAX", "answer": "10"}
    with pytest.raises(LimitRefused):
        run(lambda: supply(most)[0].set_voltage(11.0))
    taken = [{"send": ":SOUR:VOLT 5"}, NO_ERROR, {"send": ":SOUR:VOLT?", "answer": "4"}]
    with pytest.raises(InstrumentError, match="not taken"):
        run(lambda: supply(most, *taken)[0].set_voltage(5.0))


def test_a_trip_that_stands_is_not_cleared() -> None:
    off = [{"send": ":OUTP OFF"}, NO_ERROR, {"send": ":OUTP?", "answer": "0"}]
    clears = [
        one for head in ("VOLT", "CURR") for one in ({"send": f":SOUR:{head}:PROT:CLE"}, NO_ERROR)
    ]
    stands = {"send": ":SOUR:VOLT:PROT:TRIP?", "answer": "YES"}
    driver, link = supply(*off, *clears, stands)
    with pytest.raises(InstrumentError, match="a trip stands"):
        run(driver.clear_trip)
    assert link.is_done()


def test_resync_selects_the_channel_again() -> None:
    link = ScriptedMessages([{"send": "*CLS"}, NO_ERROR, {"send": ":INST:NSEL 2"}, NO_ERROR])
    run(ScpiSupply.configured({"channel": 2})(link, {}).resync)
    assert link.is_done()


@pytest.mark.parametrize("options", [{"channel": -1}, {"channel": "1"}, {"channel": True}])
def test_a_wrong_channel_is_named(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="channel"):
        ScpiSupply.configured(options)


WATCHING = [
    {"send": ":OUTP:PROT:WDOG:DEL 10;:OUTP:PROT:WDOG ON"},
    NO_ERROR,
    {"send": ":OUTP:PROT:WDOG:DEL?", "answer": "+10"},
    {"send": ":OUTP:PROT:WDOG?", "answer": "1"},
]
"""Keysight N6900/N7900 Operating and Service Guide, OUTPut:PROTection:WDOG."""

OFF = [{"send": ":OUTP:PROT:WDOG OFF"}, NO_ERROR, {"send": ":OUTP:PROT:WDOG?", "answer": "0"}]


def watched(*script: dict[str, Any], kind: str = "keysight") -> tuple[Any, ScriptedMessages]:
    link = ScriptedMessages(script)
    return ScpiSupply.configured({"watchdog": kind})(link, {}), link


def test_a_supply_that_watches_its_line_is_armed_fed_and_disarmed() -> None:
    driver, _ = watched(*WATCHING, {"send": ":OUTP:PROT:WDOG?", "answer": "1"}, *OFF)
    assert isinstance(driver, Watchdog)

    async def use() -> None:
        await driver.arm(10.4)
        await driver.feed()
        await driver.disarm()

    run(use)


def test_it_has_nothing_to_watch_once_it_is_safe() -> None:
    off = [{"send": ":OUTP OFF"}, NO_ERROR, {"send": ":OUTP?", "answer": "0"}]
    driver, _ = watched(*off, *OFF)
    run(driver.safe)


def test_what_the_watchdog_latched_is_cleared_with_the_output_off() -> None:
    driver, _ = watched(
        *[{"send": ":OUTP OFF"}, NO_ERROR, {"send": ":OUTP?", "answer": "0"}],
        *[{"send": ":OUTP:PROT:CLE"}, NO_ERROR],
        *[{"send": ":OUTP OFF"}, NO_ERROR, {"send": ":OUTP?", "answer": "0"}],
        *[{"send": ":SOUR:VOLT:PROT:CLE"}, NO_ERROR],
        *[{"send": ":SOUR:CURR:PROT:CLE"}, NO_ERROR],
        {"send": ":SOUR:VOLT:PROT:TRIP?", "answer": "0"},
        {"send": ":SOUR:CURR:PROT:TRIP?", "answer": "0"},
    )
    run(driver.clear_trip)


@pytest.mark.parametrize("seconds", [0.5, 3601.0, float("nan")])
def test_a_time_that_it_cannot_watch_is_refused(seconds: float) -> None:
    driver, _ = watched()
    with pytest.raises(LimitRefused, match="watchdog"):
        run(lambda: driver.arm(seconds))


def test_one_that_is_off_is_told() -> None:
    driver, _ = watched({"send": ":OUTP:PROT:WDOG?", "answer": "0"})
    with pytest.raises(InstrumentError, match="the watchdog is not on"):
        run(driver.feed)


def test_that_of_another_maker() -> None:
    driver, _ = watched({"send": ":SYST:COMM:WATCH?", "answer": "ON"}, kind="tdk-lambda")
    run(driver.feed)


def test_a_supply_without_the_option_has_none_and_an_unknown_one_is_named() -> None:
    assert not isinstance(supply()[0], Watchdog)
    with pytest.raises(ValueError, match="no watchdog 'x'"):
        ScpiSupply.configured({"watchdog": "x"})
