"""Commands of the DS1054Z: run control, ACQuire, CHANnel, TIMebase, TRIGger, MEASure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sim_backends.emulators.rigol import ds1054z_specs as specs
from sim_backends.emulators.rigol.ds1054z_acquire import RUN, SINGLE
from sim_backends.emulators.rigol.ds1054z_channels import add_channels
from sim_backends.emulators.rigol.ds1054z_measure import ITEMS
from sim_backends.emulators.rigol.ds1054z_setup import Setup
from sim_backends.emulators.rigol.ds1054z_waveform import add_waveform
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.common import common_table
from sim_backends.emulators.scpi.settings import keep, numeric, word
from sim_backends.emulators.scpi.values import Numeric, choice, matches

if TYPE_CHECKING:
    from sim_backends.emulators.rigol.ds1054z import DS1054Z

SOURCES = tuple(f"CHANnel{n}" for n in specs.CHANNELS)
_SLOPES = ("POSitive", "NEGative", "RFALl")
_SWEEPS = ("AUTO", "NORMal", "SINGle")


def e6(value: float) -> str:
    """A number as the oscilloscope prints it."""
    return f"{value:.6e}"


def build_table() -> Table:
    """The command table of the model."""
    table = common_table()
    _control(table)
    _acquire(table)
    add_channels(table)
    _timebase(table)
    _trigger(table)
    _sources(table)
    add_waveform(table)
    table.query(":MEASure:ITEM", _measured, 1, 2)
    table.command(":MEASure:ITEM", _show_item, 1, 2)
    return table


def _control(table: Table) -> None:
    def run(device: DS1054Z, _: tuple[str, ...]) -> None:
        acquisition = device.acquisition
        if acquisition.sweep == "SINGle":
            acquisition.sweep = device.values["sweep"]
        acquisition.arm(RUN, device.t)

    def single(device: DS1054Z, _: tuple[str, ...]) -> None:
        acquisition = device.acquisition
        if acquisition.sweep != "SINGle":
            device.values["sweep"], acquisition.sweep = acquisition.sweep, "SINGle"
        acquisition.arm(SINGLE, device.t)

    table.command(":RUN", run, 0, 0)
    table.command(":SINGle", single, 0, 0)
    table.command(":STOP", lambda d, _: d.acquisition.stop(d.t), 0, 0)
    table.command(":TFORce", lambda d, _: d.acquisition.force(d.t), 0, 0)
    table.command(":CLEar", lambda _d, _: None, 0, 0)


def _setup(device: DS1054Z) -> Setup:
    return device.acquisition.setup


def _put(key: str) -> Any:
    """Setter of one field of the setup, by the dataclass' own `replace`."""

    def put(device: DS1054Z, value: Any) -> None:
        device.acquisition.change(replace(_setup(device), **{key: value}), device.t)

    return put


def _acquire(table: Table) -> None:
    kinds = ("NORMal", "AVERages", "PEAK", "HRESolution")
    word(table, ":ACQuire:TYPE", kinds, *keep("acquire"))
    numeric(table, ":ACQuire:AVERages", Numeric(2, 1024, 2), *keep("averages"), whole=True)
    table.query(":ACQuire:SRATe", lambda d, _: e6(_setup(d).rate))
    table.query(":ACQuire:MDEPth", lambda d, _: str(_setup(d).depth_setting or "AUTO"))
    table.command(":ACQuire:MDEPth", _depth)


def _depth(device: DS1054Z, arguments: tuple[str, ...]) -> None:
    if matches(arguments[0], "AUTO"):
        device.acquisition.set_depth(0, device.t)
        return
    points = Numeric(1, 24e6, 12e3).integer(arguments[0])
    if points not in _setup(device).depths():
        raise ScpiError(-222, arguments[0])
    device.acquisition.set_depth(points, device.t)


def _timebase(table: Table) -> None:
    def put_scale(device: DS1054Z, seconds: float) -> None:
        scale = min(specs.TIME_SCALES, key=lambda one: abs(one - seconds))
        _put("time_scale")(device, scale)

    word(table, ":TIMebase:MODE", ("MAIN",), lambda _d: "MAIN", lambda _d, _v: None)
    low, high = specs.TIME_SCALES[0], specs.TIME_SCALES[-1]
    numeric(table, ":TIMebase[:MAIN]:SCALe", Numeric(low, high, 1e-6, "S"),
            lambda d: _setup(d).time_scale, put_scale, show=e6)  # fmt: skip
    numeric(table, ":TIMebase[:MAIN]:OFFSet", Numeric(-5000, 5000, 0, "S"),
            lambda d: _setup(d).delay, _put("delay"), show=e6)  # fmt: skip


def _trigger(table: Table) -> None:
    def put(key: str) -> Any:
        def setter(device: DS1054Z, value: Any) -> None:
            trigger = replace(_setup(device).trigger, **{key: value})
            _put("trigger")(device, trigger)

        return setter

    def source(device: DS1054Z, name: str) -> None:
        put("source")(device, int(name[-1]))

    def level_limits(device: DS1054Z) -> Numeric:
        setup = _setup(device)
        channel = setup.channels[setup.trigger.source - 1]
        reach = 5.0 * channel.scale
        return Numeric(-reach - channel.offset, reach - channel.offset, 0.0, "V")

    word(table, ":TRIGger:MODE", ("EDGE",), lambda _d: "EDGE", lambda _d, _v: None)
    table.query(":TRIGger:STATus", lambda d, _: d.acquisition.status(d.t))
    word(table, ":TRIGger:SWEep", _SWEEPS, lambda d: d.acquisition.sweep, _sweep)
    word(
        table, ":TRIGger:COUPling", ("AC", "DC", "LFReject", "HFReject"), *keep("trigger_coupling")
    )
    numeric(table, ":TRIGger:HOLDoff", Numeric(16e-9, 10, 16e-9, "S"),
            lambda d: _setup(d).trigger.holdoff, put("holdoff"), show=e6)  # fmt: skip
    word(table, ":TRIGger:EDGe:SOURce", SOURCES,
         lambda d: f"CHANnel{_setup(d).trigger.source}", source)  # fmt: skip
    word(table, ":TRIGger:EDGe:SLOPe", _SLOPES, lambda d: _setup(d).trigger.slope, put("slope"))
    numeric(table, ":TRIGger:EDGe:LEVel", level_limits,
            lambda d: _setup(d).trigger.level, put("level"), show=e6)  # fmt: skip


def _sweep(device: DS1054Z, name: str) -> None:
    device.acquisition.sweep = name
    if name == "SINGle":
        device.acquisition.arm(SINGLE, device.t)
    elif device.acquisition.state == SINGLE:
        device.acquisition.arm(RUN, device.t)


def _sources(table: Table) -> None:
    for pattern, key in (
        (":WAVeform:SOURce", "wave_source"),
        (":MEASure:SOURce", "measure_source"),
    ):
        _source(table, pattern, key)


def _source(table: Table, pattern: str, key: str) -> None:
    def put(device: DS1054Z, name: str) -> None:
        device.values[key] = int(name[-1])

    word(table, pattern, SOURCES, lambda d: f"CHANnel{d.values[key]}", put)


def _item(device: DS1054Z, arguments: tuple[str, ...]) -> tuple[str, int]:
    item = choice(arguments[0], tuple(ITEMS))
    if len(arguments) < 2:
        return item, device.values["measure_source"]
    return item, int(choice(arguments[1], SOURCES)[-1])


def _show_item(device: DS1054Z, arguments: tuple[str, ...]) -> None:
    _item(device, arguments)


def _measured(device: DS1054Z, arguments: tuple[str, ...]) -> str:
    value = device.measure(*_item(device, arguments))
    return specs.NO_VALUE if value is None else e6(value)
