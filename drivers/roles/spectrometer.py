"""Role: spectrometer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading

if TYPE_CHECKING:
    from drivers.roles.arrays import BoolArray


@dataclass(frozen=True, eq=False)
class Spectrum:
    """Arrays of shape (n,): `wavelength` in air in m, `signal` with dark taken off, in the unit
    that it carries (counts `dimensionless`, spectral irradiance `W/m**3`, spectral flux `W/m`), and
    `saturated` (bool). `exposure` in s, `averages` taken."""

    wavelength: ReadingArray
    signal: ReadingArray
    saturated: BoolArray
    exposure: float
    averages: int


class Spectrometer(Driver, Protocol):
    """Reads light against wavelength with an array detector.

    An exposure beyond the instrument's is `LimitRefused`; a spectrum without dark, and a missing
    trigger, are `InstrumentError`.
    """

    async def set_exposure(self, seconds: float) -> None:
        """Exposure (integration) time in s."""
        ...

    async def set_averages(self, spectra: int) -> None:
        """Spectra that make one."""
        ...

    async def take_dark(self) -> None:
        """The spectrum seen now, with the light blocked, is taken off from now on."""
        ...

    async def spectrum(self) -> Spectrum:
        """One spectrum, wavelengths in m."""
        ...

    async def is_calibrated(self) -> bool:
        """Whether signals are radiometric (W/m**3, W/m) by a certificate, else counts."""
        ...

    async def temperature(self) -> Reading:
        """Temperature of the detector in degC."""
        ...
