"""Commands of the DL3021 (DL3000 Programming Guide, chapter 2) and the settings behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim_backends.emulators.rigol import dl3021_specs as specs
from sim_backends.emulators.rigol.dl3021_lists import add_lists
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.common import common_table
from sim_backends.emulators.scpi.settings import flag, keep, numeric, word
from sim_backends.emulators.scpi.values import Numeric, boolean, choice, number, short_form

_PROGRAMS = ("FIXed", "LIST", "WAVe", "BATTery", "OCP", "OPP")
_EMULATED = ("FIX", "LIST", "BATT")
_TRIGGERS = ("BUS", "EXTernal", "MANUal")
_SHAPES = ("CONTinuous", "PULSe", "TOGGle")
_UNMEASURABLE = 9.9e37
_WIDTH = Numeric(0.02, 3.6e6, 0.5)
_VOLTS = Numeric(0.0, specs.MOST_VOLTS, specs.MOST_VOLTS)
_AMPS = Numeric(0.0, specs.MOST_AMPS, specs.MOST_AMPS)
_VON = Numeric(0.0, 150.0, 0.0)


def printed(value: float) -> str:
    """A number as the load prints it."""
    return f"{value:.6f}" if abs(value) < 1e9 else f"{value:.6E}"


def defaults() -> dict[Any, Any]:
    """Settings as delivered (programming guide, appendix A: levels A and B are 4 A and 1 A)."""
    values: dict[Any, Any] = {
        "function": "CURRent", "program": "FIX", "trigger": "MANU", "transient": "CONT",
        "a": 4.0, "b": 1.0, "width_a": 0.5, "width_b": 0.5, "rise": 0.001, "fall": 0.001,
        "sense": False, "battery": 0.0, "stop_voltage": 0.0, "stop_capacity": 0.0,
        "stop_time": 0.0, "by_voltage": True, "by_capacity": False, "by_time": False,
        "battery_von": 0.0, "battery_range": specs.HIGH,
    }  # fmt: skip
    for mode in specs.MODES:
        values["range", mode] = specs.HIGH
        values["level", mode] = specs.limits(mode, specs.HIGH).default
        values["vlim", mode], values["ilim", mode] = specs.MOST_VOLTS, specs.MOST_AMPS
        values["von", mode] = 0.0
    return values


def build_table() -> Table:
    """The command table of the model."""
    table = common_table()
    table.command("*CLS", _clear, 0, 0)
    _measuring(table)
    _input(table)
    for mode in specs.MODES:
        _mode(table, mode)
    _transient(table)
    _battery(table)
    add_lists(table, printed)
    _status(table)
    return table


def _clear(device: Any, _: tuple[str, ...]) -> None:
    device.status.clear()
    device.questionable.clear()
    device.questionable.event = 0


def _measuring(table: Table) -> None:
    def query(node: str, get: Callable[[Any], float]) -> None:
        for root in (":MEASure", ":FETCh"):
            table.query(f"{root}{node}", lambda d, _: printed(get(d)))

    query(":VOLTage[:DC]", lambda d: d.voltage())
    query(":CURRent[:DC]", lambda d: d.current())
    query(":POWer[:DC]", lambda d: d.voltage() * d.current())
    query(":RESistance[:DC]", _resistance)
    query(":CAPability", lambda d: d.battery.capacity)
    query(":WATThours", lambda d: d.battery.watt_hours)
    query(":DISChargingtime", lambda d: d.battery.duration)
    query(":TIME", lambda _: specs.INTEGRATION)
    for quantity in ("VOLTage", "CURRent"):
        for bound in ("MAXimum", "MINimum"):
            query(f":{quantity}:{bound}", _extreme(quantity + bound))


def _resistance(device: Any) -> float:
    current = device.current()
    return device.voltage() / current if device.on and current > 0.0 else _UNMEASURABLE


def _extreme(key: str) -> Callable[[Any], float]:
    def extreme(device: Any) -> float:
        device.apply()
        return device.extremes[key]

    return extreme


def _input(table: Table) -> None:
    def switch(device: Any, arguments: tuple[str, ...]) -> None:
        device.switch(boolean(arguments[0]))

    def program(device: Any, arguments: tuple[str, ...]) -> None:
        name = short_form(choice(arguments[0], _PROGRAMS))
        if name not in _EMULATED:
            raise ScpiError(-221, f"{name} is not emulated")
        if device.on:
            raise ScpiError(-221, "input on")
        device.values["program"] = name

    root = "[:SOURce]"
    table.command(f"{root}:INPut[:STATe]", switch)
    table.query(f"{root}:INPut[:STATe]", lambda d, _: "1" if d.apply() and d.on else "0")
    word(table, f"{root}:FUNCtion", specs.MODES, lambda d: d.values["function"],
         lambda d, mode: d.select(mode),
         specs.PRINTED.__getitem__)  # fmt: skip
    table.command(f"{root}:FUNCtion:MODE", program)
    table.query(f"{root}:FUNCtion:MODE", lambda d, _: d.values["program"])
    flag(table, f"{root}:SENSe", *keep("sense"))


def _mode(table: Table, mode: str) -> None:
    root = f"[:SOURce]:{mode}"

    def limits(device: Any) -> Numeric:
        return specs.limits(mode, device.index(mode))

    numeric(table, f"{root}[:LEVel][:IMMediate]", limits, lambda d: d.values["level", mode],
            lambda d, value: d.set_level(mode, value), show=printed)  # fmt: skip
    if mode != "POWer":
        _range(table, root, mode)
    for node, key, spec in ((":VLIMt", "vlim", _VOLTS), (":ILIMt", "ilim", _AMPS),
                            (":VON", "von", _VON)):  # fmt: skip
        numeric(table, root + node, spec, *keep((key, mode), _apply), show=printed)


def _apply(device: Any) -> None:
    device.apply()


def _range(table: Table, root: str, mode: str) -> None:
    tops = [specs.full_scale(mode, index) for index in (specs.LOW, specs.HIGH)]
    spec = Numeric(0.0, tops[1], tops[1], "", tops[0], tops[1])
    numeric(table, f"{root}:RANGe", spec, lambda d: tops[d.index(mode)],
            lambda d, value: d.set_range(mode, specs.index_of(mode, value)),
            show=printed)  # fmt: skip


def _transient(table: Table) -> None:
    root = "[:SOURce]:CURRent"
    numeric(table, f"{root}:SLEW[:BOTH]", specs.SLEW, lambda d: d.values["rise"], _put_slew,
            show=printed)  # fmt: skip
    numeric(table, f"{root}:SLEW:POSitive", specs.SLEW, *keep("rise"), show=printed)
    numeric(table, f"{root}:SLEW:NEGative", specs.SLEW, *keep("fall"), show=printed)
    word(table, f"{root}:TRANsient:MODE", _SHAPES, lambda d: d.values["transient"],
         lambda d, name: d.values.__setitem__("transient", short_form(name)), str)  # fmt: skip
    for node, key in (("ALEVel", "a"), ("BLEVel", "b")):
        numeric(table, f"{root}:TRANsient:{node}",
                lambda d: specs.limits("CURRent", d.index("CURRent")), *keep(key, _apply),
                show=printed)  # fmt: skip
    for node, key in (("AWIDth", "width_a"), ("BWIDth", "width_b")):
        numeric(table, f"{root}:TRANsient:{node}", _WIDTH, *keep(key), show=printed)
    _timing(table, f"{root}:TRANsient")
    flag(table, "[:SOURce]:TRANsient[:STATe]", lambda d: d.transient.armed, lambda d, on: d.arm(on))
    for pattern in (":TRIGger[:IMMediate]", "*TRG"):
        table.command(pattern, _trigger, 0, 0)
    word(table, ":TRIGger:SOURce", _TRIGGERS, lambda d: d.values["trigger"],
         lambda d, name: d.values.__setitem__("trigger", short_form(name)), str)  # fmt: skip


def _put_slew(device: Any, rate: float) -> None:
    device.values["rise"] = device.values["fall"] = rate


def _trigger(device: Any, _: tuple[str, ...]) -> None:
    if device.values["trigger"] == "BUS":
        device.trigger()


def _timing(table: Table, root: str) -> None:
    """Frequency in kHz, period in ms and duty in % of the same two widths in ms (2-27, 2-28)."""

    def period(device: Any) -> float:
        return device.values["width_a"] + device.values["width_b"]

    def duty(device: Any) -> float:
        return 100.0 * device.values["width_a"] / period(device)

    def put(device: Any, milliseconds: float, percent: float) -> None:
        device.values["width_a"] = milliseconds * percent / 100.0
        device.values["width_b"] = milliseconds - device.values["width_a"]

    numeric(table, f"{root}:PERiod", Numeric(1.0 / 15.0, 1e6, 1.0), period,
            lambda d, value: put(d, value, duty(d)), show=printed)  # fmt: skip
    numeric(table, f"{root}:FREQuency", Numeric(1e-6, 15.0, 1.0), lambda d: 1.0 / period(d),
            lambda d, value: put(d, 1.0 / value, duty(d)), show=printed)  # fmt: skip
    numeric(table, f"{root}:ADUTy", Numeric(5.0, 95.0, 50.0), duty,
            lambda d, value: put(d, period(d), value), show=printed)  # fmt: skip


def _battery(table: Table) -> None:
    # The guide spells the node BATTary; its examples have BATT.
    root = "[:SOURce]:BATTary"
    numeric(table, f"{root}[:LEVel][:IMMediate]", specs.limits("CURRent", specs.HIGH),
            *keep("battery", _apply), show=printed)  # fmt: skip
    tops = specs.CURRENTS
    numeric(table, f"{root}:RANGe", Numeric(0.0, tops[1], tops[1], "", *tops),
            lambda d: tops[d.values["battery_range"]],
            lambda d, v: d.values.__setitem__("battery_range", specs.index_of("CURRent", v)),
            show=printed)  # fmt: skip
    stops = (("VSTop", "stop_voltage", 150.0), ("CSTop", "stop_capacity", 1e6),
             ("TIMestop", "stop_time", 1e6), ("VON", "battery_von", 150.0))  # fmt: skip
    for node, key, most in stops:
        numeric(table, f"{root}:{node}", Numeric(0.0, most, 0.0), *keep(key), show=printed)
    for node, key in (("VENabstop", "by_voltage"), ("CENabstop", "by_capacity"),
                      ("TENabstop", "by_time")):  # fmt: skip
        flag(table, f"{root}:{node}", *keep(key))


def _event(device: Any, _: tuple[str, ...]) -> str:
    device.condition()
    return str(device.questionable.read_event())


def _status(table: Table) -> None:
    def put_enable(device: Any, arguments: tuple[str, ...]) -> None:
        device.questionable.enable = round(number(arguments[0])) & 0x7FFF

    root = ":STATus:QUEStionable"
    table.query(f"{root}:CONDition", lambda d, _: str(d.condition()))
    table.query(f"{root}[:EVENt]", _event)
    table.query(f"{root}:ENABle", lambda d, _: str(d.questionable.enable))
    table.command(f"{root}:ENABle", put_enable)
