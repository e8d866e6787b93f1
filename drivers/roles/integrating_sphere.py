"""Role: integrating sphere with spectrometer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading


@dataclass(frozen=True, eq=False)
class SpectralFlux:
    """Arrays of shape (n,): `wavelength` in air in m, spectral radiant `flux` in W/m (per metre of
    wavelength) by the sphere's certificate. `absorption` is the self-absorption factor that the
    flux was multiplied by, dimensionless."""

    wavelength: ReadingArray
    flux: ReadingArray
    absorption: float


class IntegratingSphere(Driver, Protocol):
    """Collects all light of a source or sample and reads its spectral flux.

    Saturation, and a reading without sphere factor or dark, are `InstrumentError`; an exposure or
    lamp current beyond its range is `LimitRefused`.
    """

    async def set_exposure(self, seconds: float) -> None:
        """Exposure time in s."""
        ...

    async def take_dark(self) -> None:
        """The spectrum seen now, without light, is taken off from now on."""
        ...

    async def auxiliary_lamp(self, on: bool) -> None:
        """Lamp for the self-absorption correction on or off."""
        ...

    async def take_absorption(self, state: Literal["empty", "with_sample"]) -> None:
        """Spectrum of the auxiliary lamp with the sphere empty, or with the sample in place."""
        ...

    async def spectral_flux(self) -> SpectralFlux:
        """Spectral flux in W/m of all light in the sphere."""
        ...

    async def luminous_flux(self) -> Reading:
        """Luminous flux in lm."""
        ...
