"""Emulators at pyserial's door: `serial.serial_for_url("sim://<name>")`.

pyserial looks for a module `protocol_sim` in the packages it lists; `plug` puts this package on
that list once and makes simulated lines known by name.
"""

from __future__ import annotations

from collections.abc import Mapping

import serial

from sim_backends.plugs.line import Line

_lines: dict[str, Line] = {}


def plug(lines: Mapping[str, Line]) -> None:
    """Make `lines` reachable as `sim://<name>`."""
    if __name__ not in serial.protocol_handler_packages:
        serial.protocol_handler_packages.append(__name__)
    _lines.update(lines)


def unplug(lines: Mapping[str, Line]) -> None:
    """Take `lines` away."""
    for name in lines:
        _lines.pop(name, None)


def find(name: str) -> Line | None:
    """The line of that name, if it is plugged in."""
    return _lines.get(name)
