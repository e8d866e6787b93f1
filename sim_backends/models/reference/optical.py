"""Lamps that give what they are set to (OpticalPort, TwoSourcePort)."""

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


class SteadyMixedLamp:
    """Its monitors see just the irradiances that were set; off at first."""

    def __init__(self) -> None:
        self._mix = (0.0, 0.0)

    def emit(self, blue: float, red: float, t: float) -> None:
        """Set the sources in W/m2; both 0 is off."""
        self._mix = (blue, red)

    def shutter(self, is_open: bool, t: float) -> None:
        """The monitors sit before the shutter: nothing changes there."""

    def monitor(self, t: float) -> tuple[float, float]:
        """Irradiance in W/m2 at the monitors of the blue-rich and the red-rich source."""
        return self._mix
