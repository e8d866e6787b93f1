"""A train of equal pulses on the head of an energy meter."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor


@dataclass(frozen=True)
class SteadyPulses:
    """Pulses of `joules` in J at `rate` in 1/s and `metres` in m; fits `PulsePort`."""

    joules: float
    rate: float
    metres: float

    def pulses(self, after: float, until: float) -> list[tuple[float, float]]:
        """Time in s and energy in J of the pulses after `after`, up to `until`."""
        first, last = floor(after * self.rate) + 1, floor(until * self.rate)
        return [(n / self.rate, self.joules) for n in range(first, last + 1)]

    def wavelength(self, t: float) -> float:
        """Wavelength in m."""
        return self.metres
