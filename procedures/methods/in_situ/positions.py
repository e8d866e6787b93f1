"""Positions read in pictures of a lattice of known spacing, against where they are. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Registration:
    """How a lattice lies in the picture: `rotation` (2, 2) of the lattice into the picture, place
    `origin` of its dot (0, 0), in the unit of the places; no change of scale."""

    rotation: Array
    origin: Array

    def numbers(self, places: Array, spacing: float) -> Array:
        """Grid numbers, shape (n, 2), of dots read at `places`."""
        return np.rint((places - self.origin) @ self.rotation / spacing)

    def errors(self, places: Array, spacing: float) -> Array:
        """Read less true places along the axes of the lattice, shape (n, 2)."""
        along = (places - self.origin) @ self.rotation
        return along - spacing * np.rint(along / spacing)


def registered(places: Array, grid: Array, spacing: float) -> Registration:
    """The turn and shift that lay a lattice of `spacing` upon `places`, both of shape (n, 2).

    Least squares without change of scale (W. Kabsch, Acta Cryst. A32 (1976) 922).
    """
    true = spacing * grid
    centre, middle = places.mean(axis=0), true.mean(axis=0)
    u, _, vt = np.linalg.svd((true - middle).T @ (places - centre))
    rotation: Array = u @ np.diag([1.0, np.sign(np.linalg.det(u @ vt))]) @ vt
    return Registration(rotation.T, centre - middle @ rotation)
