"""Commands of the WT310E: COMMunicate, INPut, RATE, HOLD, INTEGrate, HARMonics, STATus, SYSTem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.common import ieee488_table
from sim_backends.emulators.scpi.settings import bit, keep
from sim_backends.emulators.scpi.values import Numeric, boolean, choice
from sim_backends.emulators.yokogawa import wt310e_specs as specs
from sim_backends.emulators.yokogawa.tell import choose, count, spelled, switch, tell
from sim_backends.emulators.yokogawa.wt310e_numeric import add_numeric
from sim_backends.emulators.yokogawa.wt310e_registers import FILTERS
from sim_backends.emulators.yokogawa.wt310e_scaling import add_scaling
from sim_backends.emulators.yokogawa.wt310e_words import setting

if TYPE_CHECKING:
    from sim_backends.emulators.yokogawa.wt310e import WT310E

_REGISTER = Numeric(0, 65535, 0)
_CREST = ("3", "6", "A6")


def build_table() -> Table:
    """The command table of the model."""
    table = ieee488_table()
    _communicate(table)
    _input(table)
    _integrate(table)
    _harmonics(table)
    _status(table)
    _system(table)
    add_numeric(table)
    add_scaling(table)
    switch(table, ":HOLD", lambda d: d.held is not None, lambda d, on: d.hold(on))
    tell(table, ":RATE", lambda d: setting(d.values["rate"]))
    table.command(":RATE", _rate)
    return table


def _communicate(table: Table) -> None:
    def put_header(device: WT310E, on: bool) -> None:
        device.header = on

    def put_verbose(device: WT310E, on: bool) -> None:
        device.verbose = on

    switch(table, ":COMMunicate:HEADer", lambda d: d.header, put_header)
    switch(table, ":COMMunicate:VERBose", lambda d: d.verbose, put_verbose)
    switch(table, ":COMMunicate:REMote", *keep("remote"))
    switch(table, ":COMMunicate:LOCKout", *keep("lockout"))
    table.command(":COMMunicate:WAIT", lambda d, a: d.wait(_REGISTER.integer(a[0])))


def _rate(device: WT310E, arguments: tuple[str, ...]) -> None:
    device.need_rest()
    device.values["rate"] = _of(specs.RATES, arguments[0], "S", 1.0)
    device.restart()


def _of(allowed: Sequence[float], token: str, unit: str, scale: float) -> float:
    """The one of `allowed` that is meant, before `scale`; -222 where there is none."""
    # In currents `MA` is milliampere, not mega (IM WT310E-17EN, page 5-6).
    least, most = allowed[0] * scale, allowed[-1] * scale
    value = Numeric(least, most, most, unit).parse(token)
    for one in allowed:
        if abs(value - one * scale) <= 1e-6 * one:
            return one
    raise ScpiError(-222, token)


def _input(table: Table) -> None:
    def resting(device: WT310E) -> None:
        device.restart()

    choose(table, "[:INPut]:MODE", ("RMS", "VMEan", "DC"), *_guarded("mode"))
    tell(table, "[:INPut]:CFACtor", lambda d: d.values["crest"])
    table.command("[:INPut]:CFACtor", _crest)
    choose(table, "[:INPut]:SYNChronize", ("VOLTage", "CURRent", "OFF"), *keep("sync", resting))
    switch(table, "[:INPut]:FILTer:LINE", *keep("line_filter"))
    switch(table, "[:INPut]:FILTer:FREQuency", *keep("frequency_filter"))
    tell(table, "[:INPut]:WIRing", lambda _d: "P1W2")
    table.command("[:INPut]:WIRing", lambda _d, a: _only_single_phase(a[0]))
    table.query("[:INPut]:POVer", lambda d, _: str((d.condition() >> 7) & 3))
    table.query("[:INPut]:CRANge", lambda d, _: str(_check_range(d)))
    _range(table, "VOLTage", "V", specs.VOLTAGE_RANGES, "auto_u", _put_voltage)
    _range(table, "CURRent", "A", specs.CURRENT_RANGES, "auto_i", _put_current)


def _guarded(key: str) -> tuple[Any, Any]:
    get, put = keep(key, lambda d: d.restart())

    def guarded(device: WT310E, value: Any) -> None:
        device.need_rest()
        put(device, value)

    return get, guarded


def _crest(device: WT310E, arguments: tuple[str, ...]) -> None:
    device.need_rest()
    if arguments[0].upper() not in _CREST:
        raise ScpiError(-224, arguments[0])
    device.values["crest"] = arguments[0].upper()
    device.restart()


def _only_single_phase(token: str) -> None:
    if token.upper() != "P1W2":
        raise ScpiError(-224, token)


def _check_range(device: WT310E) -> int:
    """Bits by IM WT310E-17EN, :INPut:CRANge?; 0 in range. Bit 0 voltage, bit 1 current over."""
    found = device.found
    return (found["U"] > 9e37) + 2 * (found["I"] > 9e37)


def _put_voltage(device: WT310E, index: int) -> None:
    device.range_u = index


def _put_current(device: WT310E, index: int) -> None:
    device.range_i = index


def _range(
    table: Table, name: str, unit: str, ranges: tuple[float, ...], auto: str, put: Any
) -> None:
    place = 0 if unit == "V" else 1

    def fixed(device: WT310E, arguments: tuple[str, ...]) -> None:
        device.need_rest()
        put(device, ranges.index(_of(ranges, arguments[0], unit, device.scale)))
        device.values[auto] = False
        device.restart()

    tell(table, f"[:INPut]:{name}:RANGe", lambda d: setting(d.full[place]))
    table.command(f"[:INPut]:{name}:RANGe", fixed)
    switch(table, f"[:INPut]:{name}:AUTO", *_guarded(auto))


def _integrate(table: Table) -> None:
    def mode(device: WT310E, name: str) -> None:
        device.integration.continuous = name == "CONTinuous"

    choose(table, ":INTEGrate:MODE", ("NORMal", "CONTinuous"),
           lambda d: "CONTinuous" if d.integration.continuous else "NORMal", mode)  # fmt: skip
    tell(table, ":INTEGrate:TIMer", lambda d: _clock(d.integration.limit))
    table.command(":INTEGrate:TIMer", _timer, 3, 3)
    table.command(":INTEGrate:STARt", lambda d, _: d.integration.start(d.t), 0, 0)
    table.command(":INTEGrate:STOP", _stop, 0, 0)
    table.command(":INTEGrate:RESet", lambda d, _: d.integration.reset(), 0, 0)
    table.query(":INTEGrate:STATe", lambda d, _: spelled(d, d.integration.state))


def _stop(device: WT310E, _: tuple[str, ...]) -> None:
    if device.integration.running:
        device.integration.add(device.found, device.t)
    device.integration.stop()


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600},{whole // 60 % 60},{whole % 60}"


def _timer(device: WT310E, arguments: tuple[str, ...]) -> None:
    device.need_rest()
    parts = zip(((10000, 3600.0), (59, 60.0), (59, 1.0)), arguments, strict=True)
    limit = sum(Numeric(0, top, 0).integer(token) * unit for (top, unit), token in parts)
    device.integration.limit = limit


def _harmonics(table: Table) -> None:
    choose(table, ":HARMonics:PLLSource", ("U1", "I1"), *keep("pll"))
    choose(table, ":HARMonics:THD", ("TOTal", "FUNDamental"), *keep("thd"))
    tell(table, ":HARMonics:ORDer", lambda d: f"1,{d.values['orders']}")
    table.command(":HARMonics:ORDer", _orders, 2, 2)


def _orders(device: WT310E, arguments: tuple[str, ...]) -> None:
    Numeric(1, 1, 1).integer(arguments[0])
    device.values["orders"] = Numeric(1, 50, 50).integer(arguments[1])


def _status(table: Table) -> None:
    table.query(":STATus:CONDition", lambda d, _: str(d.condition() + d.updating))
    table.query(":STATus:EESR", lambda d, _: str(d.extended.read()))
    table.query(":STATus:ERRor", lambda d, _: d.error_text())

    def put_enable(device: WT310E, value: int) -> None:
        device.extended.enable = value

    count(table, ":STATus:EESE", _REGISTER, lambda d: d.extended.enable, put_enable)
    for index in range(16):
        _filter(table, index)


def _filter(table: Table, index: int) -> None:
    pattern = f":STATus:FILTer{index + 1}" if index else ":STATus:FILTer[1]"

    def put(device: WT310E, arguments: tuple[str, ...]) -> None:
        device.extended.filters[index] = choice(arguments[0], FILTERS)

    tell(table, pattern, lambda d: spelled(d, d.extended.filters[index]))
    table.command(pattern, put)


def _system(table: Table) -> None:
    table.query(":SYSTem:MODel", lambda d, _: f'"{d.identity[1]}"')
    table.query(":SYSTem:SERial", lambda d, _: f'"{d.identity[2]}"')
    tell(table, ":SYSTem:KLOCk", lambda d: bit(d.values["klock"]))
    table.command(":SYSTem:KLOCk", lambda d, a: d.values.update(klock=boolean(a[0])))
    table.command(":SYSTem:ECLear", lambda d, _: d.status.errors.clear(), 0, 0)
