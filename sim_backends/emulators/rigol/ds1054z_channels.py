""":CHANnel<n> group of the DS1054Z."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sim_backends.emulators.rigol import ds1054z_specs as specs
from sim_backends.emulators.rigol.ds1054z_setup import Vertical
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.settings import flag, numeric, word
from sim_backends.emulators.scpi.values import Numeric

if TYPE_CHECKING:
    from sim_backends.emulators.rigol.ds1054z import DS1054Z


def _shown(value: float) -> str:
    return f"{value:.6e}"


def add_channels(table: Table) -> None:
    """Add the groups of the four channels to `table`."""
    for number in specs.CHANNELS:
        _scales(table, number)
        _words(table, number)


def _of(device: DS1054Z, number: int) -> Vertical:
    return device.acquisition.setup.channels[number - 1]


def _change(device: DS1054Z, number: int, channel: Vertical) -> None:
    setup = device.acquisition.setup.with_channel(number, channel)
    device.acquisition.change(setup, device.t)


def _scales(table: Table, number: int) -> None:
    def limits(device: DS1054Z) -> Numeric:
        probe = _of(device, number).probe
        ends = specs.VOLT_SCALES[0] * probe, specs.VOLT_SCALES[-1] * probe
        return Numeric(ends[0], ends[1], 0.1 * probe, "V")

    def put_scale(device: DS1054Z, volts: float) -> None:
        channel = _of(device, number)
        fixed = min(
            (one * channel.probe for one in specs.VOLT_SCALES), key=lambda o: abs(o - volts)
        )
        _change(device, number, replace(channel, scale=volts if channel.fine else fixed))

    def offsets(device: DS1054Z) -> Numeric:
        channel = _of(device, number)
        reach = (100.0 if channel.scale >= 0.5 * channel.probe else 2.0) * channel.probe
        return Numeric(-reach, reach, 0.0, "V")

    def put_offset(device: DS1054Z, volts: float) -> None:
        _change(device, number, replace(_of(device, number), offset=volts))

    def full(device: DS1054Z) -> Numeric:
        narrow = limits(device)
        height = specs.HEIGHT
        return Numeric(height * narrow.low, height * narrow.high, height * narrow.default, "V")

    root = f":CHANnel{number}"
    numeric(table, f"{root}:SCALe", limits, lambda d: _of(d, number).scale, put_scale, show=_shown)
    numeric(table, f"{root}:RANGe", full, lambda d: specs.HEIGHT * _of(d, number).scale,
            lambda d, volts: put_scale(d, volts / specs.HEIGHT), show=_shown)  # fmt: skip
    numeric(table, f"{root}:OFFSet", offsets, lambda d: _of(d, number).offset, put_offset,
            show=_shown)  # fmt: skip


def _words(table: Table, number: int) -> None:
    def put(key: str) -> Any:
        return lambda device, value: _change(
            device, number, replace(_of(device, number), **{key: value})
        )

    def put_limit(device: DS1054Z, name: str) -> None:
        put("limited")(device, name == "20M")

    root = f":CHANnel{number}"
    flag(table, f"{root}:DISPlay", lambda d: _of(d, number).on, put("on"))
    flag(table, f"{root}:INVert", lambda d: _of(d, number).inverted, put("inverted"))
    flag(table, f"{root}:VERNier", lambda d: _of(d, number).fine, put("fine"))
    word(table, f"{root}:COUPling", ("AC", "DC", "GND"), lambda d: _of(d, number).coupling,
         put("coupling"))  # fmt: skip
    word(table, f"{root}:BWLimit", ("20M", "OFF"),
         lambda d: "20M" if _of(d, number).limited else "OFF", put_limit)  # fmt: skip
    units = ("VOLTage", "WATT", "AMPere", "UNKNown")
    word(table, f"{root}:UNITs", units, lambda d: _of(d, number).units, put("units"))
    table.query(f"{root}:PROBe", lambda d, _: f"{_of(d, number).probe:g}")
    table.command(f"{root}:PROBe", lambda d, a: _probe(d, number, a[0]))


def _probe(device: DS1054Z, number: int, token: str) -> None:
    """A new ratio scales what is shown: scale and offset in V at the tip go with it."""
    channel, ratio = _of(device, number), Numeric(0.01, 1000, 10).parse(token)
    if ratio not in specs.PROBES:
        raise ScpiError(-222, token)
    factor = ratio / channel.probe
    scaled = replace(
        channel, probe=ratio, scale=channel.scale * factor, offset=channel.offset * factor
    )
    _change(device, number, scaled)
