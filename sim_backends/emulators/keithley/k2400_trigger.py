"""Acquisition of the 2400: READ, INITiate, FETCh, MEASure, and the ARM and TRIGger layers."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim_backends.emulators.keithley.k2400_errors import own_error
from sim_backends.emulators.keithley.k2400_readings import ELEMENTS, numbers, rendered
from sim_backends.emulators.keithley.k2400_source import levels
from sim_backends.emulators.keithley.k2400_specs import COMPLIANCE, RANGE_COMPLIANCE
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.settings import keep, numeric, word
from sim_backends.emulators.scpi.values import Numeric, choice, short_form

if TYPE_CHECKING:
    from sim_backends.emulators.keithley.k2400 import K2400

_MOST = 2500
_COUNT = Numeric(1, _MOST, 1)
_MEASURED = {
    "": "", ":VOLTage[:DC]": "VOLTage", ":CURRent[:DC]": "CURRent", ":RESistance": "RESistance",
}  # fmt: skip


def add_trigger(table: Table) -> None:
    """Add the groups to `table`."""
    table.query(":READ", _read)
    table.query(":FETCh", lambda d, _: _answer(d))
    table.command(":INITiate[:IMMediate]", _initiate, 0, 0)
    table.command(":ABORt", lambda d, _: d.abort(), 0, 0)
    for pattern, function in _MEASURED.items():
        table.query(f":MEASure{pattern}", _measure(function))
        if function:
            table.command(f":CONFigure{pattern}", _configure(function), 0, 0)
    _layers(table)
    _format(table)


def _cycle(device: K2400) -> Generator[float, None, None]:
    """All readings of the arm and trigger counts, the source stepping with each trigger."""
    plan, source = levels(device), device.source
    if not device.values["output"]:
        if not device.values["clear_auto"]:
            raise own_error(803)
        device.switch(True)
    device.latest = []
    _best_range(device, plan)
    for arm in range(device.values["arm_count"]):
        if arm and device.values["arm_source"] == "TIMer":
            yield device.t + device.values["arm_timer"]
        for count in range(device.values["trigger_count"]):
            if plan is not None:
                device.set_level(source, plan[count % len(plan)])
            yield from device.acquire()
            if plan is not None and _ends(device):
                _after(device)
                return
    _after(device)


def _best_range(device: K2400, plan: tuple[float, ...] | None) -> None:
    if plan is not None and device.values["ranging"] == "BEST":
        channel = device.stage.sources[device.source]
        device.values["range", device.source] = channel.fit(max(plan, key=abs))


def _ends(device: K2400) -> bool:
    held = device.latest[-1].status & (COMPLIANCE | RANGE_COMPLIANCE)
    return device.values["abort"] != "NEVer" and bool(held)


def _after(device: K2400) -> None:
    if device.values["clear_auto"]:
        device.switch(False)


def _answer(device: K2400) -> str:
    if not device.latest:
        raise ScpiError(-230)
    return shown(device, device.latest)


def shown(device: Any, readings: Any) -> str:
    """Readings as `:FORMat` has them."""
    values = numbers(readings, device.values["elements"])
    return rendered(values, device.values["format"], device.values["order"] == "SWAPped")


def _read(device: K2400, _: tuple[str, ...]) -> Generator[float, None, str]:
    if not device.idle:
        raise ScpiError(-213)
    yield from _cycle(device)
    return _answer(device)


def _initiate(device: K2400, _: tuple[str, ...]) -> None:
    if not device.values["output"] and not device.values["clear_auto"]:
        raise own_error(803)
    device.start(_cycle(device))


def _measure(function: str) -> Any:
    def measure(device: K2400, arguments: tuple[str, ...]) -> Generator[float, None, str]:
        if function:
            _configure(function)(device, ())
        return _read(device, arguments)

    return measure


def _configure(function: str) -> Any:
    def configure(device: K2400, _: tuple[str, ...]) -> None:
        """One function alone, one trigger, the output on."""
        device.values["functions"] = {function}
        device.values |= {"trigger_count": 1, "arm_count": 1}
        device.switch(True)

    return configure


def _counted(key: str, other: str) -> tuple[Any, Any]:
    get, put = keep(key)

    def limited(device: K2400, count: int) -> None:
        if count * device.values[other] > _MOST:
            raise ScpiError(-222, str(count))
        put(device, count)

    return get, limited


def _layers(table: Table) -> None:
    trigger, arm = ":TRIGger[:SEQuence[1]]", ":ARM[:SEQuence[1]][:LAYer[1]]"
    numeric(table, f"{trigger}:COUNt", _COUNT, *_counted("trigger_count", "arm_count"), whole=True)
    numeric(table, f"{arm}:COUNt", _COUNT, *_counted("arm_count", "trigger_count"), whole=True)
    numeric(table, f"{trigger}:DELay", Numeric(0, 999.9999, 0, "S"), *keep("trigger_delay"))
    numeric(table, f"{arm}:TIMer", Numeric(0.001, 99999.99, 0.1, "S"), *keep("arm_timer"))
    word(table, f"{trigger}:SOURce", ("IMMediate", "TLINk"), *keep("trigger_source"))
    word(
        table,
        f"{arm}:SOURce",
        ("IMMediate", "TIMer", "BUS", "MANual", "TLINk"),
        *keep("arm_source"),
    )
    outputs = ("NONE", "SOURce", "DELay", "SENSe", "TENTer", "TEXit")
    word(table, f"{trigger}:OUTPut", outputs, *keep("trigger_output"))
    word(table, f"{arm}:OUTPut", outputs, *keep("arm_output"))
    for layer, root in (("trigger", trigger), ("arm", arm)):
        for node, default in (("ILINe", 1), ("OLINe", 2)):
            line = keep((node, layer))
            numeric(table, f"{root}:{node}", Numeric(1, 4, default), *line, whole=True)
    table.command(":TRIGger:CLEar", lambda _d, _: None, 0, 0)


def _format(table: Table) -> None:
    def choose(device: K2400, arguments: tuple[str, ...]) -> None:
        device.values["elements"] = {choice(one, ELEMENTS) for one in arguments}

    def chosen(device: K2400, _: tuple[str, ...]) -> str:
        names = [name for name in ELEMENTS if name in device.values["elements"]]
        return ",".join(short_form(name) for name in names)

    def put_kind(device: K2400, arguments: tuple[str, ...]) -> None:
        device.values["format"] = choice(arguments[0], ("ASCii", "REAL", "SREal"))

    table.command(":FORMat:ELEMents[:SENSe[1]]", choose, 1, len(ELEMENTS))
    table.query(":FORMat:ELEMents[:SENSe[1]]", chosen)
    table.command(":FORMat[:DATA]", put_kind, 1, 2)
    table.query(":FORMat[:DATA]", lambda d, _: short_form(d.values["format"]))
    word(table, ":FORMat:BORDer", ("NORMal", "SWAPped"), *keep("order"))
