""":LIST group of the E4980A: the points of a sweep and how a trigger goes through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim_backends.emulators.keysight import e4980a_specs as specs
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.settings import keep, word
from sim_backends.emulators.scpi.values import Numeric

if TYPE_CHECKING:
    from sim_backends.emulators.keysight.e4980a import E4980A

_MOST = 201
_SWEPT = (
    (":LIST:FREQuency", "frequency", specs.FREQUENCY),
    (":LIST:VOLTage", "voltage", specs.VOLTAGE),
    (":LIST:CURRent", "current", specs.CURRENT),
    (":LIST:BIAS:VOLTage", "bias", specs.BIAS_VOLTAGE),
)


def add_list(table: Table) -> None:
    """Add the group to `table`; the parameter set last is the one that is swept."""
    for pattern, key, limits in _SWEPT:
        _swept(table, pattern, key, limits)
    word(table, ":LIST:MODE", ("SEQuence", "STEPped"),
         *keep("list_mode", lambda d: d.settings_changed()))  # fmt: skip
    table.command(":LIST:CLEar:ALL", _clear, 0, 0)


def _swept(table: Table, pattern: str, key: str, limits: Numeric) -> None:
    def put(device: E4980A, arguments: tuple[str, ...]) -> None:
        points = tuple(limits.parse(one) for one in arguments)
        device.values |= {"list": points, "list_by": key}
        device.settings_changed()

    def shown(device: E4980A, _: tuple[str, ...]) -> str:
        if device.values["list_by"] != key or not device.values["list"]:
            raise ScpiError(-230, "no such points in the list")
        return ",".join(f"{point:+.6E}" for point in device.values["list"])

    def count(device: E4980A, _: tuple[str, ...]) -> str:
        return str(len(device.values["list"]) * (device.values["list_by"] == key))

    table.command(pattern, put, 1, _MOST)
    table.query(pattern, shown)
    table.query(f"{pattern}:POINts", count)


def _clear(device: E4980A, _: tuple[str, ...]) -> None:
    device.values["list"] = ()
    device.settings_changed()
