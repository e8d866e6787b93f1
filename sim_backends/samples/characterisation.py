"""Samples of the characterisation bench: powder batches and coated membranes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sim_backends.models.batch import Batch
from sim_backends.models.loading import Membrane
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

GRAM, MG_PER_CM2 = 1e-3, 1e-2
"""In kg; in kg/m2."""

CATHODE = 0.35
"""Part of the loading that is the cathode's platinum."""


def batch(rng: np.random.Generator) -> Batch:
    """Iridium oxide on a titanium oxide support, dried in air: some 3 % of water."""
    return Batch(
        dry=0.056,
        water=0.03 * (1.0 + 0.2 * float(rng.standard_normal())),
        uneven=6e-4,
        density=6000.0 * (1.0 + 0.05 * float(rng.standard_normal())),
    )


def membrane(rng: np.random.Generator) -> Membrane:
    """A sprayed membrane: loadings differ by some per cent from place to place."""
    return Membrane(
        iridium=0.005, platinum=0.002, spread=0.04 * float(np.exp(rng.normal(0.0, 0.2)))
    )


def _grain(device: Batch) -> Mapping[str, Stated]:
    return {"grain_density": Stated(device.density, "kg/m**3", 0.05)}


def _nothing(device: Membrane) -> Mapping[str, Stated]:
    """The sheet of a membrane states nothing that its digestion needs."""
    return {}


RECIPES: dict[str, Recipe] = {
    "5.2-03": one_figure(
        kind="membrane electrode assembly",
        key="precious_metal_loading",
        unit="mg/cm**2",
        draw=membrane,
        figure=lambda one: (one.iridium + one.platinum) / MG_PER_CM2,
        vary=lambda one, total: replace(
            one, iridium=(1.0 - CATHODE) * total, platinum=CATHODE * total
        ),
        low=0.0005,
        high=0.03,
        stated=_nothing,
    ),
    "5.2-07": one_figure(
        kind="catalyst batch",
        key="batch_mass",
        unit="g",
        draw=batch,
        figure=lambda one: one.dry / GRAM,
        vary=lambda one, dry: replace(one, dry=dry),
        low=0.005,
        high=0.15,
        stated=_grain,
    ),
}
"""By indicator id. The loading is anode plus cathode, the mass that of the dry powder."""
