"""A lamp with one emission line, in air."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class EmissionPort(Protocol):
    """Light in a spectrometer's fibre. Times are run time in s."""

    def line(self, t: float) -> tuple[float, float]:
        """Wavelength in air in m, and the light of the line relative to full exposure."""
        ...


@dataclass(frozen=True)
class SpectralLamp:
    """A line at `wavelength` in air in m, much narrower than any slit; `level` of the light as a
    fraction of what fills the detector."""

    wavelength: float
    level: float

    def line(self, t: float) -> tuple[float, float]:
        """Wavelength in m, and the level."""
        return self.wavelength, self.level
