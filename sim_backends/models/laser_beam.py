"""Beams of a laser as incoherent mixtures of Hermite-Gauss modes, and their caustics.

Along one axis the modes n with parts c_n have M2 = sum c_n (2 n + 1), and the mixture's second
moment is M2 times that of the embedded Gaussian (A. E. Siegman, Proc. SPIE 1224 (1990) 2; ISO/TR
11146-3). Widths are D4sigma. An optical element acts on the moments as on rays: behind a mirror of
focal length f the width in its focal plane is f times the divergence before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt

import numpy as np
from numpy.typing import NDArray

from sim_backends.data.beam import SECOND_MODE

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class AxisBeam:
    """One principal axis: `first`, the part of the first transverse mode, diameter D4sigma of the
    `waist` in m, `distance` in m from waist to mirror."""

    first: float
    waist: float
    distance: float


@dataclass(frozen=True, slots=True)
class Order:
    """The beam of one wavelength in m; its axis `x` is turned by `azimuth` in rad."""

    wavelength: float
    x: AxisBeam
    y: AxisBeam
    azimuth: float


@dataclass(frozen=True, slots=True)
class LaserBeam:
    """What leaves a laser: one order, or several on one axis."""

    orders: tuple[Order, ...]


def quality(axis: AxisBeam) -> float:
    """M2 of the mixture of modes 0, 1 and 2."""
    return 1.0 + (2.0 + 4.0 * SECOND_MODE) * axis.first


def parted(m2: float) -> float:
    """The part of the first mode in a mixture of M2 `m2`."""
    return (m2 - 1.0) / (2.0 + 4.0 * SECOND_MODE)


def opening(axis: AxisBeam, wavelength: float) -> float:
    """Full divergence in rad at `wavelength` in m: 4 M2 lambda / (pi d0), ISO 11146-1."""
    return 4.0 * quality(axis) * wavelength / (pi * axis.waist)


def width(axis: AxisBeam, wavelength: float, focal: float, behind: float) -> float:
    """Width D4sigma in m at `behind` m behind a mirror of focal length `focal` in m."""
    slope = opening(axis, wavelength) ** 2
    space = axis.waist**2 + slope * axis.distance**2
    mixed = slope * axis.distance - space / focal
    angle = slope - 2.0 * slope * axis.distance / focal
    angle += space / focal**2
    return sqrt(space + 2.0 * mixed * behind + angle * behind**2)


def largest_m2(beam: LaserBeam) -> float:
    """M2 of the worse axis of the first order."""
    first = beam.orders[0]
    return max(quality(first.x), quality(first.y))


def divergence(order: Order) -> float:
    """Full divergence in mrad of the worse axis."""
    return 1e3 * max(opening(axis, order.wavelength) for axis in (order.x, order.y))


def spread(beam: LaserBeam) -> float:
    """Largest less smallest divergence of the orders in mrad."""
    found = [divergence(order) for order in beam.orders]
    return max(found) - min(found)


def profile(axis: AxisBeam, place: Array, diameter: float) -> Array:
    """Intensity along one axis at `place` in m, 1 in the middle of the lowest mode alone; the
    width D4sigma is `diameter` in m."""
    first, second = axis.first, SECOND_MODE * axis.first
    square = np.square(np.float32(2.0 * sqrt(2.0 * quality(axis)) / diameter) * place)
    # 1 - first - second + 2 first q + second (4 q - 2)^2 / 8, in powers of q = square
    constant = np.float32(1.0 - first - 0.5 * second)
    linear, quadratic = np.float32(2.0 * (first - second)), np.float32(2.0 * second)
    modes = (quadratic * square + linear) * square + constant
    return modes * np.exp(-square)
