"""Samples of the diffraction bench: epitaxial wafers, drawn and solved."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sim_backends.models.wafer.rocking import Reflection
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

ARCSEC = math.radians(1.0 / 3600.0)

BRAGG = math.radians(30.47)
"""Bragg angle in rad of the reflection (020) of beta gallium oxide (b = 0.3038 nm, Cu K-alpha1)."""

RATE, FLOOR = 4e4, 40.0
"""Counts a second at the peak and beside it (remembered: four-crystal optics on a laboratory's
tube)."""


def film(rng: np.random.Generator) -> Reflection:
    """A film on a wafer bent to some 15 to 60 m, a footprint of 1 mm; widths differ by 4 %."""
    return Reflection(
        bragg=BRAGG + math.radians(0.1 * float(rng.standard_normal())),
        width=70.0 * ARCSEC,
        share=float(rng.uniform(0.1, 0.5)),
        curvature=float(rng.choice([-1.0, 1.0]) / rng.uniform(15.0, 60.0)),
        footprint=1e-3,
        peak=RATE * float(rng.uniform(0.7, 1.3)),
        floor=FLOOR,
        uneven=0.04,
        seed=int(rng.integers(1 << 32)),
    )


def reference(width: float) -> Reflection:
    """A perfect crystal of its own `width` in rad: flat, even, without a Lorentzian part."""
    return Reflection(math.radians(34.56), width, 0.0, 0.0, 1e-3, RATE, FLOOR, 0.0, 1)


def _nothing(_: object) -> Mapping[str, Stated]:
    """The sheet of a wafer states nothing that its measurement needs."""
    return {}


RECIPES: dict[str, Recipe] = {
    "8.11-03": one_figure(
        kind="gallium oxide epitaxial wafer",
        key="rocking_curve_fwhm",
        unit="arcsec",
        draw=film,
        figure=lambda one: one.fwhm() / ARCSEC,
        vary=lambda one, width: replace(one, width=width),
        low=30.0 * ARCSEC,
        high=260.0 * ARCSEC,
        stated=_nothing,
    )
}
"""By indicator id. The width is that of mosaic and curvature together, without the beam's own."""
