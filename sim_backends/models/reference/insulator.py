"""An insulator of known resistance at a high-voltage source, behind a closed lid."""

from __future__ import annotations


class Insulator:
    """`ohms` in Ohm between the terminals; fits `HighVoltagePort`. `lid` opens the safety loop."""

    def __init__(self, ohms: float) -> None:
        self.ohms = ohms
        self.volts = 0.0
        self._open = False

    def drive(self, voltage: float, t: float) -> float:
        """Current in A at `voltage` in V."""
        self.volts = voltage
        return voltage / self.ohms

    def yields(self, current: float, t: float) -> float:
        """Voltage in V at `current` in A."""
        self.volts = current * self.ohms
        return self.volts

    def rest(self, t: float) -> None:
        """Nothing stands at it."""
        self.volts = 0.0

    def loop_closed(self, t: float) -> bool:
        """Whether the lid is closed."""
        return not self._open

    def lid(self, is_open: bool) -> None:
        """Somebody opens the lid, or closes it."""
        self._open = is_open
