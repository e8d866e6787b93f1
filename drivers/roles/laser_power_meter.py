"""Role: laser power meter (optical power meter)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class PowerSensor:
    """The sensor head: model, serial, certificate number, calibration date (ISO 8601)."""

    model: str
    serial: str
    certificate: str
    calibrated: str


class LaserPowerMeter(Driver, Protocol):
    """Reads optical power with a calibrated head.

    A wavelength or range beyond the head's is `LimitRefused`; overload, a head that was exchanged
    and one without calibration data are `InstrumentError`.
    """

    async def sensor(self) -> PowerSensor:
        """Which head is connected; wavelength in m and power in W follow its calibration."""
        ...

    async def set_wavelength(self, wavelength: float) -> None:
        """Wavelength in m that the responsivity is taken at."""
        ...

    async def wavelength(self) -> Reading:
        """Wavelength in m that is in force."""
        ...

    async def set_range(self, power: float | None) -> None:
        """The smallest range that holds `power` in W; None: autorange."""
        ...

    async def set_averages(self, count: int) -> None:
        """How many samples of the meter make one value."""
        ...

    async def set_attenuation(self, attenuation: float) -> None:
        """Loss in front of the head in dB that readings are corrected for."""
        ...

    async def zero(self) -> None:
        """Zero with the head dark; `InstrumentError` where it sees light."""
        ...

    async def power(self) -> Reading:
        """Optical power in W at the head, corrected for the attenuation set."""
        ...
