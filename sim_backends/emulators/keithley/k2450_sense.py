"""SENSe subsystem of the 2450 (2450-901-01 Rev. B, pages 6-36 to 6-63)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim_backends.emulators.scpi import Table
from sim_backends.emulators.scpi.settings import flag, numeric, word
from sim_backends.emulators.scpi.values import Numeric, select, string

if TYPE_CHECKING:
    from sim_backends.emulators.keithley.k2450 import K2450

FUNCTIONS = {
    "VOLTage": "VOLTage[:DC]",
    "CURRent": "CURRent[:DC]",
    "RESistance": "RESistance",
}
_SHOWN = {"VOLTage": '"VOLT:DC"', "CURRent": '"CURR:DC"', "RESistance": '"RES"'}
_NAMES = {
    "VOLTage": "VOLTage", "VOLTage:DC": "VOLTage", "CURRent": "CURRent",
    "CURRent:DC": "CURRent", "RESistance": "RESistance",
}  # fmt: skip
_RANGE = {
    "VOLTage": Numeric(-210, 210, 20, "V", 0.02, 200),
    "CURRent": Numeric(-1.05, 1.05, 1e-4, "A", 1e-8, 1),
    "RESistance": Numeric(0, 2.1e8, 2e5, "OHM", 20, 2e8),
}
_NPLC = Numeric(0.01, 10, 1)
_RESISTANCES = (20.0, 200.0, 2e3, 2e4, 2e5, 2e6, 2e7, 2e8)


def add_sense(table: Table) -> None:
    """Add the SENSe subsystem to `table`."""
    table.query("[:SENSe[1]]:FUNCtion[:ON]", lambda d, _: _SHOWN[d.settings.sense_function])
    table.command("[:SENSe[1]]:FUNCtion[:ON]", _select)
    table.command("[:SENSe[1]]:AZERo:ONCE", lambda _d, _: None, 0, 0)
    for name, pattern in FUNCTIONS.items():
        _function(table, name, f"[:SENSe[1]]:{pattern}")
        _filter(table, name, f"[:SENSe[1]]:{pattern}:AVERage")
        _relative(table, name, f"[:SENSe[1]]:{pattern}:RELative")


def _select(device: K2450, arguments: tuple[str, ...]) -> None:
    device.settings.sense_function = select(string(arguments[0]), _NAMES)


def _function(table: Table, name: str, root: str) -> None:
    def of(device: K2450) -> Any:
        return device.settings.sense[name]

    numeric(table, f"{root}:NPLCycles", _NPLC, lambda d: of(d).nplc,
            lambda d, cycles: of(d).integrate(cycles))  # fmt: skip
    numeric(table, f"{root}:RANGe[:UPPer]", _RANGE[name], lambda d: of(d).range_value,
            _put_range(name))  # fmt: skip
    flag(table, f"{root}:RANGe:AUTO", lambda d: of(d).auto_range,
         lambda d, on: _put_auto(of(d), on))  # fmt: skip
    flag(table, f"{root}:RSENse", lambda d: of(d).remote_sense, _put_remote(name))
    flag(table, f"{root}:AZERo[:STATe]", lambda d: of(d).auto_zero,
         lambda d, on: _put_zero(of(d), on))  # fmt: skip
    flag(table, f"{root}:OCOMpensated", lambda d: of(d).offset_compensated,
         lambda d, on: _put_compensation(of(d), on))  # fmt: skip


def _put_range(name: str) -> Any:
    def put(device: K2450, value: float) -> None:
        chosen = device.settings.sense[name]
        if name == "RESistance":
            fitting = [r for r in _RESISTANCES if value <= 1.05 * r]
            chosen.range_value = fitting[0]
        else:
            channel = device.meters[name]
            chosen.range_value = channel.ranges[channel.fit(value)]
        chosen.auto_range = False

    return put


def _put_auto(settings: Any, on: bool) -> None:
    settings.auto_range = on


def _put_remote(name: str) -> Any:
    def put(device: K2450, on: bool) -> None:
        device.settings.sense[name].remote_sense = on

    return put


def _put_zero(settings: Any, on: bool) -> None:
    settings.auto_zero = on


def _put_compensation(settings: Any, on: bool) -> None:
    settings.offset_compensated = on


def _filter(table: Table, name: str, root: str) -> None:
    def of(device: K2450) -> Any:
        return device.settings.sense[name].averaging

    def put_state(device: K2450, on: bool) -> None:
        of(device).on = on

    def put_count(device: K2450, count: int) -> None:
        of(device).count = count

    def put_kind(device: K2450, kind: str) -> None:
        of(device).kind = kind

    flag(table, f"{root}[:STATe]", lambda d: of(d).on, put_state)
    numeric(table, f"{root}:COUNt", Numeric(1, 100, 10), lambda d: of(d).count, put_count, True)
    word(table, f"{root}:TCONtrol", ("REPeat", "MOVing"), lambda d: of(d).kind, put_kind)


def _relative(table: Table, name: str, root: str) -> None:
    def put_value(device: K2450, value: float) -> None:
        device.settings.sense[name].relative = value

    def put_state(device: K2450, on: bool) -> None:
        device.settings.sense[name].relative_on = on

    limit = abs(_RANGE[name].high)
    numeric(table, root, Numeric(-limit, limit, 0), lambda d: d.settings.sense[name].relative,
            put_value)  # fmt: skip
    flag(table, f"{root}:STATe", lambda d: d.settings.sense[name].relative_on, put_state)
