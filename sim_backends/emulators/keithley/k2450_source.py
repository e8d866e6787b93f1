"""SOURce subsystem of the 2450: function, level, range, read-back, delay, off state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim_backends.emulators.keithley.k2450_state import SourceSettings
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.settings import flag, numeric, word
from sim_backends.emulators.scpi.values import Numeric, choice, short_form, string

if TYPE_CHECKING:
    from sim_backends.emulators.keithley.k2450 import K2450

SOURCES = ("VOLTage", "CURRent")
LEVEL = {"VOLTage": Numeric(-210, 210, 0, "V"), "CURRent": Numeric(-1.05, 1.05, 0, "A")}
_OFF_MODES = ("NORMal", "HIMPedance", "ZERO", "GUARd")
_RANGE = {
    "VOLTage": Numeric(-210, 210, 0.02, "V", 0.02, 200),
    "CURRent": Numeric(-1.05, 1.05, 1e-8, "A", 1e-8, 1),
}


def add_source(table: Table) -> None:
    """Add the SOURce subsystem, without limits and sweeps, to `table`."""
    table.query(":SOURce[1]:FUNCtion[:MODE]", lambda d, _: short_form(d.settings.source_function))
    table.command(":SOURce[1]:FUNCtion[:MODE]", _select)
    for name in SOURCES:
        _level(table, name)
        _switches(table, name)
        _delay(table, name)


def _select(device: K2450, arguments: tuple[str, ...]) -> None:
    device.select_source(choice(string(arguments[0]), SOURCES))


def _of(device: K2450, name: str) -> SourceSettings:
    return device.settings.source[name]


def _level(table: Table, name: str) -> None:
    root = f":SOURce[1]:{name}"

    def put_level(device: K2450, level: float) -> None:
        device.check_power(name, level, _of(device, name).limit)
        device.set_level(name, level)

    def show_range(device: K2450) -> float:
        return device.stage.sources[name].ranges[_of(device, name).range_index]

    numeric(
        table, f"{root}[:LEVel][:IMMediate][:AMPLitude]", LEVEL[name],
        lambda d: _of(d, name).level, put_level,
    )  # fmt: skip
    numeric(table, f"{root}:RANGe", _RANGE[name], show_range, _put_range(name))
    flag(table, f"{root}:RANGe:AUTO", lambda d: _of(d, name).auto_range, _put_auto(name))


def _put_range(name: str) -> Any:
    def put(device: K2450, value: float) -> None:
        chosen, channel = _of(device, name), device.stage.sources[name]
        index = channel.fit(value)
        if channel.over(chosen.level, index):
            raise ScpiError(-221, "the source level is beyond this range")
        chosen.auto_range, chosen.range_index = False, index
        device.drive()

    return put


def _put_auto(name: str) -> Any:
    def put(device: K2450, on: bool) -> None:
        chosen = _of(device, name)
        chosen.auto_range = on
        if on:
            chosen.range_index = device.stage.sources[name].fit(chosen.level)

    return put


def _switches(table: Table, name: str) -> None:
    def put_readback(device: K2450, on: bool) -> None:
        _of(device, name).readback = on

    def put_capacitance(device: K2450, on: bool) -> None:
        _of(device, name).high_capacitance = on

    def put_off_mode(device: K2450, mode: str) -> None:
        _of(device, name).off_mode = mode
        device.rest()

    root = f":SOURce[1]:{name}"
    flag(table, f"{root}:READ:BACK", lambda d: _of(d, name).readback, put_readback)
    flag(table, f"{root}:HIGH:CAPacitance", lambda d: _of(d, name).high_capacitance,
         put_capacitance)  # fmt: skip
    word(table, f":OUTPut[1]:{name}:SMODe", _OFF_MODES, lambda d: _of(d, name).off_mode,
         put_off_mode)  # fmt: skip


def _delay(table: Table, name: str) -> None:
    def show(device: K2450) -> float:
        chosen = _of(device, name)
        active = name == device.settings.source_function
        return device.settle_time() if chosen.auto_delay and active else chosen.delay

    def put(device: K2450, seconds: float) -> None:
        _of(device, name).delay, _of(device, name).auto_delay = seconds, False

    def put_auto(device: K2450, on: bool) -> None:
        _of(device, name).auto_delay = on

    root = f":SOURce[1]:{name}:DELay"
    numeric(table, root, Numeric(0, 10_000, 0, "S"), show, put)
    flag(table, f"{root}:AUTO", lambda d: _of(d, name).auto_delay, put_auto)
