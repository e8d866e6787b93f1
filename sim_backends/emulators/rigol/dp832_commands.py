"""Commands of the DP832 (DP800 programming guide, chapter 2).

Where a channel may be left out, the one selected by :INSTrument is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim_backends.emulators.rigol.dp832_output import CURRENT, VOLTAGE, Output
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.common import common_table
from sim_backends.emulators.scpi.settings import flag
from sim_backends.emulators.scpi.values import Numeric, boolean, choice, matches

if TYPE_CHECKING:
    from sim_backends.emulators.rigol.dp832 import DP832

CHANNELS = ("CH1", "CH2", "CH3")
_PLACES = {VOLTAGE: 3, CURRENT: 4}
_NAMES = {VOLTAGE: ("OVP", "VOLTage"), CURRENT: ("OCP", "CURRent")}


def build_table() -> Table:
    """The command table of the model."""
    table = common_table()
    table.query("*OPT", lambda _d, _: "0,0,0,0,0")
    _instrument(table)
    table.command(":APPLy", _apply, 1, 3)
    table.query(":APPLy", _applied, 0, 2)
    for source, number in (("[:SOURce]", None), (":SOURce1", 0), (":SOURce2", 1), (":SOURce3", 2)):
        for name in (VOLTAGE, CURRENT):
            _source(table, source, number, name)
    _output(table)
    for name in (VOLTAGE, CURRENT):
        _protection(table, name)
    _measure(table)
    _status(table)
    _system(table)
    return table


def on_off(on: bool) -> str:
    """A state as Rigol's supplies print it."""
    return "ON" if on else "OFF"


def yes_no(yes: bool) -> str:
    """An event as Rigol's supplies print it."""
    return "YES" if yes else "NO"


def _split(device: DP832, arguments: tuple[str, ...]) -> tuple[Output, tuple[str, ...]]:
    """The output that the first argument names, else the selected one; the other arguments."""
    if arguments and arguments[0].upper() in CHANNELS:
        return device.outputs[CHANNELS.index(arguments[0].upper())], arguments[1:]
    return device.outputs[device.selected], arguments


def _alone(device: DP832, arguments: tuple[str, ...]) -> Output:
    output, rest = _split(device, arguments)
    if rest:
        raise ScpiError(-224, rest[0])
    return output


def _value(device: DP832, arguments: tuple[str, ...]) -> tuple[Output, str]:
    output, rest = _split(device, arguments)
    if len(rest) != 1:
        raise ScpiError(-109 if not rest else -224)
    return output, rest[0]


def _instrument(table: Table) -> None:
    def select(device: DP832, arguments: tuple[str, ...]) -> None:
        device.selected = CHANNELS.index(choice(arguments[0], CHANNELS))

    def number(device: DP832, arguments: tuple[str, ...]) -> None:
        device.selected = Numeric(1, 3, 1).integer(arguments[0]) - 1

    table.command(":INSTrument[:SELEct]", select)
    table.query(":INSTrument[:SELEct]", lambda d, _: CHANNELS[d.selected])
    table.command(":INSTrument:NSELect", number)
    table.query(":INSTrument:NSELect", lambda d, _: str(d.selected + 1))


def _apply(device: DP832, arguments: tuple[str, ...]) -> None:
    output, rest = _split(device, arguments)
    if len(rest) > 2:
        raise ScpiError(-224, arguments[0])
    device.selected = device.outputs.index(output)
    values = [
        (name, output.data.levels[name].parse(token))
        for name, token in zip((VOLTAGE, CURRENT), rest, strict=False)
    ]
    for name, value in values:
        output.set_level(name, value, device.t)
    device.changed()


def _applied(device: DP832, arguments: tuple[str, ...]) -> str:
    output, rest = _split(device, arguments)
    if rest:
        return _level(output, choice(rest[0], (VOLTAGE, CURRENT)))
    name = CHANNELS[device.outputs.index(output)]
    return f"{name},{_level(output, VOLTAGE)},{_level(output, CURRENT)}"


def _level(output: Output, name: str) -> str:
    return f"{output.levels[name]:.{_PLACES[name]}f}"


def _source(table: Table, source: str, number: int | None, name: str) -> None:
    def of(device: DP832) -> Output:
        return device.outputs[device.selected if number is None else number]

    def put(device: DP832, arguments: tuple[str, ...]) -> None:
        output = of(device)
        output.set_level(name, output.data.levels[name].parse(arguments[0]), device.t)
        device.changed()

    def show(device: DP832, arguments: tuple[str, ...]) -> str:
        output = of(device)
        if not arguments:
            return _level(output, name)
        return f"{_limit(output.data.levels[name], arguments[0]):.{_PLACES[name]}f}"

    root = f"{source}:{name}"
    table.command(f"{root}[:LEVel][:IMMediate][:AMPLitude]", put)
    table.query(f"{root}[:LEVel][:IMMediate][:AMPLitude]", show, 0, 1)
    _guard(table, f"{root}:PROTection", "[:LEVel]", name, lambda d, a: (of(d), a), "TRIPped")


def _limit(limits: Numeric, token: str) -> float:
    named = limits.named(token)
    if named is None:
        raise ScpiError(-224, token)
    return named


def _protection(table: Table, name: str) -> None:
    short = _NAMES[name][0]
    _guard(table, f":OUTPut:{short}", ":VALue", name, _split, "QUES")
    table.query(f":OUTPut:{short}:ALAR", lambda d, a: yes_no(_tripped(_alone(d, a), name)), 0, 1)


def _tripped(output: Output, name: str) -> bool:
    return output.protections[name].tripped


def _guard(table: Table, root: str, level: str, name: str, split: Any, event: str) -> None:
    """Level, state, event and clearing of a protection; `split` finds the output."""

    def one(device: DP832, arguments: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
        output, rest = split(device, arguments)
        return output.protections[name], rest

    def put_level(device: DP832, arguments: tuple[str, ...]) -> None:
        output, rest = split(device, arguments)
        if len(rest) != 1:
            raise ScpiError(-109 if not rest else -224)
        output.protections[name].level = output.data.protections[name].parse(rest[0])
        device.changed()

    def show_level(device: DP832, arguments: tuple[str, ...]) -> str:
        output, rest = split(device, arguments)
        limits, level_ = output.data.protections[name], output.protections[name].level
        shown = _limit(limits, rest[0]) if rest else level_
        return f"{shown:.{_PLACES[name]}f}"

    def put_state(device: DP832, arguments: tuple[str, ...]) -> None:
        protection, rest = one(device, arguments)
        if len(rest) != 1:
            raise ScpiError(-109 if not rest else -224)
        protection.on = boolean(rest[0])
        device.changed()

    def clear(device: DP832, arguments: tuple[str, ...]) -> None:
        one(device, arguments)[0].tripped = False

    state = ":STATe" if event == "TRIPped" else "[:STATe]"
    table.command(f"{root}{level}", put_level, 1, 2)
    table.query(f"{root}{level}", show_level, 0, 2)
    table.command(f"{root}{state}", put_state, 1, 2)
    table.query(f"{root}{state}", lambda d, a: on_off(one(d, a)[0].on), 0, 1)
    table.query(f"{root}:{event}", lambda d, a: yes_no(one(d, a)[0].tripped), 0, 1)
    table.command(f"{root}:CLEAR", clear, 0, 1)
    table.command(f"{root}:CLEar", clear, 0, 1)


def _output(table: Table) -> None:
    def put(device: DP832, arguments: tuple[str, ...]) -> None:
        if len(arguments) == 2 and matches(arguments[0], "ALL"):
            chosen, token = device.outputs, arguments[1]
        else:
            output, token = _value(device, arguments)
            chosen = [output]
        on = boolean(token)
        for output in chosen:
            device.switch(output, on)

    def mode(device: DP832, arguments: tuple[str, ...]) -> str:
        return _alone(device, arguments).point(device.t)[1]

    table.command(":OUTPut[:STATe]", put, 1, 2)
    table.query(":OUTPut[:STATe]", lambda d, a: on_off(_alone(d, a).on), 0, 1)
    table.query(":OUTPut:MODE", mode, 0, 1)
    table.query(":OUTPut:CVCC", mode, 0, 1)
    # A DP832 has no sense terminals.
    table.query(":OUTPut:SENSe", lambda _d, _: "NONE", 0, 1)


def _measure(table: Table) -> None:
    def read(device: DP832, arguments: tuple[str, ...]) -> tuple[str, str, str]:
        volts, amps, watts = _alone(device, arguments).read(device.t)
        return f"{volts:.4f}", f"{amps:.4f}", f"{watts:.3f}"

    table.query(":MEASure:ALL[:DC]", lambda d, a: ",".join(read(d, a)), 0, 1)
    table.query(":MEASure[:VOLTage][:DC]", lambda d, a: read(d, a)[0], 0, 1)
    table.query(":MEASure:CURRent[:DC]", lambda d, a: read(d, a)[1], 0, 1)
    table.query(":MEASure:POWEr[:DC]", lambda d, a: read(d, a)[2], 0, 1)


def _status(table: Table) -> None:
    for number in range(3):
        _summary(table, number)


def _summary(table: Table, number: int) -> None:
    """Bits of table 1-3: CC 1, CV 2, OVP 4, OCP 8; off or unregulated 0."""

    def bits(device: DP832, _: tuple[str, ...]) -> str:
        output = device.outputs[number]
        value = {"CC": 1, "CV": 2, "UR": 0}[output.point(device.t)[1]]
        value += 4 * _tripped(output, VOLTAGE) + 8 * _tripped(output, CURRENT)
        return str(value)

    table.query(f":STATus:QUEStionable:INSTrument:ISUMmary{number + 1}:CONDition", bits)


def _system(table: Table) -> None:
    def put_beeper(device: DP832, on: bool) -> None:
        device.beeper = on

    def put_thermal(device: DP832, on: bool) -> None:
        device.thermal = on

    flag(table, ":SYSTem:BEEPer[:STATe]", lambda d: d.beeper, put_beeper, on_off)
    flag(table, ":SYSTem:OTP", lambda d: d.thermal, put_thermal, on_off)
    for node in ("BEEPer:IMMediate", "REMote", "LOCal", "RWLock"):
        table.command(f":SYSTem:{node}", lambda _d, _: None, 0, 0)
    table.query(":SYSTem:SELF:TEST:BOARD", lambda _d, _: "PASS,PASS")
