"""The shape of a free wafer: its median surface by Zernike terms, its thickness separately.

Terms: R_n^|m|(r) cos(m phi) or sin(m phi) without normalisation (F. Zernike, Physica 1 (1934) 689;
radial polynomials by the finite sum in ISO 10110-5), r over the wafer's radius. Warp is the range
of the median surface about its least-squares plane within the fixed quality area, on a fine grid
(SEMI MF1390). Left out: steps, ridges of grinding, roll-off of the edge.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

ORDER = 8
"""Highest radial order."""

TERMS = tuple((n, m) for n in range(2, ORDER + 1) for m in range(-n, n + 1, 2))
"""(n, m) of the terms; m < 0 are sines. The three of a plane are no shape."""

EXCLUDED = 3e-3
"""Edge exclusion in m that bounds the fixed quality area, agreed for wafers of 2 inches."""

GRID = 181
"""Rows and columns over the quality area."""

RIM = 720
"""Points on its rim, where extremes often lie; the plane is that of the grid alone."""


def term(n: int, m: int, share: Array, around: Array) -> Array:
    """Zernike term (`n`, `m`) at `share` of the radius and angle `around` in rad."""
    size = abs(m)
    radial = np.zeros_like(share)
    for k in range((n - size) // 2 + 1):
        below = math.factorial(k) * math.factorial((n + size) // 2 - k)
        below *= math.factorial((n - size) // 2 - k)
        radial = radial + (-1) ** k * math.factorial(n - k) / below * share ** (n - 2 * k)
    return radial * (np.cos(size * around) if m >= 0 else np.sin(size * around))


@dataclass(frozen=True, slots=True)
class WaferShape:
    """`diameter` and mean `thickness` in m; `terms` of the median surface in the order of `TERMS`,
    times `scale` in m; thickness changes by `wedge` (m along x, m along y, over the radius) and
    `bowl` (m, r^2). `density` in kg/m**3, `modulus` in Pa, `poisson` (1); `seed` of how it is laid
    down."""

    diameter: float
    thickness: float
    terms: tuple[float, ...]
    scale: float
    wedge: tuple[float, float]
    bowl: float
    density: float
    modulus: float
    poisson: float
    seed: int

    def median(self, x: Array, y: Array) -> Array:
        """Height in m of the free median surface at `x`, `y` in m from the centre, notch at -y."""
        share, around = np.hypot(x, y) / (0.5 * self.diameter), np.arctan2(y, x)
        parts = [term(n, m, share, around) for n, m in TERMS]
        return self.scale * np.tensordot(np.array(self.terms), np.array(parts), 1)

    def thick(self, x: Array, y: Array) -> Array:
        """Thickness in m at `x`, `y` in m."""
        u, v = 2.0 * x / self.diameter, 2.0 * y / self.diameter
        return self.thickness + self.wedge[0] * u + self.wedge[1] * v + self.bowl * (u**2 + v**2)

    def span(self) -> float:
        """Range in m of the median surface about its plane within the quality area."""
        return self.scale * _range(self.diameter, self.terms)


@lru_cache(maxsize=64)
def _range(diameter: float, terms: tuple[float, ...]) -> float:
    radius = 0.5 * diameter
    line = np.linspace(-1.0, 1.0, GRID) * (radius - EXCLUDED)
    x, y = (each.ravel() for each in np.meshgrid(line, line))
    inside = np.hypot(x, y) <= radius - EXCLUDED
    phi = np.arange(RIM) * 2.0 * np.pi / RIM
    x = np.append(x[inside], (radius - EXCLUDED) * np.cos(phi))
    y = np.append(y[inside], (radius - EXCLUDED) * np.sin(phi))
    parts = [term(n, m, np.hypot(x, y) / radius, np.arctan2(y, x)) for n, m in TERMS]
    height = np.tensordot(np.array(terms), np.array(parts), 1)
    plane = np.stack([np.ones_like(x), x / radius, y / radius], axis=1)
    best = np.linalg.lstsq(plane[:-RIM], height[:-RIM], rcond=None)[0]
    return float(np.ptp(height - plane @ best))
