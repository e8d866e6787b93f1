"""The hyperbola of beam widths along the axis, ISO 11146-1:2021 section 9.

d(z)^2 = a + b z + c z^2. Waist z0 = -b / 2c, its diameter d0 = sqrt(4 a c - b^2) / (2 sqrt c), full
divergence sqrt c, Rayleigh length sqrt(4 a c - b^2) / (2 c), M2 = pi sqrt(4 a c - b^2) / (8 lambda)
(equations 25 to 31). Widths are D4sigma in m, places in m.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, pi, sin

import numpy as np
from numpy.typing import NDArray

from procedures.analysis.second_moments import Moments

Array = NDArray[np.float64]

INSIDE, OUTSIDE, PLANES = 1.0, 2.0, 5
"""Rayleigh lengths within which and beyond which so many planes each must lie (ISO 11146-1, 9)."""


FLAT = 1e-6
"""Part of its square by which a width must grow over the planes; less is rounding."""


class NoCaustic(ValueError):
    """Widths that are none of a beam with a waist."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """`parameters` a in m2, b in m, c (1), about `middle` in m; `rest`, shape (n,), relative, of
    each squared width over the hyperbola, in the order in which they were given; `influence`, shape
    (3, n), of a relative error of each on the parameters; relative `scatter` of a width."""

    parameters: Array
    middle: float
    rest: Array
    influence: Array
    scatter: float


def azimuth(moments: Sequence[Moments]) -> float:
    """Azimuth in rad of the axes that all planes of a simple astigmatic beam share.

    The traceless part of each plane's matrix is a vector of twice the angle, whose sign changes
    along the beam: the axis through all of them, each plane by its share of the width.
    """
    differ = np.array([(m.xx - m.yy) / (m.xx + m.yy) for m in moments])
    mixed = np.array([2.0 * m.xy / (m.xx + m.yy) for m in moments])
    double = 0.5 * atan2(2.0 * float(differ @ mixed), float(differ @ differ - mixed @ mixed))
    return 0.5 * double


def along_axes(moments: Sequence[Moments], turn: float) -> Array:
    """Squared widths D4sigma in pixels squared along the two axes turned by `turn` in rad, shape
    (2, planes)."""
    c, s = cos(turn), sin(turn)
    first = [16.0 * (c * c * m.xx + 2.0 * c * s * m.xy + s * s * m.yy) for m in moments]
    second = [16.0 * (s * s * m.xx - 2.0 * c * s * m.xy + c * c * m.yy) for m in moments]
    return np.array([first, second])


def fit(places: Array, squares: Array) -> Fit:
    """Hyperbola through squared widths `squares` in m2 at `places` in m, shapes (n,), all widths of
    the same relative scatter; `NoCaustic` where they have no waist. At least 5 planes."""
    if len(places) < 5:
        raise NoCaustic(f"{len(places)} planes tell no hyperbola")
    middle = float(places.mean())
    scale = float(np.ptp(places)) or 1.0
    z = (places - middle) / scale
    terms = np.stack([np.ones_like(z), z, z * z], axis=1)
    if np.linalg.matrix_rank(terms) < 3:
        raise NoCaustic("the planes do not lie in three places")
    level, found = squares, np.zeros(3)
    for _ in range(4):
        weighted = terms / level[:, None]
        found = np.asarray(np.linalg.lstsq(weighted, squares / level, rcond=None)[0])
        level: Array = terms @ found
        if not (level > 0.0).all():
            raise NoCaustic("the widths are none of a beam with a waist")
    rest = squares / level - 1.0
    scatter = 0.5 * float(rest @ rest / (len(z) - 3)) ** 0.5
    turn = np.diag([1.0, 1.0 / scale, 1.0 / scale**2])
    influence: Array = np.asarray(turn @ np.linalg.pinv(terms / level[:, None]), dtype=np.float64)
    parameters: Array = np.asarray(turn @ found, dtype=np.float64)
    out = Fit(parameters, middle, rest, influence, scatter)
    a, b, c = out.parameters
    if not (c * scale**2 > FLAT * a and 4.0 * a * c > b * b):
        raise NoCaustic("the widths are none of a beam with a waist")
    return out


def root(parameters: Array) -> Array:
    """sqrt(4 a c - b^2) in m of `parameters`, shape (..., 3); nan where there is no waist."""
    a, b, c = np.moveaxis(parameters, -1, 0)
    inner = 4.0 * a * c - b * b
    return np.sqrt(np.where(inner > 0.0, inner, np.nan))


def quality(parameters: Array, wavelength: Array | float) -> Array:
    """M2 (1) at `wavelength` in m."""
    return pi * root(parameters) / (8.0 * wavelength)


def quality_by(found: Fit) -> Array:
    """By how much M2 changes, relatively, with a relative error of each squared width, shape
    (n,)."""
    a, b, c = found.parameters
    return np.array([2.0 * c, -b, 2.0 * a]) @ found.influence / (4.0 * a * c - b * b)


def spreading_by(found: Fit) -> Array:
    """By how much the divergence changes, relatively, with a relative error of each squared width,
    shape (n,)."""
    return 0.5 * found.influence[2] / float(found.parameters[2])


def width_by(found: Fit, place: float) -> Array:
    """By how much the width at `place` in m from the middle changes, relatively, with a relative
    error of each squared width, shape (n,)."""
    slope = np.array([1.0, place, place**2])
    return 0.5 * slope @ found.influence / float(slope @ found.parameters)


def spreading(parameters: Array) -> Array:
    """Full divergence in rad."""
    return np.sqrt(parameters[..., 2])


def waist(parameters: Array) -> Array:
    """Diameter of the waist in m."""
    return root(parameters) / (2.0 * spreading(parameters))


def rayleigh(parameters: Array) -> Array:
    """Rayleigh length in m."""
    return root(parameters) / (2.0 * parameters[..., 2])


def waist_place(found: Fit) -> float:
    """Where the waist lies, in m."""
    _, b, c = found.parameters
    return found.middle - float(b / (2.0 * c))


def width_at(parameters: Array, place: Array | float) -> Array:
    """Width in m at `place` in m from the middle of the fit."""
    a, b, c = np.moveaxis(parameters, -1, 0)
    return np.sqrt(a + b * place + c * place**2)


def planes(found: Fit, places: Array) -> tuple[int, int]:
    """How many of `places` in m lie inside the Rayleigh length, and how many beyond twice it."""
    off = np.abs(places - waist_place(found)) / float(rayleigh(found.parameters))
    return int((off <= INSIDE).sum()), int((off >= OUTSIDE).sum())
