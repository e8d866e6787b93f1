"""Commands of the DMM6500 (DMM6500-901-01, section 12: SENSe, DISPlay, TRIGger)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim_backends.emulators.keithley.instrument import LINE_FREQUENCY, keithley_table
from sim_backends.emulators.keithley.trace import add_trace
from sim_backends.emulators.scpi import Table
from sim_backends.emulators.scpi.settings import flag, numeric, word
from sim_backends.emulators.scpi.values import Numeric, select, string

if TYPE_CHECKING:
    from sim_backends.emulators.keithley.dmm6500 import DMM6500, Measuring

_PATTERNS = {"VOLTage:DC": "VOLTage[:DC]", "RESistance": "RESistance"}
_NAMES = {"VOLTage:DC": "VOLTage:DC", "VOLTage": "VOLTage:DC", "RESistance": "RESistance"}
_SHOWN = {"VOLTage:DC": '"VOLT:DC"', "RESistance": '"RES"'}
_RANGE = {
    "VOLTage:DC": Numeric(-1010, 1010, 1000, "V", 0.1, 1000),
    "RESistance": Numeric(0, 1.2e8, 1e8, "OHM", 1, 1e8),
}
_NPLC = Numeric(0.0005, 15, 1)
_APERTURE = Numeric(0.0005 / LINE_FREQUENCY, 15 / LINE_FREQUENCY, 1 / LINE_FREQUENCY, "S")


def build_table() -> Table:
    """The command table of the model."""
    table = keithley_table(("VOLTage[:DC]", "RESistance"))
    add_trace(table)
    table.query("[:SENSe[1]]:FUNCtion[:ON]", lambda d, _: _SHOWN[d.function])
    table.command("[:SENSe[1]]:FUNCtion[:ON]", _select)
    table.command("[:SENSe[1]]:AZERo:ONCE", lambda _d, _: None, 0, 0)
    table.query(":TRIGger:STATe", lambda _d, _: "IDLE;IDLE;0")
    table.command(":ABORt", lambda d, _: d.abort(), 0, 0)
    for name, pattern in _PATTERNS.items():
        add_function(table, name, pattern, _RANGE[name])
    _impedance(table)
    return table


def add_function(table: Table, name: str, pattern: str, limits: Numeric) -> None:
    """Add the settings of the measuring function `name`, written `pattern` in commands."""
    _time(table, name, f"[:SENSe[1]]:{pattern}")
    _range(table, name, f"[:SENSe[1]]:{pattern}:RANGe", limits)
    _filter(table, name, f"[:SENSe[1]]:{pattern}:AVERage")
    _offset(table, name, f"[:SENSe[1]]:{pattern}", abs(limits.high))
    _digits(table, name, f":DISPlay:{pattern}:DIGits")


def _select(device: DMM6500, arguments: tuple[str, ...]) -> None:
    device.function = select(string(arguments[0]), _NAMES)


def _of(device: DMM6500, name: str) -> Measuring:
    return device.measuring[name]


def _time(table: Table, name: str, root: str) -> None:
    def put_aperture(device: DMM6500, seconds: float) -> None:
        _of(device, name).integrate(seconds * LINE_FREQUENCY)

    def put_zero(device: DMM6500, on: bool) -> None:
        _of(device, name).auto_zero = on

    numeric(table, f"{root}:NPLCycles", _NPLC, lambda d: _of(d, name).nplc,
            lambda d, cycles: _of(d, name).integrate(cycles))  # fmt: skip
    numeric(table, f"{root}:APERture", _APERTURE,
            lambda d: _of(d, name).nplc / LINE_FREQUENCY, put_aperture)  # fmt: skip
    flag(table, f"{root}:AZERo[:STATe]", lambda d: _of(d, name).auto_zero, put_zero)


def _range(table: Table, name: str, root: str, limits: Numeric) -> None:
    def show(device: DMM6500) -> float:
        return device.meters[name].ranges[_of(device, name).range_index]

    def put(device: DMM6500, value: float) -> None:
        # A range command takes the range whose nominal value holds the value; overrange is
        # left for the signal.
        ranges = device.meters[name].ranges
        fitting = [i for i, full in enumerate(ranges) if abs(value) <= full * (1 + 1e-9)]
        _of(device, name).range_index = fitting[0] if fitting else len(ranges) - 1
        _of(device, name).auto_range = False

    def put_auto(device: DMM6500, on: bool) -> None:
        _of(device, name).auto_range = on

    numeric(table, f"{root}[:UPPer]", limits, show, put)
    flag(table, f"{root}:AUTO", lambda d: _of(d, name).auto_range, put_auto)


def _filter(table: Table, name: str, root: str) -> None:
    def of(device: DMM6500) -> Any:
        return _of(device, name).averaging

    def put_state(device: DMM6500, on: bool) -> None:
        of(device).on = on

    def put_count(device: DMM6500, count: int) -> None:
        of(device).count = count

    def put_kind(device: DMM6500, kind: str) -> None:
        of(device).kind = kind

    flag(table, f"{root}[:STATe]", lambda d: of(d).on, put_state)
    numeric(table, f"{root}:COUNt", Numeric(1, 100, 10), lambda d: of(d).count, put_count, True)
    word(table, f"{root}:TCONtrol", ("REPeat", "MOVing"), lambda d: of(d).kind, put_kind)


def _offset(table: Table, name: str, root: str, limit: float) -> None:
    def put_value(device: DMM6500, value: float) -> None:
        _of(device, name).relative = value

    def put_state(device: DMM6500, on: bool) -> None:
        _of(device, name).relative_on = on

    def acquire(device: DMM6500, _: tuple[str, ...]) -> None:
        settings = _of(device, name)
        settings.relative_on = False
        settings.relative = device.take().value
        settings.relative_on = True

    numeric(table, f"{root}:RELative", Numeric(-limit, limit, 0),
            lambda d: _of(d, name).relative, put_value)  # fmt: skip
    flag(table, f"{root}:RELative:STATe", lambda d: _of(d, name).relative_on, put_state)
    table.command(f"{root}:RELative:ACQuire", acquire, 0, 0)


def _digits(table: Table, name: str, pattern: str) -> None:
    def put(device: DMM6500, digits: int) -> None:
        _of(device, name).digits = digits

    numeric(table, pattern, Numeric(3, 6, 6), lambda d: _of(d, name).digits, put, whole=True)


def _impedance(table: Table) -> None:
    def put(device: DMM6500, kind: str) -> None:
        _of(device, "VOLTage:DC").impedance = kind

    word(table, "[:SENSe[1]]:VOLTage[:DC]:INPutimpedance", ("MOHM10", "AUTO"),
         lambda d: _of(d, "VOLTage:DC").impedance, put)  # fmt: skip
