"""A lamp that gives what it is set to (OpticalPort)."""

from __future__ import annotations


class SteadyLamp:
    """Its monitor sees just the irradiance that was set; off at first."""

    def __init__(self) -> None:
        self._irradiance = 0.0

    def emit(self, irradiance: float, t: float) -> None:
        """Set the level in W/m2; 0 is off."""
        self._irradiance = irradiance

    def shutter(self, is_open: bool, t: float) -> None:
        """The monitor sits before the shutter: nothing changes there."""

    def monitor(self, t: float) -> float:
        """Irradiance in W/m2 at the monitor."""
        return self._irradiance
