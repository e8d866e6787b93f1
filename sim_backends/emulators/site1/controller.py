"""Site controller SITE1 over Modbus TCP, written from docs/protocols/site1.md (Modbus TCP).

The protocol is our own. Unit 1 (0 and 255 are it too); the dispatch side of the same controller is
`dispatch`. Meters are looked at when they are asked for: the values of a window are those of the
first question in it. Alarms: watchdog, dispatch, grid (while running, voltage outside 70 % to
120 % of nominal or frequency 5 Hz off), battery (a bank has stopped a program of cycles); no unit
and no meter fails by itself. Alarms 2 to 5 are found when somebody reads. Left out: units of more
than 32.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim_backends.emulators.modbus_device import ModbusDevice
from sim_backends.emulators.site1.cycling import controller_of
from sim_backends.emulators.site1.reading import read
from sim_backends.emulators.site1.writing import write
from sim_backends.models.power_ports import SitePort


class SiteController(ModbusDevice):
    """The operator's side of the controller wired to `port`."""

    def __init__(self, port: SitePort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(unit=1)
        self.serial = serial
        self.core = controller_of(port, rng)

    def read(self, address: int, count: int) -> Sequence[int]:
        """Registers as they are now."""
        return read(self.core, self.serial, address, count)

    def write(self, address: int, values: Sequence[int]) -> None:
        """Write whole values; the controller follows at once."""
        write(self.core, address, values)

    def advance(self, t: float) -> None:
        """What runs out until `t` runs out."""
        super().advance(t)
        self.core.advance(t)

    def event(self) -> float | None:
        """When the watchdog or a dispatch runs out."""
        due = self.core.event()
        return None if due is None or due <= self.core.t else due

    def work(self) -> None:
        """What runs out next."""
        due = self.core.event()
        if due is not None:
            self.core.advance(due)

    def power_on(self, t: float) -> None:
        """It starts anew, on both its sides."""
        super().power_on(t)
        self.core.restart(t)


EMULATOR = SiteController
