"""All commands of the 2400: the table, OUTPut, TRACe, CALCulate3, STATus, SYSTem."""

from __future__ import annotations

from statistics import fmean, pstdev
from typing import TYPE_CHECKING

from sim_backends.emulators.keithley.k2400_buffer import MOST
from sim_backends.emulators.keithley.k2400_readings import Reading
from sim_backends.emulators.keithley.k2400_sense import add_sense
from sim_backends.emulators.keithley.k2400_source import add_source
from sim_backends.emulators.keithley.k2400_trigger import add_trigger, shown
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.common import common_table
from sim_backends.emulators.scpi.settings import flag, keep, numeric, word
from sim_backends.emulators.scpi.values import Numeric, boolean, matches

if TYPE_CHECKING:
    from sim_backends.emulators.keithley.k2400 import K2400

_STATISTICS = {
    "MEAN": fmean,
    "SDEViation": pstdev,
    "MAXimum": max,
    "MINimum": min,
    "PKPK": lambda values: max(values) - min(values),
}
_REGISTER = Numeric(0, 65535, 0)


def build_table() -> Table:
    """The command table of the model (2400S-900-01, section 18)."""
    table = common_table()
    add_source(table)
    add_sense(table)
    add_trigger(table)
    flag(table, ":OUTPut[1][:STATe]", lambda d: d.values["output"], lambda d, on: d.switch(on))
    modes = ("NORMal", "HIMPedance", "ZERO", "GUARd")
    word(table, ":OUTPut[1]:SMODe", modes, *keep("off_mode", lambda d: d.rest()))
    for root in (":TRACe", ":DATA"):
        _trace(table, root)
    _statistics(table)
    _status(table)
    _system(table)
    return table


def _trace(table: Table, root: str) -> None:
    def put_size(device: K2400, points: int) -> None:
        if device.storage.fed:
            raise ScpiError(-221, "storage is active")
        device.storage.size = points

    def put_control(device: K2400, name: str) -> None:
        device.storage.feed(name == "NEXT")

    def data(device: K2400, _: tuple[str, ...]) -> str:
        if not device.storage.readings:
            raise ScpiError(-230)
        return shown(device, device.storage.readings)

    table.query(f"{root}:DATA", data)
    table.command(f"{root}:CLEar", lambda d, _: d.storage.clear(), 0, 0)
    table.query(f"{root}:POINts:ACTual", lambda d, _: str(len(d.storage.readings)))
    numeric(table, f"{root}:POINts", Numeric(1, MOST, 100), lambda d: d.storage.size, put_size,
            whole=True)  # fmt: skip
    word(table, f"{root}:FEED", ("SENSe", "SENSe1"), lambda _d: "SENSe1", lambda _d, _v: None)
    word(table, f"{root}:FEED:CONTrol", ("NEVer", "NEXT"),
         lambda d: "NEXT" if d.storage.fed else "NEVer", put_control)  # fmt: skip


def _statistics(table: Table) -> None:
    def data(device: K2400, _: tuple[str, ...]) -> str:
        """Of voltage, current and resistance where they are among the elements."""
        readings = device.storage.readings
        if not readings:
            raise ScpiError(-230)
        kind, chosen = device.values["statistic"], device.values["elements"]
        names = [n for n in ("VOLTage", "CURRent", "RESistance") if n in chosen]
        return ",".join(f"{_statistic(kind, readings, name):+.6E}" for name in names)

    word(table, ":CALCulate3:FORMat", tuple(_STATISTICS), *keep("statistic"))
    table.query(":CALCulate3:DATA", data)


def _statistic(kind: str, readings: list[Reading], name: str) -> float:
    return _STATISTICS[kind]([reading.element(name) for reading in readings])


def _status(table: Table) -> None:
    """Of the registers only the measurement events are modelled."""
    numeric(
        table, ":STATus:MEASurement:ENABle", _REGISTER, *keep("event_enable"), whole=True
    )  # fmt: skip
    table.query(":STATus:MEASurement[:EVENt]", lambda d, _: str(d.measurement_event()))
    table.query(":STATus:MEASurement:CONDition", lambda d, _: str(d.measurement_event()))
    for name in ("OPERation", "QUEStionable"):
        table.query(f":STATus:{name}[:EVENt]", lambda _d, _: "0")
        table.query(f":STATus:{name}:CONDition", lambda _d, _: "0")
        table.command(f":STATus:{name}:ENABle", lambda _d, _: None)
    table.query("*STB", _status_byte)
    table.command("*TRG", lambda _d, _: None, 0, 0)


def _status_byte(device: K2400, _: tuple[str, ...]) -> str:
    """Bit 0 sums up the enabled measurement events."""
    enabled = device.values["event_enable"]
    bits = device.status.byte(device.message_available)
    if device.measurement_event() & enabled:
        bits |= 1 | 64 * bool(device.status.service_enable & 1)
    return str(bits)


def _system(table: Table) -> None:
    flag(table, ":SYSTem:RSENse", *keep("remote_sense"))
    table.query(":SYSTem:AZERo[:STATe]", lambda d, _: "1" if d.values["auto_zero"] else "0")
    table.command(":SYSTem:AZERo[:STATe]", _auto_zero)
    word(table, ":ROUTe:TERMinals", ("FRONt", "REAR"), lambda d: d.values["terminals"],
         lambda d, name: d.select_terminals(name))  # fmt: skip
    table.query(":SYSTem:LFRequency", lambda _d, _: "50")
    table.command(":SYSTem:LFRequency", lambda _d, _: None)
    flag(table, ":SYSTem:LFRequency:AUTO", *keep("line_auto"))
    table.command(":SYSTem:PRESet", lambda d, _: d.reset(), 0, 0)
    table.command(":SYSTem:CLEar", lambda d, _: d.status.errors.clear(), 0, 0)
    table.command(":SYSTem:TIME:RESet", _reset_time, 0, 0)
    table.command(":SYSTem:BEEPer[:IMMediate]", lambda _d, _: None, 2, 2)
    table.command(":SYSTem:BEEPer:STATe", lambda _d, _: None)
    for node in ("LOCal", "REMote", "RWLock"):
        table.command(f":SYSTem:{node}", lambda _d, _: None, 0, 0)
    flag(table, ":DISPlay:ENABle", *keep("display"))


def _reset_time(device: K2400, _: tuple[str, ...]) -> None:
    device.zero_time = device.t


def _auto_zero(device: K2400, arguments: tuple[str, ...]) -> None:
    if not matches(arguments[0], "ONCE"):
        device.values["auto_zero"] = boolean(arguments[0])
