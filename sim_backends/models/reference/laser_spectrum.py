"""Light with a line spectrum in a fibre: lasers over a flat background.

Wavelengths are those in vacuum, in m.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Line:
    """A line at `wavelength` in m with `power` in W; Lorentzian, `width` in m at half maximum."""

    wavelength: float
    power: float
    width: float


class SpectrumPort(Protocol):
    """Light that falls on a spectrum analyser. Times are run time in s."""

    def lines(self, t: float) -> tuple[Line, ...]:
        """The lines at `t`; none while the fibre is dark."""
        ...

    def background(self, t: float) -> float:
        """Spectral power density between the lines in W/m at `t`."""
        ...


@dataclass
class SteadySpectrum:
    """`spectrum` over a background of `density` in W/m, or nothing while `blocked`."""

    spectrum: tuple[Line, ...]
    density: float
    blocked: bool = False

    def lines(self, t: float) -> tuple[Line, ...]:
        """The lines."""
        return () if self.blocked else self.spectrum

    def background(self, t: float) -> float:
        """Density in W/m."""
        return 0.0 if self.blocked else self.density
