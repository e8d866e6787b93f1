"""Samples of the wafer shape bench: substrates with a drawn shape, scaled to the warp asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sim_backends.models.wafer.shape import TERMS, WaferShape
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

UM = 1e-6

DENSITY, MODULUS, POISSON = 5950.0, 2.3e11, 0.24
"""Beta gallium oxide in kg/m**3, Pa and 1 (remembered; the crystal's anisotropy is left out)."""

SIZES = {2: 1.0, 3: 0.35, 4: 0.15, 5: 0.05, 6: 0.03, 7: 0.005, 8: 0.005}
"""Deviation of a term by its radial order: bow and astigmatism lead, trefoil and saddle follow."""


def substrate(rng: np.random.Generator) -> WaferShape:
    """A wafer of 2 inches, some 0.65 mm thick; thickness changes by a few micrometres."""
    terms = tuple(SIZES[n] * float(rng.standard_normal()) for n, _ in TERMS)
    return WaferShape(
        diameter=50.8e-3,
        thickness=float(rng.uniform(6.3e-4, 6.7e-4)),
        terms=terms,
        scale=UM,
        wedge=(2.0 * UM * float(rng.standard_normal()), 2.0 * UM * float(rng.standard_normal())),
        bowl=UM * float(rng.standard_normal()),
        density=DENSITY,
        modulus=MODULUS,
        poisson=POISSON,
        seed=int(rng.integers(1 << 32)),
    )


def _nothing(_: object) -> Mapping[str, Stated]:
    """The sheet of a wafer states nothing that its measurement needs."""
    return {}


RECIPES: dict[str, Recipe] = {
    "8.11-02": one_figure(
        kind="gallium oxide substrate",
        key="warp",
        unit="um",
        draw=substrate,
        figure=lambda one: one.span() / UM,
        vary=lambda one, scale: replace(one, scale=scale),
        low=0.01 * UM,
        high=30.0 * UM,
        stated=_nothing,
    )
}
"""By indicator id. Warp is that of the free wafer within the fixed quality area."""
