"""Keithley DMM6500 with a 2000-SCAN card in its slot: channels 1 to 10, SCPI, at the wire.

The engine of the DAQ6510 with the numbers of this mainframe (DMM6500-901-01, "Scanning"); what is
and is not modelled stands there. A 2000-SCAN senses no terminals: thermocouples need a simulated
reference junction. The front or rear terminals are selected by a switch, as on the DAQ6510.
"""

from __future__ import annotations

from typing import ClassVar

from sim_backends.emulators.keithley.daq6510 import DAQ6510


class DMM6500Scan(DAQ6510):
    """One DMM6500 with a 10-channel scanner card."""

    MODEL: ClassVar[str] = "DMM6500"
    FIRST: ClassVar[int] = 1


EMULATOR = DMM6500Scan
