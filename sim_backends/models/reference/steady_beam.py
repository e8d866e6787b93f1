"""A steady beam of light on a sensor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class BeamPort(Protocol):
    """Light that falls on a power sensor. Times are run time in s."""

    def power(self, t: float) -> float:
        """Power in W at `t`; 0 while the beam is blocked."""
        ...

    def wavelength(self, t: float) -> float:
        """Wavelength in m at `t`."""
        ...


@dataclass
class SteadyBeam:
    """`watts` in W at `metres` in m, or nothing while it is `blocked`; fits `BeamPort`."""

    watts: float
    metres: float = 635e-9
    blocked: bool = False

    def power(self, t: float) -> float:
        """Power in W."""
        return 0.0 if self.blocked else self.watts

    def wavelength(self, t: float) -> float:
        """Wavelength in m."""
        return self.metres
