"""Role: calibrated accessory, known by its certificate alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from labctl.quantity import Quantity


@dataclass(frozen=True)
class Certificate:
    """A calibration certificate: number, file name and SHA-256 of the file, who issued it, from
    when to when it holds (Unix time in s), coverage factor `k` of the uncertainties it states."""

    number: str
    file: str
    sha256: str
    issuer: str
    valid_from: float
    valid_until: float
    k: float


class CalibratedAccessory(Driver, Protocol):
    """A detector, filter, splitter, polarizer, antenna, bias tee, amplifier or resolution target
    without a line of its own: its identity and values are read from its certificate's file.

    A quantity that is not in the certificate, and one that has expired, are `InstrumentError`;
    outside the tabulated arguments is `LimitRefused`: nothing is extrapolated.
    """

    async def certificate(self) -> Certificate:
        """The certificate, its dates Unix time in s."""
        ...

    async def quantities(self) -> Mapping[str, str]:
        """Name of each quantity (`responsivity`, `gain`, `noise_figure`, `transmittance`,
        `spatial_frequency`, ...) and its unit (`A/W`, `dB`, `1/m`, dimensionless, ...)."""
        ...

    async def domain(self, quantity: str) -> tuple[Quantity, Quantity]:
        """Lowest and highest argument of `quantity`: frequency in Hz, wavelength in m or a plain
        element number, as the unit says."""
        ...

    async def value(self, quantity: str, argument: Quantity) -> Quantity:
        """Value at `argument`, interpolated, with its standard uncertainty, in the unit that
        `quantities` states."""
        ...
