"""Ports: how an emulated instrument touches the world.

An emulator holds ports and knows nothing of what lies behind. All quantities are SI; temperatures
are in degC. Times are run time in seconds, are passed in by the caller and never go back.
"""

from __future__ import annotations

from typing import Protocol


class ElectricalPort(Protocol):
    """Two terminals. Current counts positive when it flows out of the instrument's HI terminal
    into the device, so an illuminated solar cell gives negative current at small voltage."""

    def current(self, voltage: float, t: float) -> float:
        """Current in A when `voltage` in V is applied at time `t`."""
        ...

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V when `current` in A is driven at time `t` (0 A: open circuit)."""
        ...

    def disconnect(self, t: float) -> None:
        """The instrument's output is off from `t` on: the device rests at open circuit."""
        ...


class ThermalPort(Protocol):
    """A heated and cooled body with a temperature sensor."""

    def temperature(self, t: float) -> float:
        """Temperature at the sensor in degC at time `t`."""
        ...

    def heat(self, power: float, t: float) -> None:
        """From `t` on drive the heater-cooler with `power`, -1..1 of its full power."""
        ...


class OpticalPort(Protocol):
    """A lamp and its shutter, shining on the sample plane."""

    def emit(self, irradiance: float, t: float) -> None:
        """From `t` on the lamp is set to `irradiance` in W/m2 (0: lamp off)."""
        ...

    def shutter(self, is_open: bool, t: float) -> None:
        """Open or close the shutter at time `t`."""
        ...

    def monitor(self, t: float) -> float:
        """Irradiance in W/m2 at the lamp's own monitor diode (before the shutter) at time `t`."""
        ...


class TwoSourcePort(Protocol):
    """A lamp of a blue-rich and a red-rich source behind one shutter."""

    def emit(self, blue: float, red: float, t: float) -> None:
        """From `t` on the sources are set to `blue` and `red` in W/m2 (both 0: lamp off)."""
        ...

    def shutter(self, is_open: bool, t: float) -> None:
        """Open or close the shutter at time `t`."""
        ...

    def monitor(self, t: float) -> tuple[float, float]:
        """Irradiance in W/m2 at the monitor diodes of the blue-rich and the red-rich source
        (before the shutter) at time `t`."""
        ...


class OperatorPort(Protocol):
    """People at the bench: what they mount, fill and exchange when a prompt asks for it."""

    def acted(self, prompt: str, value: object, t: float) -> None:
        """What `prompt` (its full name) asked for is done at `t`, and was answered with `value`."""
        ...


class BendingPort(Protocol):
    """A clamp that bends what is mounted in it."""

    def bend(self, radius: float, cycles: float, t: float) -> None:
        """`cycles` bends (parts count) to `radius` in m have been done, the last ending at `t`."""
        ...
