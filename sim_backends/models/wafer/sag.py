"""Sag of a thin round plate that lies on three points, under its own weight.

Bending energy of a thin plate, D/2 integral of (lap w)^2 - 2 (1 - nu) (w_xx w_yy - w_xy^2), less
the work of an even load, is least under the condition that the deflection is zero at the supports
(Ritz's method; S. Timoshenko, S. Woinowsky-Krieger, Theory of Plates and Shells, 2nd ed., chapters
8 and 10). Terms r^n cos(m phi), phi from a support, m a multiple of three. Left out: shear,
anisotropy of the crystal, the supports' own width.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

GRAVITY = 9.81
"""In m/s**2."""

TERMS = tuple((m + 2 * k, m) for m in (0, 3, 6, 9, 12) for k in range(6))
"""(n, m) of the terms; (0, 0) is the rigid one."""


@dataclass(frozen=True, slots=True)
class Plate:
    """`radius` and `thickness` in m, `density` in kg/m**3, `modulus` in Pa, `poisson` (1); the
    supports lie at `rest` of the radius, one at `azimuth` rad from x."""

    radius: float
    thickness: float
    density: float
    modulus: float
    poisson: float
    rest: float
    azimuth: float

    def size(self) -> float:
        """Load times radius^4 over the plate's rigidity, in m."""
        rigidity = self.modulus * self.thickness**3 / (12.0 * (1.0 - self.poisson**2))
        return self.density * GRAVITY * self.thickness * self.radius**4 / rigidity

    def height(self, x: Array, y: Array) -> Array:
        """Height in m against the plane of the supports; negative where it hangs through."""
        share = np.hypot(x, y) / self.radius
        around = np.arctan2(y, x) - self.azimuth
        terms = [share**n * np.cos(m * around) for n, m in TERMS]
        return -self.size() * np.tensordot(_solved(self.poisson, self.rest), np.array(terms), 1)


@lru_cache(maxsize=32)
def _solved(poisson: float, rest: float) -> Array:
    """Coefficients of the deflection for a load, rigidity and radius of 1."""
    node, weight = np.polynomial.legendre.leggauss(24)
    r = 0.5 * (node + 1.0)[:, None]
    phi = np.asarray(np.arange(60) * 2.0 * np.pi / 60.0, np.float64)
    area = np.broadcast_to(0.5 * weight[:, None] * r * 2.0 * np.pi / 60.0, (24, 60)).ravel()
    along, across, twist = (np.array(each) for each in zip(*_bends(r, phi), strict=True))
    lap = along + across
    mixed = along[:, None] * across[None] + across[:, None] * along[None]
    mixed = mixed - 2.0 * twist[:, None] * twist[None]
    stiff = (lap * area) @ lap.T - (1.0 - poisson) * (mixed @ area)
    load = np.array([(r**n * np.cos(m * phi)).ravel() @ area for n, m in TERMS])
    held = np.array([rest**n for n, _ in TERMS])[:, None]
    whole = np.block([[stiff, held], [held.T, np.zeros((1, 1))]])
    return np.linalg.solve(whole, np.append(load, 0.0))[:-1]


def _bends(r: Array, phi: Array) -> list[tuple[Array, Array, Array]]:
    """Of each term the curvature along r, across r, and the twist, flat over the grid."""
    found = list[tuple[Array, Array, Array]]()
    for n, m in TERMS:
        power = r ** max(n - 2, 0) if n > 1 else 0.0 * r
        cos, sin = np.cos(m * phi), np.sin(m * phi)
        bent = n * (n - 1) * power * cos, (n - m * m) * power * cos, -m * (n - 1) * power * sin
        found.append((bent[0].ravel(), bent[1].ravel(), bent[2].ravel()))
    return found
