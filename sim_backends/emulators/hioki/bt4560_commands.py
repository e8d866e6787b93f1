"""Commands of the BT4560: what is measured and how, trigger, zero adjustment, system."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim_backends.emulators.hioki import bt4560_specs as specs
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.common import ieee488_table
from sim_backends.emulators.scpi.values import Numeric, boolean, choice, number, short_form

FUNCTIONS = ("RV", "ZV", "R", "Z", "V")
"""R and X with V, Z and its angle with V, and each alone."""

_SWITCHES = {
    ":ADJust:SLOPe": "slope",
    ":LIMiter": "limiter",
    ":ZERO:CROSs": "zero_cross",
    ":SYSTem:BEEPer:KEY": "key_beeper",
}

Parse = Callable[[str], Any]
Show = Callable[[Any], str]


def build_table() -> Table:
    """The command table of the model."""
    table = ieee488_table()
    _measured(table)
    _trigger(table)
    for pattern, key in _SWITCHES.items():
        _setting(table, pattern, key, boolean, _on_off)
    _zero(table)
    _system(table)
    return table


def _on_off(on: bool) -> str:
    return "ON" if on else "OFF"


def _setting(table: Table, pattern: str, key: str, parse: Parse, show: Show) -> None:
    """`<pattern> <data>` and `<pattern>?`, whose answer has a header where headers are on."""
    header = pattern.upper()
    table.command(pattern, lambda device, arguments: device.put(key, parse(arguments[0])))
    table.query(pattern, lambda device, _: device.headed(header, show(device.values[key])))


def _within(limits: Numeric) -> Parse:
    """A number; what lies outside is an execution error."""

    def parse(token: str) -> float:
        value = number(token, limits.unit)
        if not limits.low <= value <= limits.high:
            raise ScpiError(-222, token)
        return value

    return parse


def _one_of(*words: str) -> Parse:
    return lambda token: short_form(choice(token, words))


def _measured(table: Table) -> None:
    def frequency(token: str) -> float:
        return specs.stepped(_within(specs.FREQUENCY)(token))

    def resistance_range(token: str) -> specs.Range:
        value = _within(Numeric(0.0, specs.RANGES[-1].top, 0.0))(token)
        return specs.range_for(value)

    _setting(table, ":FUNCtion", "function", _one_of(*FUNCTIONS), str)
    _setting(table, ":FREQuency", "frequency", frequency, lambda hertz: f"{hertz:.4E}")
    _setting(table, ":RANGe", "range", resistance_range, lambda found: found.told)
    averages = _within(specs.AVERAGES)
    _setting(table, ":CALCulate:AVERage", "averages", lambda x: round(averages(x)), str)
    _setting(table, ":SAMPle:DELay:MODE", "delay_mode", _one_of("WAVE", "VOLTage"), str)
    delay = _within(specs.DELAY_WAVES)
    _setting(table, ":SAMPle:DELay:WAVE", "delay_waves", delay, lambda waves: f"{waves:.1f}")
    table.command(":SAMPle:RATE", _set_rate, 2, 2)
    table.query(":SAMPle:RATE", _rate, 1, 1)


def _set_rate(device: Any, arguments: tuple[str, ...]) -> None:
    what, speed = choice(arguments[0], ("Z", "V")), choice(arguments[1], specs.SPEEDS)
    device.put(f"speed_{what}", specs.SPEEDS.index(speed))


def _rate(device: Any, arguments: tuple[str, ...]) -> str:
    what = choice(arguments[0], ("Z", "V"))
    speed = short_form(specs.SPEEDS[device.values[f"speed_{what}"]])
    return device.headed(":SAMPLE:RATE", f"{what},{speed}")


def _trigger(table: Table) -> None:
    source = _one_of("IMMediate", "EXTernal")
    _setting(table, ":TRIGger:SOURce", "source", source, str)
    _setting(table, ":INITiate:CONTinuous", "continuous", boolean, _on_off)
    table.command(":INITiate[:IMMediate]", lambda device, _: device.initiate(), 0, 0)
    table.command("*TRG", lambda device, _: device.trigger(), 0, 0)
    table.query(":FETCh", lambda device, _: device.fetch())
    table.query(":READ", lambda device, _: device.read())


def _zero(table: Table) -> None:
    def adjust(device: Any, arguments: tuple[str, ...]) -> Any:
        return device.adjust(choice(arguments[0], ("ALL", "SPOT")) == "ALL")

    table.query(":ADJust", adjust, 1, 1)
    table.command(":ADJust:CLEar", lambda device, _: device.bridge.clear_zero(), 0, 0)


def _system(table: Table) -> None:
    _setting(table, ":SYSTem:HEADer", "headers", boolean, _on_off)
    # The keys are no part of this one.
    table.command(":SYSTem:LOCal", lambda _device, _: None, 0, 0)
