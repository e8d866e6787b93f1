"""Commands of the DAQ6510 beyond those of the DMM6500 (DAQ6510-901-01, SCPI command reference)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim_backends.emulators.keithley.channel_list import ChannelTable
from sim_backends.emulators.keithley.daq6510_route import add_route
from sim_backends.emulators.keithley.daq6510_setup import FUNCTIONS
from sim_backends.emulators.keithley.dmm6500_commands import add_function
from sim_backends.emulators.keithley.dmm6500_commands import build_table as meter_table
from sim_backends.emulators.keithley.instrument import measure_as
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.settings import flag, numeric, word
from sim_backends.emulators.scpi.values import Numeric, select, short_form, string

if TYPE_CHECKING:
    from sim_backends.emulators.keithley.daq6510 import DAQ6510

_NEW = {
    "CURRent:DC": ("CURRent[:DC]", Numeric(-3.1, 3.1, 3, "A", 1e-5, 3)),
    "FRESistance": ("FRESistance", Numeric(0, 1.2e8, 1e8, "OHM", 1, 1e8)),
    "TEMPerature": ("TEMPerature", Numeric(-1e4, 1e4, 1e3)),
}
_NAMES = {name: name for name in FUNCTIONS} | {"VOLTage": "VOLTage:DC", "CURRent": "CURRent:DC"}
_TRANSDUCERS = ("TCouple", "RTD", "FRTD")
_KINDS = ("K", "T", "J", "S", "N", "E")
_JUNCTIONS = ("SIMulated", "INTernal")
_PLATINUM = ("PT100", "PT385")


def build_table() -> Table:
    """The command table of the model."""
    table = ChannelTable(meter_table())
    for name, (pattern, limits) in _NEW.items():
        add_function(table, name, pattern, limits)
        table.query(f":MEASure:{pattern}", measure_as(name), 0, 15)
    table.query("[:SENSe[1]]:FUNCtion[:ON]", lambda d, _: shown(d.function))
    table.command("[:SENSe[1]]:FUNCtion[:ON]", _select)
    word(table, "[:SENSe[1]]:FRESistance:OCOMpensated", ("OFF", "ON", "AUTO"),
         lambda d: d.active.compensation, _put_compensation)  # fmt: skip
    _temperature(table, "[:SENSe[1]]:TEMPerature")
    table.command(":ROUTe:TERMinals", _no_terminals)
    table.command(":INITiate[:IMMediate]", lambda d, _: d.initiate(), 0, 0)
    table.query(":TRIGger:STATe", lambda d, _: "IDLE;IDLE;0" if d.idle else "RUNNING;RUNNING;0")
    add_route(table)
    _cards(table)
    return table


def shown(function: str) -> str:
    """The function as `SENSe:FUNCtion?` answers it."""
    name, _, rest = function.partition(":")
    return f'"{short_form(name)}{":" + rest if rest else ""}"'


def _select(device: DAQ6510, arguments: tuple[str, ...]) -> None:
    device.function = select(string(arguments[0]), _NAMES)


def _put_compensation(device: DAQ6510, mode: str) -> None:
    device.active.compensation = mode


def _no_terminals(_device: DAQ6510, _: tuple[str, ...]) -> None:
    """The terminals are chosen by a switch on the front panel."""
    raise ScpiError(-221, "terminals are set by the front-panel switch")


def _temperature(table: Table, root: str) -> None:
    def put_transducer(device: Any, name: str) -> None:
        device.sensor.transducer = name

    def put_kind(device: Any, name: str) -> None:
        device.sensor.thermocouple = name

    def put_junction(device: Any, name: str) -> None:
        device.sensor.junction = name

    def put_platinum(device: Any, name: str) -> None:
        device.sensor.platinum = name

    def put_unit(device: Any, name: str) -> None:
        device.sensor.unit = name

    def put_simulated(device: Any, celsius: float) -> None:
        device.sensor.simulated = celsius

    def put_detector(device: Any, on: bool) -> None:
        device.sensor.open_detector = on

    word(table, f"{root}:TRANsducer", _TRANSDUCERS, lambda d: d.sensor.transducer, put_transducer)
    word(table, f"{root}:TCouple:TYPE", _KINDS, lambda d: d.sensor.thermocouple, put_kind)
    reference = f"{root}:TCouple:RJUNction"
    for tail in ("", "[1]"):
        word(table, f"{reference}{tail}:RSELect", _JUNCTIONS, lambda d: d.sensor.junction,
             put_junction)  # fmt: skip
        numeric(table, f"{reference}{tail}:SIMulated", Numeric(0, 65, 23),
                lambda d: d.sensor.simulated, put_simulated)  # fmt: skip
    for wires in ("TWO", "FOUR"):
        word(table, f"{root}:RTD:{wires}", _PLATINUM, lambda d: d.sensor.platinum, put_platinum)
    word(table, f"{root}:UNIT", ("CELSius", "KELVin", "FAHRenheit"), lambda d: d.sensor.unit,
         put_unit)  # fmt: skip
    flag(table, f"{root}:ODETector", lambda d: d.sensor.open_detector, put_detector)


def _cards(table: Table) -> None:
    table.query(":SYSTem:CARD1:IDN", lambda d, _: d.card_identity)
    table.query(":SYSTem:CARD2:IDN", lambda _d, _: "Empty Slot")
    table.query(":SYSTem:CARD1:VCHannel:STARt", lambda d, _: str(d.numbers[0]))
    table.query(":SYSTem:CARD1:VCHannel:END", lambda d, _: str(d.numbers[-1]))
    # A pseudocard does nothing where a card is installed.
    table.command(":SYSTem:PCARd1", lambda _d, _: None)
    table.query(":SYSTem:CARD1:VMAX", lambda _d, _: "300")
