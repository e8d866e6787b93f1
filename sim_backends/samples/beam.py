"""Diamond lasers on a beam bench: how they are drawn and solved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import pi

import numpy as np

from sim_backends.data.beam import CASCADE, FIRST_STOKES
from sim_backends.models.laser_beam import (
    AxisBeam,
    LaserBeam,
    Order,
    divergence,
    largest_m2,
    parted,
    spread,
)
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

KIND = "diamond Raman laser"
CASCADED = "diamond laser in multi-wavelength operation"

WAVELENGTH = 2e-5
"""Relative standard uncertainty of a stated wavelength: a spectrometer of 0.02 nm."""


def draw_laser(rng: np.random.Generator) -> LaserBeam:
    """A laser of one order whose worse axis has M2 of 1.25 and 0.85 mrad."""
    return LaserBeam((_order(rng, FIRST_STOKES, 1.25, 0.85e-3),))


def draw_cascade(rng: np.random.Generator) -> LaserBeam:
    """A laser of three orders: each later one with a poorer beam, all about 0.8 mrad."""
    middle = rng.uniform(0.75e-3, 0.85e-3)
    places = rng.permutation([-1.0, float(rng.uniform(-0.6, 0.6)), 1.0])
    return LaserBeam(
        tuple(
            _order(rng, wavelength, 1.4 + 0.1 * n, middle + 0.05e-3 * float(place))
            for n, (wavelength, place) in enumerate(zip(CASCADE, places, strict=True))
        )
    )


def _order(rng: np.random.Generator, wavelength: float, m2: float, worst: float) -> Order:
    """An order whose worse axes have `m2` and the divergence `worst` in rad."""
    distance = rng.uniform(0.35, 0.75)
    other = 1.0 + (m2 - 1.0) * rng.uniform(0.5, 0.8)
    narrower = worst * rng.uniform(0.86, 0.94)
    poor = _axis(wavelength, m2, worst, distance)
    good = _axis(wavelength, other, narrower, distance + rng.uniform(-0.05, 0.05))
    turn = rng.uniform(-0.6, 0.6)
    x, y = (poor, good) if rng.random() < 0.5 else (good, poor)
    return Order(wavelength, x, y, turn)


def _axis(wavelength: float, m2: float, angle: float, distance: float) -> AxisBeam:
    """An axis of `m2` that diverges by `angle` in rad."""
    return AxisBeam(parted(m2), 4.0 * m2 * wavelength / (pi * angle), distance)


def with_modes(beam: LaserBeam, part: float) -> LaserBeam:
    """`beam` whose first order has the `part` of the first mode in its worse axis; the other axis
    keeps its share of it."""
    first = beam.orders[0]
    factor = part / max(first.x.first, first.y.first)
    x, y = (replace(axis, first=axis.first * factor) for axis in (first.x, first.y))
    return replace(beam, orders=(replace(first, x=x, y=y), *beam.orders[1:]))


def wider(order: Order, factor: float) -> Order:
    """`order` with all its waists multiplied by `factor`."""
    x, y = (replace(axis, waist=axis.waist * factor) for axis in (order.x, order.y))
    return replace(order, x=x, y=y)


def with_waists(beam: LaserBeam, factor: float) -> LaserBeam:
    """`beam` whose first order has waists `factor` times as wide."""
    return replace(beam, orders=(wider(beam.orders[0], factor), *beam.orders[1:]))


def with_spread(beam: LaserBeam, factor: float) -> LaserBeam:
    """`beam` whose divergences lie `factor` times as far from their mean."""
    found = [divergence(order) for order in beam.orders]
    mean = sum(found) / len(found)
    orders = zip(beam.orders, found, strict=True)
    return LaserBeam(
        tuple(wider(order, one / (mean + factor * (one - mean))) for order, one in orders)
    )


def stated(beam: LaserBeam) -> Mapping[str, Stated]:
    """What comes with a laser: its wavelengths."""
    return {
        f"wavelength_{n}": Stated(order.wavelength, "m", WAVELENGTH)
        for n, order in enumerate(beam.orders, 1)
    }


RECIPES: dict[str, Recipe] = {
    "9.8-09": one_figure(
        kind=KIND,
        key="beam_quality_m2",
        unit="dimensionless",
        draw=draw_laser,
        figure=largest_m2,
        vary=with_modes,
        low=parted(1.02),
        high=parted(2.0),
        stated=stated,
    ),
    "9.8-10": one_figure(
        kind=KIND,
        key="beam_divergence",
        unit="mrad",
        draw=draw_laser,
        figure=lambda beam: divergence(beam.orders[0]),
        vary=with_waists,
        low=0.515,
        high=1.7,
        stated=stated,
    ),
    "9.8-11": one_figure(
        kind=CASCADED,
        key="beam_divergence_difference",
        unit="mrad",
        draw=draw_cascade,
        figure=spread,
        vary=with_spread,
        low=0.0,
        high=6.0,
        stated=stated,
    ),
}
"""By indicator id. The figure of an order is that of its worse axis."""
