"""A wafer on the three points of a shape gauge, laid and turned over by an operator.

The points carry the wafer: its height there is zero. Turned about the axis through the notch, a
place x comes to -x and heights change their sign; weight goes on pulling down. Each laying is off
by some tenths of a millimetre and of a degree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim_backends.models.wafer.sag import Plate
from sim_backends.models.wafer.shape import WaferShape
from sim_backends.streams import stream

Array = NDArray[np.float64]

REST = 0.9
"""Where the supports lie, of the radius."""

OFF, SKEW = 2e-4, math.radians(0.4)
"""Deviations of a laying: of each axis in m, of the angle in rad."""

SUPPORTS = math.radians(1.0)
"""Deviation in rad of the supports' angle from that of the drawing."""

NONE = "unnamed"


class ShapePort(Protocol):
    """A wafer between two probes. Times are run time in s."""

    @property
    def diameter(self) -> float:
        """Diameter in m."""
        ...

    def faces(self, x: Array, y: Array, t: float) -> tuple[Array, Array]:
        """Heights in m of the upper and the lower face at places `x`, `y` in m of the gauge."""
        ...

    def label(self, t: float) -> str:
        """What was typed as the name of the sample at `t`."""
        ...


@dataclass(frozen=True, slots=True)
class _Laid:
    turned: bool
    shift: tuple[float, float]
    skew: float
    label: str
    since: float


class OnThreePoints:
    """Fits `ShapePort`, and `OperatorPort` by prompts that end in `gauge/laid/<n>` or
    `gauge/turned/<n>`, answered with the name that is typed."""

    def __init__(self, wafer: WaferShape) -> None:
        self._wafer = wafer
        self.diameter = wafer.diameter
        off = float(stream(wafer.seed, "shape gauge", "supports").standard_normal())
        azimuth = 0.5 * math.pi + SUPPORTS * off
        self._plate = Plate(
            0.5 * wafer.diameter, wafer.thickness, wafer.density, wafer.modulus, wafer.poisson,
            REST, azimuth,
        )  # fmt: skip
        self._now = self._before = _Laid(False, (0.0, 0.0), 0.0, NONE, -1e9)

    def acted(self, prompt: str, value: object, t: float) -> None:
        """Somebody lays the wafer as the prompt asks and types its name, at `t` in s."""
        way = prompt.split("/")[-3:]
        if len(way) < 3 or way[0] != "gauge" or way[1] not in ("laid", "turned"):
            return
        draws = stream(self._wafer.seed, "wafer laid", *way[1:]).standard_normal(3)
        shift = (OFF * float(draws[0]), OFF * float(draws[1]))
        laid = _Laid(way[1] == "turned", shift, SKEW * float(draws[2]), str(value), t)
        self._before, self._now = self._now, laid

    def faces(self, x: Array, y: Array, t: float) -> tuple[Array, Array]:
        """Heights in m of both faces."""
        laid = self._at(t)
        own_x, own_y = _own(laid, x, y)
        sag = self._plate.height(x, y)
        median = self._free(laid, x, y) - self._carried(laid, x, y) + sag
        half = 0.5 * self._wafer.thick(own_x, own_y)
        return median + half, median - half

    def label(self, t: float) -> str:
        """The name typed by `t` in s."""
        return self._at(t).label

    def _free(self, laid: _Laid, x: Array, y: Array) -> Array:
        return (-1.0 if laid.turned else 1.0) * self._wafer.median(*_own(laid, x, y))

    def _carried(self, laid: _Laid, x: Array, y: Array) -> Array:
        """The plane in m through the free shape at the supports, at `x`, `y`."""
        angles = self._plate.azimuth + np.arange(3) * 2.0 * np.pi / 3.0
        at = REST * self._plate.radius * np.stack([np.cos(angles), np.sin(angles)])
        held = np.stack([np.ones(3), at[0], at[1]], axis=1)
        plane = np.linalg.solve(held, self._free(laid, at[0], at[1]))
        return plane[0] + plane[1] * x + plane[2] * y

    def _at(self, t: float) -> _Laid:
        return self._now if t >= self._now.since else self._before


def _own(laid: _Laid, x: Array, y: Array) -> tuple[Array, Array]:
    """Places of the wafer, in m, that lie at `x`, `y` of the gauge."""
    u, v = x - laid.shift[0], y - laid.shift[1]
    cos, sin = math.cos(laid.skew), math.sin(laid.skew)
    u, v = cos * u + sin * v, cos * v - sin * u
    return (-u if laid.turned else u), v
