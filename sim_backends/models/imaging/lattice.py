"""A microscope that reads positions on a lattice of known pitch: scale, drift and vibration."""

from __future__ import annotations

from dataclasses import dataclass
from math import copysign, sqrt
from typing import Any

import numpy as np

from sim_backends.models.imaging.photograph import FULL, Photograph
from sim_backends.streams import stream

SIZE, PITCH = 360, 0.6e-9
"""Pixels of a side, and their pitch in m as the software states it."""

DOTS, SPACING, DIAMETER = 8, 25e-9, 10e-9
"""Dots a side of the lattice, their spacing by the certificate and their diameter in m."""

PICTURES = 6
"""Pictures of a series, the first of which registers it."""

COVERAGE = 1.96
"""Standard deviations on either side that hold 95 % of normal errors."""

GROUND, DEPTH, NOISE, EDGE = 40000.0, 24000.0, 900.0, 1.2
"""Counts of the ground and what a dot takes of them, noise of a pixel in counts, width of the edge
of a dot in pixels."""


@dataclass(frozen=True, slots=True)
class PositionMethod:
    """An in-situ method that reads positions in pictures. `scale` is its relative error of scale,
    `drift` in m from picture to picture along either axis, `vibration` the deviation in m of one
    dot by the scan."""

    scale: float
    drift: float
    vibration: float


def bias(method: PositionMethod) -> float:
    """Mean error in m of positions in a series, against the first picture."""
    return method.drift * (PICTURES - 1) / 2.0


def deviation(method: PositionMethod) -> float:
    """Standard deviation in m of the error of a position: drift, scale over the lattice,
    vibration."""
    spread = (DOTS**2 - 1) / 12.0 * SPACING**2
    moved = method.drift**2 * (PICTURES**2 - 1) / 12.0
    return sqrt(moved + method.scale**2 * spread + method.vibration**2)


def precision(method: PositionMethod) -> float:
    """Signed error in m that 95 % of positions do not pass: mean and 1.96 deviations, to the side
    of the mean."""
    mean = bias(method)
    return copysign(abs(mean) + COVERAGE * deviation(method), mean)


class LatticeMicroscope:
    """The method's microscope above the lattice, whose true spacing is `pitch` times the
    certificate's: fits `PicturePort`. A series begins with each opening of the bench."""

    technique = "TEM"

    def __init__(self, method: PositionMethod, pitch: float, seed: int) -> None:
        self._method, self._pitch, self._seed = method, pitch, seed
        own = stream(seed, "in situ", "lattice")
        self._turn = float(own.normal(0.0, 0.01))
        self._middle = tuple(own.normal(0.0, 2.0, 2).tolist())
        self._number = 0

    def picture(self, t: float) -> Photograph:
        """The next picture of the series."""
        rng = stream(self._seed, "in situ", "picture", str(self._number))
        counts = GROUND + NOISE * rng.standard_normal((SIZE, SIZE), dtype=np.float32)
        for column, row in self._places(rng) / PITCH + 0.5 * (SIZE - 1) + np.array(self._middle):
            _take(counts, column, row)
        self._number += 1
        whole = np.clip(np.rint(counts), 0, FULL).astype(np.uint16)
        return Photograph(
            whole, PITCH, 0.5, self.technique, "labctl", "TE-200", "bright field, 200 kV, one frame"
        )

    def _places(self, rng: np.random.Generator) -> Any:
        """Places (x, y) in m as they are read, about the middle of the picture."""
        method = self._method
        line = (np.arange(DOTS) - 0.5 * (DOTS - 1)) * SPACING * self._pitch
        true = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
        read = true * (1.0 + method.scale) + method.drift * self._number
        read = read + method.vibration * rng.standard_normal(true.shape)
        cos, sin = np.cos(self._turn), np.sin(self._turn)
        return read @ np.array([[cos, sin], [-sin, cos]])


def _take(counts: Any, column: float, row: float) -> None:
    """A dark dot about (`column`, `row`) in pixels."""
    radius = 0.5 * DIAMETER / PITCH
    reach = int(radius + 6.0 * EDGE)
    x0, y0 = round(column), round(row)
    rows = slice(max(y0 - reach, 0), y0 + reach + 1)
    columns = slice(max(x0 - reach, 0), x0 + reach + 1)
    y, x = np.ogrid[rows, columns]
    part = counts[rows, columns]
    off = np.hypot(x[:, : part.shape[1]] - column, y[: part.shape[0]] - row)
    part -= (DEPTH * 0.5 * (1.0 + np.tanh((radius - off) / EDGE))).astype(np.float32)
