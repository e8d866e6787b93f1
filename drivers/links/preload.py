"""Loading beforehand what opening an address will need, so that nothing is loaded in an emergency.

`open_link` imports the library of a scheme when the first address of that scheme is opened.
"""

from __future__ import annotations

from importlib import import_module

from drivers.links.address import parse_address, unknown_scheme
from drivers.links.doors import Doors

_SERIAL = ("drivers.links.serial", "drivers.links.serial_bytes")

MODULES = {
    "visa": ("drivers.links.visa",),
    "tcp": ("drivers.links.tcp",),
    "serial": (*_SERIAL, "serial.tools.list_ports"),
    "socket": (*_SERIAL, "serial.urlhandler.protocol_socket"),
    "rfc2217": (*_SERIAL, "serial.urlhandler.protocol_rfc2217"),
    "modbus+rtu": ("drivers.links.modbus", "drivers.links.serial"),
    "modbus+tcp": ("drivers.links.modbus", "drivers.links.serial"),
    "ble": ("drivers.links.ble",),
    "mqtt": ("drivers.links.mqtt",),
    "mqtts": ("drivers.links.mqtt",),
    "mqtt+unix": ("drivers.links.mqtt",),
    "process": ("drivers.links.process",),
    "folder": ("drivers.links.files",),
    "sdk": ("drivers.links.sdk",),
}
"""Modules behind each scheme, with what pyserial looks up by name."""


def preload(address: str, doors: Doors) -> None:
    """Import all that opening `address` behind `doors` needs; nothing is opened.

    `UsageError` for an address of no known scheme, `ImportError` where a library is missing.
    """
    parts = parse_address(address)
    if parts.scheme not in MODULES:
        raise unknown_scheme(parts, tuple(MODULES))
    for module in MODULES[parts.scheme]:
        import_module(module)
    if parts.scheme == "visa" and doors.visa_library is None:
        import pyvisa

        pyvisa.ResourceManager(doors.vendor_library)
