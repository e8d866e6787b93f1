"""A camera above a plane: where its pixels look, with distortion, tilt and vignetting.

Distortion after D. C. Brown, Photogramm. Eng. 37 (1971) 855: a point at the radius r of an ideal
picture lies at r (1 + k1 r^2 + k2 r^4). Radii are in half diagonals of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

STEPS = 6
"""Fixed-point steps that undo the distortion: beyond, they change nothing in single precision."""


@dataclass(frozen=True, slots=True)
class Lens:
    """A camera of `rows` x `columns` pixels of `pitch` in m on the plane before it.

    `k1`, `k2` distort, `tilt_x`, `tilt_y` in 1/m lean the sensor, `turn` in rad turns it,
    `vignetting` is the light that the corners lack (relative), `blur` the width of an edge in
    pixels.
    """

    rows: int
    columns: int
    pitch: float
    k1: float
    k2: float
    tilt_x: float
    tilt_y: float
    turn: float
    vignetting: float
    blur: float


@lru_cache(maxsize=2)
def seen(lens: Lens) -> tuple[Any, Any, Any]:
    """Where each pixel looks, x and y in m from the middle, and the light that reaches it (0..1).

    Each of shape (rows, columns), single precision.
    """
    half = 0.5 * float(np.hypot(lens.rows - 1, lens.columns - 1))
    v, u = np.mgrid[0 : lens.rows, 0 : lens.columns].astype(np.float64)
    u = (u - 0.5 * (lens.columns - 1)) / half
    v = (v - 0.5 * (lens.rows - 1)) / half
    distorted = u * u + v * v
    ideal = distorted.copy()
    for _ in range(STEPS):
        ideal = distorted / (1.0 + lens.k1 * ideal + lens.k2 * ideal * ideal) ** 2
    back = 1.0 / (1.0 + lens.k1 * ideal + lens.k2 * ideal * ideal)
    x, y = u * back * half * lens.pitch, v * back * half * lens.pitch
    cos, sin = np.cos(lens.turn), np.sin(lens.turn)
    x, y = cos * x - sin * y, sin * x + cos * y
    lean = 1.0 + lens.tilt_x * x + lens.tilt_y * y
    light = 1.0 - lens.vignetting * distorted
    return tuple(part.astype(np.float32) for part in (x / lean, y / lean, light))
