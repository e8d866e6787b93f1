"""Role: optical correlator (autocorrelator, cross-correlator)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading


@dataclass(frozen=True, eq=False)
class CorrelationTrace:
    """Arrays of shape (n,): `delay` in s, `signal` dimensionless, relative to its largest value,
    each value divided by the transmission of the attenuator in force. `order` is 2 (intensity
    autocorrelation) or 3 (third-order cross-correlation); no pulse shape is assumed."""

    delay: ReadingArray
    signal: ReadingArray
    order: int


class OpticalCorrelator(Driver, Protocol):
    """Scans a pulse against itself or its harmonic. The width of the pulse follows by a shape that
    the method assumes.

    A scan range or step beyond the delay line's is `LimitRefused`; a saturated detector and a
    missing trigger are `InstrumentError`.
    """

    async def set_scan(self, start: float, stop: float, *, step: float) -> None:
        """Delays from `start` to `stop` in s, by `step` in s; 0 s is the main peak."""
        ...

    async def set_gain(self, gain: float) -> None:
        """Detector gain in dB."""
        ...

    async def set_averages(self, shots: int) -> None:
        """Pulses that make one value."""
        ...

    async def measure(self) -> CorrelationTrace:
        """One scan, delays in s; returns when it is done."""
        ...

    async def floor(self) -> Reading:
        """Signal with the beam blocked, relative to the last peak, dimensionless."""
        ...
