"""Caustics with known figures, as a scan would have seen them."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np

from labctl.evidence import Reading
from procedures.methods.beam_propagation.measuring import Caustic
from procedures.methods.beam_propagation.scanning import Plane, Scan

PITCH, WAVELENGTH = 5e-6, 1.24e-6
WAIST, QUALITIES = 110e-6, (1.3, 1.2)
TURN = 0.3


def length(quality: float) -> float:
    """Rayleigh length in m of a beam of `WAIST` and `quality`."""
    return pi * WAIST**2 / (4.0 * quality * WAVELENGTH)


def plane(place: float, twist: float = 0.0, noise: float = 0.0) -> Plane:
    """The beam at `place` in m, its axes turned by `twist` rad more for each Rayleigh length."""
    first, second = (
        (WAIST / PITCH / 4.0 * (1.0 + noise)) ** 2 * (1.0 + (place / length(quality)) ** 2)
        for quality in QUALITIES
    )
    first *= 1.2
    turn = TURN + twist * place / length(1.25)
    c, s = cos(turn), sin(turn)
    at = Reading(place, "m", 0.0, 0.0, "test://stage", "S1")
    xx, yy = c * c * first + s * s * second, s * s * first + c * c * second
    return Plane(at, 200.0, 200.0, xx, c * s * (first - second), yy, "00")


def seen(parts: list[float], twist: float = 0.0, scatter: float = 0.0) -> Caustic:
    """Planes at `parts` Rayleigh lengths from the waist."""
    noise = scatter * np.random.default_rng(1).standard_normal(len(parts))
    planes = [
        plane(part * length(1.25), twist, off) for part, off in zip(parts, noise, strict=True)
    ]
    return Caustic(tuple(planes), PITCH)


def search(parts: list[float]) -> Scan:
    """The same as a scan."""
    return Scan(seen(parts).planes, PITCH)
