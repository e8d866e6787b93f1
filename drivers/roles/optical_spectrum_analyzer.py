"""Role: optical spectrum analyzer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading


@dataclass(frozen=True, eq=False)
class OpticalSpectrum:
    """Arrays of shape (n,): vacuum `wavelength` in m, `level` in dBm within the `resolution` in m
    (bandwidth of the filter at the centre)."""

    wavelength: ReadingArray
    level: ReadingArray
    resolution: float


@dataclass(frozen=True)
class SpectralLine:
    """A line: vacuum wavelength in m and level in dBm of its peak."""

    wavelength: Reading
    level: Reading


class OpticalSpectrumAnalyzer(Driver, Protocol):
    """Reads optical power against vacuum wavelength.

    A span, resolution or sensitivity that it does not have is `LimitRefused`; an uncalibrated
    sweep and an input overload are `InstrumentError`.
    """

    async def set_span(self, start: float, stop: float) -> None:
        """Vacuum wavelengths from `start` to `stop` in m."""
        ...

    async def set_resolution(self, resolution: float) -> None:
        """Resolution bandwidth in m: the widest setting that is not above `resolution`."""
        ...

    async def set_sensitivity(self, level: float) -> None:
        """The fastest setting whose noise floor lies below `level` in dBm."""
        ...

    async def set_averages(self, sweeps: int) -> None:
        """Sweeps that make one trace."""
        ...

    async def sweep(self) -> OpticalSpectrum:
        """One trace, wavelengths in m and levels in dBm; returns when it is done."""
        ...

    async def peak(self) -> SpectralLine:
        """Highest line of the last trace, in m and dBm."""
        ...

    async def calibrate_wavelength(self) -> Reading:
        """Adjust to the built-in reference line; the correction made, in m."""
        ...
