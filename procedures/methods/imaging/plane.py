"""From pixels to the plane of a calibration plate: two radial terms, then a plane projection. Pure.

Radial distortion after D. C. Brown, Photogramm. Eng. 37 (1971) 855, undone about the middle of the
picture: r (1 + a r^2 + b r^4), radii in half diagonals; a projection of eight parameters after it
(R. Hartley, A. Zisserman, Multiple View Geometry, 2nd ed., 4.1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from procedures.methods.imaging.dots import Dots

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Plane:
    """Pixels (column, row) of a picture of `shape` to places on the plate in pitches.

    `residual` is the rms distance of the dots from their places, in pitches.
    """

    shape: tuple[int, int]
    parameters: Array
    residual: float

    def places(self, pixels: Array) -> Array:
        """Places in pitches of the plate, shape (n, 2), of `pixels` (column, row), shape (n, 2)."""
        return _projected(self.parameters, _centred(pixels, self.shape))

    def scale(self) -> float:
        """Pitches of the plate in one pixel at the middle of the picture."""
        middle = np.array([[0.5 * (self.shape[1] - 1), 0.5 * (self.shape[0] - 1)]])
        half = np.array([[0.5, 0.0]])
        across = self.places(middle + half) - self.places(middle - half)
        return float(np.hypot(*across[0]))


def fit_plane(dots: Dots, shape: tuple[int, int]) -> Plane:
    """The mapping that brings the dots of a picture of `shape` (rows, columns) to their grid."""
    centred = _centred(dots.places, shape)
    columns = np.column_stack((centred, np.ones(len(centred))))
    straight, *_ = np.linalg.lstsq(columns, dots.grid, rcond=None)
    start = np.array([0.0, 0.0, *straight[:, 0], *straight[:, 1], 0.0, 0.0])

    def off(parameters: Array) -> Array:
        return (_projected(parameters, centred) - dots.grid).ravel()

    found = least_squares(off, start, method="lm", x_scale=np.maximum(np.abs(start), 0.1))
    parameters: Array = np.asarray(found.x, dtype=np.float64)
    residual = float(np.sqrt(2.0 * np.mean(off(parameters) ** 2)))
    return Plane(shape, parameters, residual)


def _centred(pixels: Array, shape: tuple[int, int]) -> Array:
    """(column, row) about the middle of the picture, in half diagonals."""
    rows, columns = shape
    half = 0.5 * float(np.hypot(rows - 1, columns - 1))
    return (pixels - [0.5 * (columns - 1), 0.5 * (rows - 1)]) / half


def _projected(parameters: Array, centred: Array) -> Array:
    a, b, xx, xy, x0, yx, yy, y0, g, h = parameters
    square = np.sum(centred**2, axis=1, keepdims=True)
    u, v = (centred * (1.0 + a * square + b * square**2)).T
    lean = 1.0 + g * u + h * v
    return np.column_stack(((xx * u + xy * v + x0) / lean, (yx * u + yy * v + y0) / lean))
