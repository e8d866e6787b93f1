"""Role: spectrum analyzer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading


@dataclass(frozen=True, eq=False)
class RfSpectrum:
    """Arrays of shape (n,): `frequency` in Hz (at the mixer's input where one is set), `level` in
    dBm within the `resolution` bandwidth in Hz."""

    frequency: ReadingArray
    level: ReadingArray
    resolution: float


@dataclass(frozen=True)
class RfPeak:
    """A line: frequency in Hz and level in dBm."""

    frequency: Reading
    level: Reading


class SpectrumAnalyzer(Driver, Protocol):
    """Reads radio-frequency levels against frequency.

    A setting that it does not have, and an input level beyond its or the bench's limit, are
    `LimitRefused`; an input overload and an uncalibrated sweep are `InstrumentError`.
    """

    async def set_span(self, start: float, stop: float) -> None:
        """Frequencies from `start` to `stop` in Hz."""
        ...

    async def set_bandwidth(self, *, resolution: float, video: float) -> None:
        """Resolution and video bandwidth in Hz: the widest settings that are not above these."""
        ...

    async def set_detector(self, detector: Literal["average", "peak", "sample"]) -> None:
        """How points are made of what was swept over; average is of power in W."""
        ...

    async def set_reference_level(self, level: float) -> None:
        """Highest level in dBm that is expected; the attenuator follows."""
        ...

    async def set_mixer(self, harmonic: int, *, loss: float) -> None:
        """External harmonic mixer with this harmonic and conversion loss in dB; 0: no mixer."""
        ...

    async def set_averages(self, sweeps: int) -> None:
        """Sweeps that make one trace."""
        ...

    async def sweep(self) -> RfSpectrum:
        """One trace, in Hz and dBm; returns when it is done."""
        ...

    async def peak(self) -> RfPeak:
        """Highest line of the last trace, in Hz and dBm."""
        ...

    async def channel_power(self, center: float, bandwidth: float) -> Reading:
        """Power in dBm in `bandwidth` in Hz about `center` in Hz, of the last trace."""
        ...

    async def noise_density(self, frequency: float) -> Reading:
        """Level in dBm of a band of 1 Hz at `frequency` in Hz, of the last trace."""
        ...
