""":SENSe group of the 2400: functions, ranges, integration, compliance, filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim_backends.emulators.keithley.k2400_errors import own_error
from sim_backends.emulators.keithley.k2400_specs import LEAST_COMPLIANCE, RESISTANCES
from sim_backends.emulators.keithley.k2400_state import SOURCES
from sim_backends.emulators.scpi import Table
from sim_backends.emulators.scpi.settings import flag, keep, numeric, word
from sim_backends.emulators.scpi.values import Numeric, select, string

if TYPE_CHECKING:
    from sim_backends.emulators.keithley.k2400 import K2400

_PATTERNS = {"VOLTage": "VOLTage[:DC]", "CURRent": "CURRent[:DC]", "RESistance": "RESistance"}
_NAMES = {
    "VOLTage": "VOLTage", "VOLTage:DC": "VOLTage", "CURRent": "CURRent", "CURRent:DC": "CURRent",
    "RESistance": "RESistance",
}  # fmt: skip
_SHOWN = {"VOLTage": '"VOLT:DC"', "CURRent": '"CURR:DC"', "RESistance": '"RES"'}
_RANGE = {
    "VOLTage": Numeric(-210, 210, 21, "V"), "CURRent": Numeric(-1.05, 1.05, 1.05e-4, "A"),
    "RESistance": Numeric(0, 2.1e8, 2.1e5, "OHM"),
}  # fmt: skip


def add_sense(table: Table) -> None:
    """Add the group to `table`."""
    _functions(table)
    for name, pattern in _PATTERNS.items():
        _measuring(table, name, f"[:SENSe[1]]:{pattern}")
    for name in SOURCES:
        _compliance(table, name, f"[:SENSe[1]]:{_PATTERNS[name]}:PROTection")
    word(table, "[:SENSe[1]]:RESistance:MODE", ("MANual", "AUTO"), *keep("ohms"))
    root = "[:SENSe[1]]:AVERage"
    flag(table, f"{root}[:STATe]", *keep("filter"))
    numeric(table, f"{root}:COUNt", Numeric(1, 100, 10), *keep("filter_count"), whole=True)
    word(table, f"{root}:TCONtrol", ("REPeat", "MOVing"), *keep("filter_kind"))


def _functions(table: Table) -> None:
    def named(arguments: tuple[str, ...]) -> set[str]:
        return {select(string(one), _NAMES) for one in arguments}

    def on(device: K2400, arguments: tuple[str, ...]) -> None:
        chosen = named(arguments)
        kept = device.values["functions"] if device.values["concurrent"] else set[str]()
        device.values["functions"] = kept | chosen

    def off(device: K2400, arguments: tuple[str, ...]) -> None:
        device.values["functions"] = device.values["functions"] - named(arguments)

    def everything(device: K2400, _: tuple[str, ...]) -> None:
        device.values["functions"] = set(_PATTERNS)

    def nothing(device: K2400, _: tuple[str, ...]) -> None:
        device.values["functions"] = set[str]()

    def concurrent(device: K2400) -> None:
        if not device.values["concurrent"]:
            device.values["functions"] = {"CURRent"}

    root = "[:SENSe[1]]:FUNCtion"
    table.command(f"{root}[:ON]", on, 1, 3)
    table.query(f"{root}[:ON]", lambda d, _: ",".join(_SHOWN[name] for name in d.functions()))
    table.command(f"{root}[:ON]:ALL", everything, 0, 0)
    table.command(f"{root}:OFF", off, 1, 3)
    table.command(f"{root}:OFF:ALL", nothing, 0, 0)
    flag(table, f"{root}:CONCurrent", *keep("concurrent", concurrent))


def _measuring(table: Table, name: str, root: str) -> None:
    def put(device: K2400, value: float) -> None:
        device.values["sense_range", name] = _range_for(device, name, abs(value))
        device.values["sense_auto", name] = False

    cycles = Numeric(0.01, 10, 1)

    def put_cycles(device: K2400, nplc: float) -> None:
        # The integration time is one for all functions.
        device.values |= {("nplc", each): nplc for each in _PATTERNS}

    numeric(table, f"{root}:NPLCycles", cycles, lambda d: d.values["nplc", name], put_cycles)
    numeric(table, f"{root}:RANGe[:UPPer]", _RANGE[name], lambda d: d.values["sense_range", name],
            put)  # fmt: skip
    flag(table, f"{root}:RANGe:AUTO", *keep(("sense_auto", name)))


def _range_for(device: K2400, name: str, value: float) -> float:
    """Full scale of the range for `value`, with its over-range; 824 above that of compliance."""
    if name == "RESistance":
        return 1.05 * next(top for top in RESISTANCES if value <= 1.05 * top * (1 + 1e-9))
    channel = device.meters[name]
    index = channel.fit(value)
    limit = device.values["compliance", device.source]
    if name == device.sensed and index > channel.fit(limit):
        raise own_error(824)
    return channel.tops[index]


def _compliance(table: Table, name: str, root: str) -> None:
    """Compliance in the unit of `name` limits the source of the other function."""
    source = SOURCES[1 - SOURCES.index(name)]

    def put(device: K2400, limit: float) -> None:
        limit = abs(limit)
        fixed = not device.values["sense_auto", name]
        least = device.meters[name].tops[0] if not fixed else device.values["sense_range", name]
        if limit < LEAST_COMPLIANCE * least / 1.05 * (1 - 1e-9):
            raise own_error(822)
        level = device.values["level", source]
        device.check_power(*((level, limit) if source == "VOLTage" else (limit, level)))
        device.values["compliance", source] = limit
        device.drive()

    numeric(table, f"{root}[:LEVel]", _RANGE[name], lambda d: d.values["compliance", source], put)
    table.query(f"{root}:TRIPped", lambda d, _: "1" if d.tripped(name) else "0")
