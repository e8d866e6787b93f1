"""Commands of the PM100D (operation manual, "Computer interface: SCPI commands")."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.common import common_table
from sim_backends.emulators.scpi.settings import flag, nr3, numeric, word
from sim_backends.emulators.scpi.values import Numeric
from sim_backends.emulators.thorlabs.sensor import LONGEST, SHORTEST, responsivity

if TYPE_CHECKING:
    from sim_backends.emulators.thorlabs.pm100d import PM100D

_AVERAGES = Numeric(1, 3000, 1)
_WAVELENGTH = Numeric(SHORTEST, LONGEST, 635, "NM")
_LOSS = Numeric(-60, 60, 0, "DB")
_BEAM = Numeric(0.1, 10000, 9.5, "MM")
_REFERENCE = Numeric(-1e3, 1e3, 0, "W")
_MEASURED = {
    "[:POWer]": "POWer", ":CURRent[:DC]": "CURRent", ":PDENsity": "PDENsity",
    ":TEMPerature": "TEMPerature", ":ENERgy": "", ":EDENsity": "", ":VOLTage[:DC]": "",
    ":RESistance": "", ":FREQuency": "",
}  # fmt: skip
_REGISTERS = ("OPERation", "QUEStionable", "MEASurement", "AUXiliary")


def build_table() -> Table:
    """The command table of the model."""
    table = common_table()
    _measuring(table)
    _correction(table)
    _zero(table)
    _power(table)
    _system(table)
    return table


def _measuring(table: Table) -> None:
    for pattern, quantity in _MEASURED.items():
        table.query(f":MEASure[:SCALar]{pattern}", _measure(quantity), 0, 0)
        table.command(f":CONFigure[:SCALar]{pattern}", _configure(quantity), 0, 0)
    table.query(":CONFigure", lambda d, _: d.shown)
    table.query(":READ", lambda d, _: d.acquire(), 0, 0)
    table.query(":FETCh", _fetch, 0, 0)
    table.command(":INITiate[:IMMediate]", lambda d, _: d.start(d.sample()), 0, 0)
    table.command(":ABORt", lambda d, _: d.abort(), 0, 0)


def _measure(quantity: str) -> Any:
    def measure(device: PM100D, _: tuple[str, ...]) -> Generator[float | None, None, str]:
        device.configure(quantity)
        return device.acquire()

    return measure


def _configure(quantity: str) -> Any:
    return lambda device, _: device.configure(quantity)


def _fetch(device: PM100D, _: tuple[str, ...]) -> Generator[float | None, None, str]:
    if not device.idle:
        yield None
    if device.last is None:
        raise ScpiError(-230)
    return device.last


def _correction(table: Table) -> None:
    root = "[:SENSe[1]]:CORRection"

    def put_averages(device: PM100D, count: int) -> None:
        device.averages = count

    def put_wavelength(device: PM100D, nanometres: float) -> None:
        device.wavelength = nanometres

    def put_loss(device: PM100D, decibels: float) -> None:
        device.loss = decibels

    def put_beam(device: PM100D, millimetres: float) -> None:
        device.beam = millimetres

    numeric(table, ["[:SENSe[1]]:AVERage[:COUNt]"], lambda _: _AVERAGES, lambda d: d.averages,
            put_averages, whole=True)  # fmt: skip
    numeric(table, [f"{root}:WAVelength"], lambda _: _WAVELENGTH, lambda d: d.wavelength,
            put_wavelength)  # fmt: skip
    losses = [root + tail for tail in ("", ":LOSS", ":LOSS:INPut", ":LOSS:INPut:MAGNitude")]
    numeric(table, losses, lambda _: _LOSS, lambda d: d.loss, put_loss)
    numeric(table, [f"{root}:BEAMdiameter"], lambda _: _BEAM, lambda d: d.beam, put_beam)
    for tail in (":POWer", ":POWer:PDIOde", ":POWer:PDIOde:RESPonse"):
        table.query(root + tail, lambda d, _: nr3(responsivity(d.wavelength)), 0, 0)
        table.command(root + tail, _fixed)


def _fixed(_device: PM100D, _: tuple[str, ...]) -> None:
    """The head's own calibration cannot be overwritten: its flags do not allow it."""
    raise ScpiError(-221)


def _zero(table: Table) -> None:
    root = "[:SENSe[1]]:CORRection:COLLect:ZERO"
    table.command(f"{root}[:INITiate]", lambda d, _: d.start_zero(), 0, 0)
    table.command(f"{root}:ABORt", lambda d, _: d.abort_zero(), 0, 0)
    table.query(f"{root}:STATe", lambda d, _: "1" if d.zeroing else "0")
    table.query(f"{root}:MAGNitude", lambda d, _: nr3(d.zero))


def _power(table: Table) -> None:
    root = "[:SENSe[1]]:POWer[:DC]"

    def put_unit(device: PM100D, unit: str) -> None:
        device.unit = unit

    def put_reference(device: PM100D, watts: float) -> None:
        device.reference = watts

    def put_relative(device: PM100D, on: bool) -> None:
        device.relative = on

    def put_filter(device: PM100D, on: bool) -> None:
        device.filtered = on

    for quantity, pattern in (("POWer", root), ("CURRent", "[:SENSe[1]]:CURRent[:DC]")):
        _range(table, quantity, f"{pattern}:RANGe")
    word(table, f"{root}:UNIT", ("W", "DBM"), lambda d: d.unit, put_unit)
    numeric(table, [f"{root}:REFerence"], lambda _: _REFERENCE, lambda d: d.reference,
            put_reference)  # fmt: skip
    flag(table, f"{root}:REFerence:STATe", lambda d: d.relative, put_relative)
    flag(table, ":INPut[:PDIOde]:FILTer[:LPASs][:STATe]", lambda d: d.filtered, put_filter)
    table.query(":INPut:ADAPter[:TYPE]", lambda _d, _: "PHOT")


def _range(table: Table, quantity: str, pattern: str) -> None:
    def limits(device: PM100D) -> Numeric:
        ranges = device.upper_ranges(quantity)
        return Numeric(0.0, ranges[-1], ranges[-1], "", ranges[0], ranges[-1])

    def put_auto(device: PM100D, on: bool) -> None:
        device.auto = on

    numeric(table, [f"{pattern}[:UPPer]"], limits,
            lambda d: d.upper_ranges(quantity)[d.range_index],
            lambda d, value: d.set_range(quantity, value))  # fmt: skip
    flag(table, f"{pattern}:AUTO", lambda d: d.auto, put_auto)


def _system(table: Table) -> None:
    table.query(":SYSTem:SENSor:IDN", lambda d, _: d.sensor_identity)
    table.query(":CALibration:STRing", lambda d, _: f'"{d.head.calibrated}"')
    table.query(":SYSTem:LFRequency", lambda _d, _: "50")
    table.command(":SYSTem:LFRequency", lambda _d, _: None)
    table.command(":SYSTem:BEEPer[:IMMediate]", lambda _d, _: None, 0, 0)
    flag(table, ":SYSTem:BEEPer:STATe", lambda d: d.beeper, _put_beeper)
    for name in _REGISTERS:
        _register(table, name)


def _put_beeper(device: PM100D, on: bool) -> None:
    device.beeper = on


def _register(table: Table, name: str) -> None:
    """A register without enable and transition filters: only its condition is modelled."""

    def condition(device: PM100D, _: tuple[str, ...]) -> str:
        return str(device.condition(name))

    table.query(f":STATus:{name}:CONDition", condition)
    table.query(f":STATus:{name}[:EVENt]", condition)
