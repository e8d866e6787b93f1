"""Marker commands of the AQ6370D (remote control manual, 7-44 to 7-49 and 7-53 to 7-56).

The device has `markers`, each the wavelength in m and the level in dBm of a point: 0 is the moving
marker, 1 to 4 are the advanced ones. Fixed markers are not emulated.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.values import boolean, choice
from sim_backends.emulators.yokogawa.aq6370_scale import displayed
from sim_backends.emulators.yokogawa.aq6370_words import nr3, sequential, wavelength

MOVING = 0


def add_markers(table: Table) -> None:
    """The moving marker and the advanced ones."""
    root = ":CALCulate:MARKer"
    table.command(f"{root}:MAXimum", sequential(lambda d, _: _to_peak(d, MOVING)), 0, 0)
    table.command(f"{root}:MINimum", sequential(lambda d, _: _to_bottom(d, MOVING)), 0, 0)
    table.command(f"{root}:MAXimum:SCENter", sequential(_centre), 0, 0)
    table.command(f"{root}:MAXimum:SRLevel", sequential(_reference), 0, 0)
    table.command(f"{root}:AOFF", lambda d, _: d.markers.pop(MOVING, None), 0, 0)
    table.command(f"{root}:X", sequential(lambda d, a: _place(d, _moving(a[0]), a[1])), 2, 2)
    table.query(f"{root}:X", sequential(lambda d, a: nr3(_get(d, _moving(a[0]))[0])), 1, 1)
    table.query(f"{root}:Y", sequential(lambda d, a: nr3(_level(d, _moving(a[0])))), 1, 1)
    for marker in range(1, 5):
        _advanced(table, f":CALCulate:AMARker{'[1]' if marker == 1 else marker}", marker)


def _advanced(table: Table, root: str, marker: int) -> None:
    def switch(device: Any, arguments: tuple[str, ...]) -> None:
        if not boolean(arguments[0]):
            device.markers.pop(marker, None)
        elif marker not in device.markers:
            _to_peak(device, marker)

    table.command(f"{root}[:STATe]", sequential(switch))
    table.query(f"{root}[:STATe]", lambda d, _: str(int(marker in d.markers)))
    table.command(f"{root}:MAXimum", sequential(lambda d, _: _to_peak(d, marker)), 0, 0)
    table.command(f"{root}:MINimum", sequential(lambda d, _: _to_bottom(d, marker)), 0, 0)
    table.command(f"{root}:X", sequential(lambda d, a: _place(d, marker, a[0])))
    table.query(f"{root}:X", sequential(lambda d, _: nr3(_get(d, marker)[0])))
    table.query(f"{root}:Y", sequential(lambda d, _: nr3(_level(d, marker))))
    table.command(f"{root}:AOFF", lambda d, _: _all_off(d), 0, 0)


def _all_off(device: Any) -> None:
    device.markers = {k: v for k, v in device.markers.items() if k == MOVING}


def _to_peak(device: Any, marker: int) -> None:
    trace = device.trace(device.values["active"])
    device.markers[marker] = trace.at(trace.peak())


def _to_bottom(device: Any, marker: int) -> None:
    trace = device.trace(device.values["active"])
    device.markers[marker] = trace.at(int(trace.level.argmin()))


def _place(device: Any, marker: int, token: str) -> None:
    """A marker to the point nearest to a wavelength."""
    trace, wanted = device.trace(device.values["active"]), wavelength(token)
    device.markers[marker] = trace.at(int(abs(trace.wavelength - wanted).argmin()))


def _centre(device: Any, _: tuple[str, ...]) -> None:
    _to_peak(device, MOVING)
    peak, half = device.markers[MOVING][0], device.span / 2
    device.values["start"], device.values["stop"] = peak - half, peak + half


def _reference(device: Any, _: tuple[str, ...]) -> None:
    _to_peak(device, MOVING)
    device.values["reference"] = device.markers[MOVING][1]


def _get(device: Any, marker: int) -> tuple[float, float]:
    if marker not in device.markers:
        raise ScpiError(-221, "no marker")
    return device.markers[marker]


def _level(device: Any, marker: int) -> float:
    """Level of a marker in the unit of the level axis, behind the active trace's filter."""
    level = np.array(_get(device, marker)[1])
    bandwidth = device.trace(device.values["active"]).bandwidth
    return float(displayed(level, device.values["unit"], bandwidth))


def _moving(token: str) -> int:
    return int(choice(token, ("0",)))
