"""A single crystal in a diffractometer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np


class CrystalPort(Protocol):
    """A crystal in the beam. Times are run time in s."""

    @property
    def bragg(self) -> float:
        """Bragg angle in rad of the reflection for Cu K-alpha1."""
        ...

    def rate(self, omega: Any, broadening: float, t: float) -> Any:
        """Counts a second at the angle `omega` in rad, the beam having the `broadening` in rad
        (full width at half maximum)."""
        ...


@dataclass(frozen=True)
class MosaicCrystal:
    """Rocking curve of `width` in rad (full width at half maximum, Gaussian) about `bragg` in rad.

    `peak` and `floor` in counts a second, for a beam much narrower than the curve.
    """

    bragg: float
    width: float
    peak: float
    floor: float

    def rate(self, omega: Any, broadening: float, t: float) -> Any:
        """The curve folded with a Gaussian beam: widths add in squares, the area stays."""
        width = math.hypot(self.width, broadening)
        shape = np.exp(-4.0 * math.log(2.0) * ((np.asarray(omega) - self.bragg) / width) ** 2)
        return self.floor + self.peak * self.width / width * shape
