"""A Gaussian beam on the sensor of a camera."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np


class BeamProfilePort(Protocol):
    """Light that falls on a camera. Times are run time in s."""

    def profile(self, x: Any, y: Any, t: float) -> Any:
        """Irradiance at `x`, `y` in m from the sensor's corner, as a fraction of its peak."""
        ...


@dataclass(frozen=True)
class GaussianBeam:
    """Second-moment widths `major` and `minor` in m (D4sigma, ISO 11146-1), the major axis turned
    by `azimuth` in rad from the rows, centre at `x0`, `y0` in m."""

    major: float
    minor: float
    azimuth: float
    x0: float
    y0: float

    def profile(self, x: Any, y: Any, t: float) -> Any:
        """exp(-u^2 / (2 su^2) - v^2 / (2 sv^2)) with D4sigma = 4 s; dimensionless, peak 1."""
        dx, dy = np.asarray(x) - self.x0, np.asarray(y) - self.y0
        cos, sin = math.cos(self.azimuth), math.sin(self.azimuth)
        u, v = dx * cos + dy * sin, dy * cos - dx * sin
        su, sv = self.major / 4.0, self.minor / 4.0
        return np.exp(-0.5 * (u / su) ** 2 - 0.5 * (v / sv) ** 2)
