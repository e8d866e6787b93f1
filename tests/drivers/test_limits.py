"""The bench's limits: each command beyond one is refused before a byte is sent, by every driver."""

from __future__ import annotations

import inspect
import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.conformance.fitting import asked, fits, roles
from drivers.conformance.folder import OURS, folder_of
from drivers.conformance.odd_links import Odd
from drivers.limits import refuse_beyond, refuse_power
from labctl import clock
from labctl.errors import LimitRefused
from tests.drivers.commands import COMMANDS, Command
from tests.drivers.unlimited import HARMLESS, LACKING

ROLES = {role.__name__: role for role in roles(OURS)}
DRIVERS: dict[str, Any] = {
    one.name: one.kind
    for one in folder_of(OURS).subjects()
    if not one.name.startswith("imported.")  # what only reads files commands nothing
}
WHERE = {"address": "odd://link", "command": "SET"}


def drivers_of(role: str) -> dict[str, Any]:
    return {name: kind for name, kind in DRIVERS.items() if fits(kind, ROLES[role])}


def lacks(name: str, command: Command) -> bool:
    """Whether the instrument of that driver has nothing that the command could set."""
    return f"{command.role}.{command.method}" in LACKING.get(name, set())


FITTING = [(name, command) for command in COMMANDS for name in drivers_of(command.role)]
CASES = [case for case in FITTING if not lacks(*case)]
LACKED = [case for case in FITTING if lacks(*case)]


def taking_numbers() -> Iterator[str]:
    """`Role.method` of every role that a driver fits, whose methods take numbers."""
    for name, role in ROLES.items():
        if not drivers_of(name):
            continue
        for method, member in asked(role).items():
            annotations = (str(p.annotation) for p in inspect.signature(member).parameters.values())
            if any("float" in one for one in annotations):
                yield f"{name}.{method}"


@pytest.mark.parametrize(("name", "command"), CASES, ids=[f"{n}: {c}" for n, c in CASES])
def test_a_command_beyond_the_bench_limit_is_refused_before_a_byte(
    name: str, command: Command
) -> None:
    assert command.limit in DRIVERS[name].limit_units
    line = Odd(answers=False)
    driver = DRIVERS[name](line, {command.limit: command.at})

    async def ask() -> None:
        await command.call(driver, command.beyond)

    with pytest.raises(LimitRefused) as caught:
        clock.run(ask(), virtual=True)
    assert f"{command.at:g}" in caught.value.message
    assert caught.value.address == line.address
    assert line.sent == 0


@pytest.mark.parametrize(("name", "command"), LACKED, ids=[f"{n}: {c}" for n, c in LACKED])
def test_what_an_instrument_lacks_is_refused_on_a_bench_without_limits(
    name: str, command: Command
) -> None:
    assert command.limit not in DRIVERS[name].limit_units
    line = Odd(answers=False)
    driver = DRIVERS[name](line, {})

    async def ask(value: float) -> None:
        await command.call(driver, value)

    for value in (command.at, command.beyond):
        with pytest.raises(LimitRefused) as caught:
            clock.run(ask(value), virtual=True)
        assert caught.value.address == line.address
    assert line.sent == 0


def test_every_method_that_takes_numbers_is_bounded_or_harmless() -> None:
    commanded = {f"{one.role}.{one.method}" for one in COMMANDS}
    # A climate chamber is a thermal chamber; a spectral solar simulator is a solar simulator.
    inherited = {
        *("ClimateChamber.set_temperature", "ClimateChamber.set_rate"),
        "SpectralSolarSimulator.set_irradiance",
    }
    harmless = {method for methods in HARMLESS.values() for method in methods}
    found = set(taking_numbers())
    assert found - inherited == commanded | harmless
    assert not commanded & harmless


def test_every_limit_of_a_bench_file_has_a_unit_that_is_known() -> None:
    from labctl.units import known

    for name, kind in DRIVERS.items():
        for limit, unit in kind.limit_units.items():
            assert known(unit), (name, limit)


class Answering(Odd):
    """A supply set to 10 V and 0.5 A that answers every question; it keeps what it was told."""

    def __init__(self) -> None:
        super().__init__(answers=True)
        self.told: list[str] = []

    async def query(self, command: str, timeout: float | None = None) -> str:
        if "ERR" in command:
            return '0,"No error"'
        if "MAX" in command:
            return "30"
        return "10" if "VOLT" in command else "0.5" if "CURR" in command else "NO"

    async def write(self, command: object, data: bytes = b"", *, response: bool = True) -> None:
        self.told.append(str(command))


SUPPLIES = sorted(drivers_of("DcPowerSupply"))


@pytest.mark.parametrize("name", SUPPLIES)
@pytest.mark.parametrize(
    ("power", "method", "value"),
    [(5.1, "set_current_limit", 0.52), (3.0, "set_voltage", 7.0), (4.9, "output", True)],
)
def test_a_supply_refuses_set_points_that_are_too_much_together(
    name: str, power: float, method: str, value: Any
) -> None:
    """It is set to 10 V and 0.5 A: 5 W, which one of the two may not exceed alone."""
    line = Answering()
    driver = DRIVERS[name](line, {"power": power})

    async def ask() -> None:
        match method:
            case "set_current_limit":
                await driver.set_current_limit(value)
            case "set_voltage":
                await driver.set_voltage(value)
            case _:
                await driver.output(value)

    # Channel 3 of a DP832 goes to 5.3 V: there it is that limit which refuses 7 V.
    with pytest.raises(LimitRefused, match=r"power|voltage"):
        clock.run(ask(), virtual=True)
    assert line.told == []


def test_a_fully_open_valve_is_no_limited_flow() -> None:
    line = Odd(answers=False)
    valve = DRIVERS["bronkhorst.propar"](line, {"flow": 1e-6})

    async def ask() -> None:
        await valve.valve("open")

    with pytest.raises(LimitRefused, match="flow"):
        clock.run(ask(), virtual=True)
    assert line.sent == 0


def test_a_chamber_with_a_limited_rate_changes_at_no_other() -> None:
    line = Odd(answers=False)
    chamber = DRIVERS["watlow.f4t"](line, {"rate_max": 0.05})

    async def ask() -> None:
        await chamber.set_rate(None)

    with pytest.raises(LimitRefused, match=r"0\.05 K/s"):
        clock.run(ask(), virtual=True)
    assert line.sent == 0


@given(
    st.floats(0.01, 100.0),
    st.floats(-200.0, 200.0, allow_nan=False),
    st.floats(-10.0, 10.0, allow_nan=False),
)
def test_power_is_refused_beyond_its_limit_and_not_before(
    most: float, volts: float, amps: float
) -> None:
    try:
        refuse_power({"power": most}, volts, amps, **WHERE)
    except LimitRefused:
        assert abs(volts * amps) > most
    else:
        assert abs(volts * amps) <= most


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_refused_also_without_a_limit(value: float) -> None:
    with pytest.raises(LimitRefused):
        refuse_beyond({}, "flow", value, "m**3/s", **WHERE)
    with pytest.raises(LimitRefused):
        refuse_power({}, value, 1.0, **WHERE)


def test_a_limit_is_on_the_magnitude_unless_it_names_an_end() -> None:
    for limits in ({"bias": 2.0}, {"bias_min": -2.0, "bias_max": 2.0}):
        refuse_beyond(limits, "bias", -2.0, "V", **WHERE)
        with pytest.raises(LimitRefused, match=r"-2..2 V"):
            refuse_beyond(limits, "bias", -2.1, "V", **WHERE)
