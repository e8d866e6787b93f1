"""Commands of the E4980A: signal, function, aperture, trigger, correction, data, system."""

from __future__ import annotations

import struct
from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Any

from sim_backends.emulators.keysight import e4980a_specs as specs
from sim_backends.emulators.keysight.e4980a_list import add_list
from sim_backends.emulators.keysight.e4980a_parameters import TYPES
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.common import common_table
from sim_backends.emulators.scpi.settings import flag, keep, numeric, word
from sim_backends.emulators.scpi.values import Numeric, choice, short_form

if TYPE_CHECKING:
    from sim_backends.emulators.keysight.e4980a import E4980A, Result

_APERTURES = ("SHORt", "MEDium", "LONG")
_AVERAGES = Numeric(1, 256, 1)
_SECONDS = Numeric(0, 999, 0, "S")
_PAGES = (
    "MEASurement", "BNUMber", "BCOunt", "LIST", "MSETup", "CSETup", "LTABle", "LSETup", "CATalog",
    "SYSTem", "SELF", "MLARge", "SCONfig", "SERVice",
)  # fmt: skip


def build_table() -> Table:
    """The command table of the model."""
    table = common_table()
    table.query("*OPT", lambda _d, _: "001")
    _signal(table)
    _function(table)
    _trigger(table)
    _correction(table)
    add_list(table)
    _data(table)
    _system(table)
    return table


def nr3(value: float) -> str:
    """A setting as the instrument prints it."""
    return f"{value:+.6E}"


def _changed(key: str) -> tuple[Any, Any]:
    return keep(key, lambda device: device.settings_changed())


def _signal(table: Table) -> None:
    def level(key: str) -> Any:
        """The level set last drives."""

        def put(device: E4980A, value: float) -> None:
            device.values |= {key: value, "drives": key}
            device.settings_changed()

        return put

    numeric(table, ":FREQuency[:CW]", specs.FREQUENCY, *_changed("frequency"), show=nr3)
    for node, limits in (("VOLTage", specs.VOLTAGE), ("CURRent", specs.CURRENT)):
        key = node.lower()
        numeric(table, f":{node}[:LEVel]", limits, _level(key), level(key), show=nr3)
    flag(table, ":AMPLitude:ALC", *_changed("alc"))
    flag(table, ":BIAS:STATe", *_changed("bias_on"))
    numeric(table, ":BIAS:VOLTage[:LEVel]", specs.BIAS_VOLTAGE, *_changed("bias"), show=nr3)
    numeric(table, ":BIAS:CURRent[:LEVel]", specs.BIAS_CURRENT, *_changed("bias_current"),
            show=nr3)  # fmt: skip
    # The source keeps its settings; HIGH power is what the levels above need.
    table.query(":OUTPut:HPOWer", lambda _d, _: "1")


def _level(key: str) -> Any:
    """The level of the kind that does not drive is told as not a number."""
    return lambda device: device.values[key] if device.values["drives"] == key else 9.9e37


def _function(table: Table) -> None:
    def put_range(device: E4980A, ohms: float) -> None:
        fitting = [top for top in specs.RANGES if ohms <= top * (1 + 1e-9)]
        device.values |= {"range": fitting[0], "auto": False}
        device.settings_changed()

    root = ":FUNCtion:IMPedance"
    word(table, f"{root}[:TYPE]", TYPES, *_changed("kind"))
    low, high = specs.RANGES[0], specs.RANGES[-1]
    numeric(table, f"{root}:RANGe[:VALue]", Numeric(low, high, high, "OHM"),
            lambda d: d.values["range"], put_range, show=nr3)  # fmt: skip
    flag(table, f"{root}:RANGe:AUTO", *_changed("auto"))
    for node, key in (("VAC", "monitor_voltage"), ("IAC", "monitor_current")):
        flag(table, f":FUNCtion:SMONitor:{node}[:STATe]", *keep(key))
    table.command(":APERture", _aperture, 1, 2)
    table.query(
        ":APERture", lambda d, _: f"{short_form(d.values['aperture'])},{d.values['averages']}"
    )


def _shown_aperture(device: E4980A) -> str:
    return f"{short_form(device.values['aperture'])},{device.values['averages']}"


def _aperture(device: E4980A, arguments: tuple[str, ...]) -> None:
    name = choice(arguments[0], (*_APERTURES, "SHORT"))
    chosen = "SHORt" if name == "SHORT" else name
    averages = _AVERAGES.integer(arguments[1]) if len(arguments) > 1 else 1
    device.values |= {"aperture": chosen, "averages": averages}
    device.settings_changed()


def _trigger(table: Table) -> None:
    def source(device: E4980A, name: str) -> None:
        device.abort()
        device.values["source"] = name
        device.settings_changed()

    def trigger(device: E4980A, _: tuple[str, ...]) -> Generator[float | None, None, str]:
        """`*TRG`: trigger, and answer when it is done."""
        if device.values["source"] != "BUS":
            raise ScpiError(-211)
        device.trigger()
        return _fetched(device)

    sources = ("INTernal", "HOLD", "EXTernal", "BUS")
    word(table, ":TRIGger:SOURce", sources, lambda d: d.values["source"], source)
    table.command(":TRIGger[:IMMediate]", lambda d, _: d.trigger(), 0, 0)
    numeric(table, ":TRIGger:DELay", _SECONDS, *keep("step_delay"), show=nr3)
    numeric(table, ":TRIGger:TDELay", _SECONDS, *keep("delay"), show=nr3)
    table.command(":INITiate[:IMMediate]", lambda d, _: d.initiate(), 0, 0)
    flag(table, ":INITiate:CONTinuous", lambda d: d.values["continuous"],
         lambda d, on: d.set_continuous(on))  # fmt: skip
    table.command(":ABORt", lambda d, _: d.abort(), 0, 0)
    table.command("*TRG", trigger, 0, 0)


def _correction(table: Table) -> None:
    for node in ("OPEN", "SHORt"):
        _standard(table, node)
    table.query(":CORRection:LENGth", lambda d, _: f"{d.values['length']:+d}")
    table.command(":CORRection:LENGth", _length)


def _standard(table: Table, node: str) -> None:
    def of(device: E4980A) -> Any:
        return device.bridge.open if node == "OPEN" else device.bridge.short

    def put(device: E4980A, on: bool) -> None:
        of(device).on = on
        device.settings_changed()

    root = f":CORRection:{node}"
    table.command(f"{root}[:EXECute]", lambda d, _: d.correct(of(d)), 0, 0)
    flag(table, f"{root}:STATe", lambda d: of(d).on, put)


def _length(device: E4980A, arguments: tuple[str, ...]) -> None:
    metres = Numeric(0, 4, 0, "M").integer(arguments[0])
    if metres == 3:
        raise ScpiError(-222, arguments[0])
    device.values["length"] = metres


def _data(table: Table) -> None:
    def formats(device: E4980A, arguments: tuple[str, ...]) -> None:
        device.values["format"] = choice(arguments[0], ("ASCii", "REAL"))

    table.query(":FETCh[:IMPedance][:FORMatted]", lambda d, _: _fetched(d))
    table.query(":FETCh[:IMPedance]:CORRected", lambda d, _: _corrected(d))
    table.query(":FETCh:SMONitor:VAC", lambda d, _: _monitored(d, "monitor_voltage", 0))
    table.query(":FETCh:SMONitor:IAC", lambda d, _: _monitored(d, "monitor_current", 1))
    table.command(":FORMat[:DATA]", formats, 1, 2)
    table.query(
        ":FORMat[:DATA]", lambda d, _: "ASC" if d.values["format"] == "ASCii" else "REAL,64"
    )
    flag(table, ":FORMat:ASCii:LONG", *keep("long"))
    word(table, ":FORMat:BORDer", ("NORMal", "SWAPped"), *keep("order"))


def _fetched(device: E4980A) -> Generator[float | None, None, str]:
    results = yield from device.latest()
    return _printed(device, [_fields(device, result) for result in results])


def _fields(device: E4980A, result: Result) -> Sequence[float | int]:
    """A, B and status; in a list also the result of its limits, 0: none set."""
    known = (result.first, result.second, result.status)
    return (*known, 0) if device.sweeping else known


def _corrected(device: E4980A) -> Generator[float | None, None, str]:
    results = yield from device.latest()
    return _printed(device, [(result.z.real, result.z.imag) for result in results])


def _printed(device: E4980A, rows: Sequence[Sequence[float | int]]) -> str:
    if device.values["format"] == "REAL":
        numbers = [float(value) for row in rows for value in row]
        order = "<" if device.values["order"] == "SWAPped" else ">"
        data = struct.pack(f"{order}{len(numbers)}d", *numbers)
        return f"#6{len(data):06d}" + data.decode("latin-1")
    digits = 9 if device.values["long"] else 5
    texts = [f"{v:+d}" if isinstance(v, int) else f"{v:+.{digits}E}" for row in rows for v in row]
    return ",".join(texts)


def _monitored(device: E4980A, key: str, place: int) -> str:
    level = device.level
    if level is None or not device.values[key]:
        return "+9.90000E+37"
    return f"{(level.voltage, level.current)[place]:+.5E}"


def _system(table: Table) -> None:
    word(table, ":DISPlay:PAGE", _PAGES, *_changed("page"))
    table.command(":DISPlay:ENABle", lambda _d, _: None)
    table.command(":SYSTem:PRESet", lambda d, _: d.preset(), 0, 0)
    table.command(":SYSTem:BEEPer[:IMMediate]", lambda _d, _: None, 0, 0)
    flag(table, ":SYSTem:BEEPer:STATe", *keep("beeper"))
    # Bit 4 of the operation register: measuring or correcting.
    table.query(":STATus:OPERation:CONDition", lambda d, _: str(16 * (not d.idle)))
