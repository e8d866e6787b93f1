"""The shape of a free wafer from maps of its median surface, laid and turned over. Pure.

Median surface: half the sum of both faces' heights. Turned about the axis through the notch, place
x comes to -x and the free shape changes its sign, while its weight and whatever the gauge adds
stay: half the difference of both maps is free of them (the public scope of SEMI MF1390 names such a
cancelling). A range of noisy points reads high, so a smooth surface is fitted: all polynomials in
x, y up to a total degree, which span what Zernike's terms up to that radial order span (M. Born,
E. Wolf, Principles of Optics, 7th ed., 9.2.1). They are made orthonormal over the quality area:
without degrees 0 and 1, what is left is the surface about its least-squares plane. Lengths in m.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FIT, CHECK = 6, 8
"""Degree of the surface that is the figure's, and of one by which it is held to be smooth."""

POWERS = tuple((n - j, j) for n in range(CHECK + 1) for j in range(n + 1))
"""Powers of x and y, by rising degree."""

PLANE = 3
"""Terms of a plane."""

FEW = 150
"""Sites that a map needs within the quality area."""

GAP = 0.2
"""Radii of the quality area within which each place of it must have a site."""

RINGS, SPOKES = 30, 120
"""Places of the quality area, its rim among them, on which the range is looked for."""


class NoShape(Exception):
    """A map that tells nothing, in one word: `missing`, `few`, `gap`."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients in m of the surface of degree `FIT` (`terms`) and `CHECK` (`more`); of the
    residuals of `terms` the scatter from site to site (`noise`) and what is left beside it
    (`rough`), in m."""

    terms: Array
    more: Array
    noise: float
    rough: float


def size(degree: int) -> int:
    """Number of terms up to `degree`."""
    return (degree + 1) * (degree + 2) // 2


def basis(u: Array, v: Array) -> Array:
    """Terms at places in radii of the quality area, shape (n, terms); orthonormal over it."""
    powers = np.stack([u**i * v**j for i, j in POWERS], axis=1)
    return powers @ _orthogonal()


@lru_cache(maxsize=1)
def _orthogonal() -> Array:
    """By the mean over the disc of each product of powers, which is exact."""
    node, weight = np.polynomial.legendre.leggauss(2 * CHECK + 2)
    phi = np.arange(4 * CHECK + 4) * 2.0 * np.pi / (4 * CHECK + 4)
    r = 0.5 * (node + 1.0)[:, None]
    u, v = (r * np.cos(phi)).ravel(), (r * np.sin(phi)).ravel()
    area = np.broadcast_to(weight[:, None] * r, (len(node), len(phi))).ravel() / len(phi)
    powers = np.stack([u**i * v**j for i, j in POWERS], axis=1)
    factor = np.linalg.cholesky((powers * area[:, None]).T @ powers)
    return np.asarray(np.linalg.inv(factor).T, np.float64)


@lru_cache(maxsize=1)
def places() -> tuple[Array, Array]:
    """Where the range is looked for, in radii of the quality area."""
    r = np.arange(1, RINGS + 1)[:, None] / RINGS
    phi = np.arange(SPOKES) * 2.0 * np.pi / SPOKES
    return np.append((r * np.cos(phi)).ravel(), 0.0), np.append((r * np.sin(phi)).ravel(), 0.0)


@lru_cache(maxsize=1)
def _at_places() -> Array:
    return basis(*places())


def fitted(x: Array, y: Array, median: Array, radius: float) -> Fit:
    """The smooth surface through `median` at sites `x`, `y`, shape (n,) each, in m, within the
    quality area of `radius` in m. `NoShape` where they do not tell one."""
    u, v = x / radius, y / radius
    inside = np.hypot(u, v) <= 1.0 + 1e-9
    u, v, height = u[inside], v[inside], median[inside]
    if not np.isfinite(height).all():
        raise NoShape("missing")
    if len(height) < FEW:
        raise NoShape("few")
    if float(_apart(places(), (u, v)).min(axis=1).max()) > GAP:
        raise NoShape("gap")
    terms = basis(u, v)
    more = np.asarray(np.linalg.lstsq(terms, height, rcond=None)[0], np.float64)
    low = np.asarray(np.linalg.lstsq(terms[:, : size(FIT)], height, rcond=None)[0], np.float64)
    left = height - terms[:, : size(FIT)] @ low
    neighbour = (_apart((u, v), (u, v)) + 9.0 * np.eye(len(u))).argmin(axis=1)
    noise = float(np.mean((left - left[neighbour]) ** 2)) / 2.0
    whole = float(left @ left) / (len(left) - size(FIT))
    return Fit(low, more, sqrt(noise), sqrt(max(whole - noise, 0.0)))


def _apart(some: tuple[Array, Array], others: tuple[Array, Array]) -> Array:
    """Distances of each of `some` places to each of `others`."""
    return np.hypot(some[0][:, None] - others[0], some[1][:, None] - others[1])


def over(terms: Array) -> Array:
    """Coefficients of the same surface seen at -x."""
    signs = np.array([(-1.0) ** i for i, _ in POWERS[: len(terms)]])
    return terms * signs


def free(laid: Array, turned: Array) -> Array:
    """Coefficients in m of the free shape: half the difference, the turned map seen at -x."""
    return 0.5 * (laid - over(turned))


def carried(laid: Array, turned: Array) -> Array:
    """Coefficients in m of what both maps share: sag, and what the gauge adds."""
    return 0.5 * (laid + over(turned))


def surface(terms: Array) -> Array:
    """Heights in m at `places`, about the least-squares plane."""
    return _at_places()[:, PLANE : len(terms)] @ terms[PLANE:]


def warp(terms: Array) -> float:
    """Range in m about the least-squares plane."""
    return float(np.ptp(surface(terms)))


def drawn_warp(terms: Array, changes: Array) -> Array:
    """Range in m with each row of `changes` (m, shape (n, len(terms))) added, shape (n,).

    Only places are looked at that a change of six deviations can make extreme.
    """
    still = surface(terms)
    bend = _at_places()[:, PLANE : len(terms)]
    moved = changes[:, PLANE:]
    room = 6.0 * np.sqrt(np.maximum((bend @ np.cov(moved.T) * bend).sum(axis=1), 0.0))
    high = still + room >= (still - room).max()
    low = still - room <= (still + room).min()
    top = (still[high] + moved @ bend[high].T).max(axis=1)
    return np.asarray(top - (still[low] + moved @ bend[low].T).min(axis=1))
