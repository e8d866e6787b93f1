"""All commands of the 2450: the table, OUTPut, source limits and protection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim_backends.emulators.keithley.instrument import keithley_table
from sim_backends.emulators.keithley.k2450_sense import add_sense
from sim_backends.emulators.keithley.k2450_source import SOURCES, add_source
from sim_backends.emulators.keithley.k2450_specs import LEAST_LIMIT
from sim_backends.emulators.keithley.k2450_sweep import add_sweeps
from sim_backends.emulators.keithley.trace import add_trace
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.settings import flag, numeric
from sim_backends.emulators.scpi.values import Numeric, matches

if TYPE_CHECKING:
    from sim_backends.emulators.keithley.k2450 import K2450

_LIMIT = {
    "VOLTage": ("ILIMit", Numeric(-1.05, 1.05, 105e-6, "A", 1e-9, 1.05)),
    "CURRent": ("VLIMit", Numeric(-210, 210, 21, "V", 0.002, 210)),
}
_PROTECTION = Numeric(2, 210, 210, "V")


def build_table() -> Table:
    """The command table of the model (2450-901-01 Rev. B, section 6)."""
    table = keithley_table(("VOLTage[:DC]", "CURRent[:DC]", "RESistance"))
    add_trace(table)
    add_sense(table)
    add_source(table)
    add_sweeps(table)
    flag(table, ":OUTPut[1][:STATe]", lambda d: d.settings.output, lambda d, on: d.switch(on))
    for function in SOURCES:
        _limits(table, function)
    _protection(table)
    return table


def _limits(table: Table, name: str) -> None:
    mnemonic, spec = _LIMIT[name]
    pattern = f":SOURce[1]:{name}:{mnemonic}[:LEVel]"
    numeric(table, pattern, spec, lambda d: d.settings.source[name].limit, _put_limit(name))
    table.query(f"{pattern}:TRIPped", lambda d, _: "1" if d.limit_tripped(name) else "0")


def _put_limit(name: str) -> Any:
    def put(device: K2450, limit: float) -> None:
        limit = abs(limit)
        if limit < LEAST_LIMIT[name] * (1 - 1e-9):
            raise ScpiError(-222, f"{limit:g}")
        device.check_power(name, device.settings.source[name].level, limit)
        device.settings.source[name].limit = limit
        device.drive()

    return put


def _protection(table: Table) -> None:
    pattern = ":SOURce[1]:VOLTage:PROTection[:LEVel]"
    table.command(pattern, _put_protection)
    table.query(pattern, lambda d, _: _shown_protection(d.settings.protection))
    table.query(f"{pattern}:TRIPped", lambda d, _: "1" if _protects(d) else "0")


def _put_protection(device: K2450, arguments: tuple[str, ...]) -> None:
    token = arguments[0]
    if matches(token, "NONE"):
        device.settings.protection = None
    else:
        device.settings.protection = _PROTECTION.parse(token.upper().removeprefix("PROT"))
    device.drive()


def _shown_protection(level: float | None) -> str:
    return "NONE" if level is None else f"PROT{level:.0f}"


def _protects(device: K2450) -> bool:
    settings = device.settings
    level = settings.source["VOLTage"].level
    is_source = settings.output and settings.source_function == "VOLTage"
    return is_source and settings.protection is not None and abs(level) > settings.protection
