"""Names of serial ports: the device itself, whatever link leads to it."""

from __future__ import annotations

import os
import sys

USB = "usb:"
"""Begins a port that is named by the serial number of its USB adapter."""


def port_names(port: str) -> tuple[str, ...]:
    """The names by which the serial port `port` is known on this machine.

    A port that is named by its adapter's number has this name and that of the device it has now.
    """
    if port.startswith(USB):
        number = port.removeprefix(USB)
        return (port, *(_device(name) for name in _adapters(number)))
    return (_device(port),)


def _device(port: str) -> str:
    """COM3 for com3 and \\\\.\\COM3; /dev/ttyUSB0 for a link in /dev/serial/by-id."""
    plain = port.removeprefix("\\\\.\\")
    if plain[:3].upper() == "COM" and plain[3:].isdecimal():
        return plain.upper()
    return os.path.realpath(port) if os.path.isabs(port) else port


def _adapters(number: str) -> list[str]:
    """Devices of the USB adapters with the serial number `number`."""
    from serial.tools.list_ports import comports

    return [one.device for one in comports() if one.serial_number == number]


def visa_port(name: str) -> str:
    """The serial port behind the ASRL resource `name`: `ASRL3` is COM3 on Windows."""
    plain = name.upper().removeprefix("ASRL")
    if plain.isdecimal():
        # pyvisa-py numbers the ports of Linux from 0 too, as /dev/ttyS.
        return f"COM{plain}" if sys.platform == "win32" else f"/dev/ttyS{plain}"
    return name[len("ASRL") :]
