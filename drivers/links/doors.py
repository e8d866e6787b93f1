"""Which library stands behind an address: the real one, or a simulated line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bleak.backends.client import BaseBleakClient
    from bleak.backends.scanner import BaseBleakScanner
    from pyvisa.highlevel import VisaLibraryBase


@dataclass(frozen=True)
class Doors:
    """`simulated` lines run on the event loop's own thread, real ones each in a thread.

    `visa_library` stands in for the VISA library of a simulated bench; a real bench uses
    `vendor_library` (`@py` for pyvisa-py, `@ivi` for an installed one, or a library's path).
    `bleak_backend` and `bleak_scanner` stand in for the operating system's Bluetooth, as
    `BleakClient` and `BleakScanner` take them.
    """

    simulated: bool = False
    visa_library: VisaLibraryBase | None = None
    vendor_library: str = "@py"
    bleak_backend: type[BaseBleakClient] | None = None
    bleak_scanner: type[BaseBleakScanner] | None = None
