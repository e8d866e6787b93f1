"""Commands of the GENESYS+: OUTPut, VOLTage, CURRent, MEASure, STATus, SYSTem, INSTrument."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.common import common_table
from sim_backends.emulators.scpi.errors import DeviceError
from sim_backends.emulators.scpi.settings import flag, numeric, word
from sim_backends.emulators.scpi.values import Numeric, boolean, short_form
from sim_backends.emulators.tdk_lambda.genesys_plus_output import OVER
from sim_backends.emulators.tdk_lambda.genesys_plus_specs import DELAY

if TYPE_CHECKING:
    from sim_backends.emulators.tdk_lambda.genesys_plus import GenesysPlus

APART = 1.05
"""The over-voltage protection stays at least this factor above the set voltage."""
_LEVEL = "[:LEVel][:IMMediate][:AMPLitude]"
_MODES = ("OFF", "CC", "CV")


def build_table() -> Table:
    """The command table of the series."""
    table = common_table()
    table.query("*OPT", lambda _d, _: "0")
    _levels(table)
    _protections(table)
    _output(table)
    _measure(table)
    for name in ("QUEStionable", "OPERation"):
        _register(table, name)
    _system(table)
    return table


def _volts(device: GenesysPlus, value: float) -> str:
    return device.RATING.shown(value, device.RATING.volts)


def _amps(device: GenesysPlus, value: float) -> str:
    return device.RATING.shown(value, device.RATING.amps)


def _levels(table: Table) -> None:
    for name in ("VOLTage", "CURRent"):
        _level(table, name)


def _level(table: Table, name: str) -> None:
    def limits(device: GenesysPlus) -> Numeric:
        return device.RATING.voltage if name == "VOLTage" else device.RATING.current

    def put(device: GenesysPlus, arguments: tuple[str, ...]) -> None:
        value = limits(device).parse(arguments[0])
        if name == "VOLTage":
            _fits(device, value)
            device.output.voltage.put(value, device.t)
        else:
            device.output.current.put(value, device.t)
        device.changed()

    def show(device: GenesysPlus, arguments: tuple[str, ...]) -> str:
        level = device.output.voltage if name == "VOLTage" else device.output.current
        value = limits(device).named(arguments[0]) if arguments else level.set
        if value is None:
            raise ScpiError(-104, arguments[0])
        return (_volts if name == "VOLTage" else _amps)(device, value)

    table.command(f"[:SOURce]:{name}{_LEVEL}", put)
    table.query(f"[:SOURce]:{name}{_LEVEL}", show, 0, 1)


def _fits(device: GenesysPlus, volts: float) -> None:
    if volts * APART > device.output.over * (1 + 1e-9):
        raise DeviceError(301, "PV above OVP")
    if volts < device.output.under and not device.output.under_trips:
        raise DeviceError(302, "PV below UVL")


def _protections(table: Table) -> None:
    def put_over(device: GenesysPlus, arguments: tuple[str, ...]) -> None:
        value = device.RATING.over_voltage.parse(arguments[0])
        if value * (1 + 1e-9) < device.output.voltage.set * APART:
            raise DeviceError(304, "OVP below PV")
        device.output.over = value
        device.changed()

    def put_under(device: GenesysPlus, arguments: tuple[str, ...]) -> None:
        value = device.RATING.under_voltage.parse(arguments[0])
        if value > device.output.voltage.set and value > 0.0:
            raise DeviceError(306, "UVL above PV")
        device.output.under = value
        device.changed()

    def put_trips(device: GenesysPlus, on: bool) -> None:
        device.output.under_trips = on
        device.changed()

    def put_current_trips(device: GenesysPlus, on: bool) -> None:
        device.output.fold = "CC" if on else "OFF"
        device.changed()

    current = "[:SOURce]:CURRent:PROTection:STATe"
    flag(table, current, lambda d: d.output.fold == "CC", put_current_trips)
    root = "[:SOURce]:VOLTage:PROTection"
    table.query(f"{root}:TRIPped", lambda d, _: str(int(OVER in d.output.tripped)))
    table.command(f"{root}[:LEVel]", put_over)
    table.query(f"{root}[:LEVel]", _shown_over, 0, 1)
    table.command(f"{root}:LOW[:LEVel]", put_under)
    table.query(f"{root}:LOW[:LEVel]", lambda d, _: _volts(d, d.output.under))
    flag(table, f"{root}:LOW:STATe", lambda d: d.output.under_trips, put_trips)


def _shown_over(device: GenesysPlus, arguments: tuple[str, ...]) -> str:
    named = device.RATING.over_voltage.named(arguments[0]) if arguments else device.output.over
    if named is None:
        raise ScpiError(-104, arguments[0])
    return _volts(device, named)


def _output(table: Table) -> None:
    def put(device: GenesysPlus, arguments: tuple[str, ...]) -> None:
        on = boolean(arguments[0])
        if on and device.output.tripped:
            raise DeviceError(307, "On during fault")
        device.output.switch(on, device.t)
        device.changed()

    def release(device: GenesysPlus, _: tuple[str, ...]) -> None:
        device.output.release(device.t)
        device.changed()

    def put_fold(device: GenesysPlus, mode: str) -> None:
        device.output.fold = mode
        device.changed()

    def put_delay(device: GenesysPlus, seconds: float) -> None:
        device.output.delay = seconds
        device.changed()

    def put_restart(device: GenesysPlus, mode: str) -> None:
        device.restart = mode

    table.command(":OUTPut[:STATe]", put)
    table.query(":OUTPut[:STATe]", lambda d, _: str(int(d.output.on)))
    table.query(":OUTPut:MODE", lambda d, _: d.output.point(d.t)[2])
    table.command(":OUTPut:PROTection:CLEar", release, 0, 0)
    fold = ":OUTPut:PROTection:FOLDback[:MODE]"
    word(table, fold, _MODES, lambda d: d.output.fold, put_fold)
    delay = (":OUTPut:PROTection:DELay", ":OUTPut:PROTection:FOLDback:DELay")
    numeric(
        table, delay, DELAY, lambda d: d.output.delay, put_delay, show=lambda value: f"{value:.1f}"
    )
    word(table, ":OUTPut:PON[:STATe]", ("SAFE", "AUTO"), lambda d: d.restart, put_restart)


def _measure(table: Table) -> None:
    table.query(":MEASure:VOLTage[:DC]", lambda d, _: _volts(d, d.output.read(d.t)[0]))
    table.query(":MEASure:CURRent[:DC]", lambda d, _: _amps(d, d.output.read(d.t)[1]))

    def power(device: GenesysPlus, _: tuple[str, ...]) -> str:
        volts, amps = device.output.read(device.t)
        return device.RATING.shown(volts * amps, device.RATING.volts * device.RATING.amps)

    table.query(":MEASure:POWer[:DC]", power)


def _register(table: Table, name: str) -> None:
    root = f":STATus:{name}"

    def put_enable(device: GenesysPlus, value: float) -> None:
        device.registers[name].enable = int(value)

    table.query(f"{root}:CONDition", lambda d, _: str(d.condition(name, d.t)))
    table.query(f"{root}[:EVENt]", lambda d, _: str(d.registers[name].take()))
    numeric(
        table,
        f"{root}:ENABle",
        Numeric(0, 65535, 0),
        lambda d: d.registers[name].enable,
        put_enable,
        whole=True,
    )


def _system(table: Table) -> None:
    def tell(device: GenesysPlus, _: tuple[str, ...]) -> None:
        device.told = True

    def put_remote(device: GenesysPlus, mode: str) -> None:
        device.remote = short_form(mode)

    def put_address(device: GenesysPlus, value: float) -> None:
        device.address = int(value)

    table.command(":SYSTem:ERRor:ENABle", tell, 0, 0)
    modes = ("LOCal", "REMote", "LLO")
    for pattern in (":SYSTem:REMote[:STATe]", ":SYSTem:SET"):
        word(table, pattern, modes, lambda d: d.remote, put_remote)
    address = Numeric(0, 31, 6)
    numeric(table, ":INSTrument:NSELect", address, lambda d: d.address, put_address, whole=True)
