"""Samples of the topography bench: substrates and epitaxial wafers, drawn and solved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sim_backends.data import topography as data
from sim_backends.models.wafer.surface import WaferSurface
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

NM = 1e-9


def polished(rng: np.random.Generator) -> WaferSurface:
    """A polished substrate: fine random roughness, terraces of half a cell."""
    return WaferSurface(
        random=0.2e-9,
        length=float(rng.uniform(*data.SUBSTRATE_LENGTH)),
        hurst=data.SUBSTRATE_HURST,
        step=data.SUBSTRATE_STEP,
        terrace=float(rng.uniform(*data.SUBSTRATE_TERRACE)),
        riser=3e-8,
        azimuth=float(rng.uniform(0.0, np.pi)),
        spread=data.UNEVEN[0],
        seed=int(rng.integers(1 << 32)),
    )


def grown(rng: np.random.Generator) -> WaferSurface:
    """A grown film: bunched steps, coarser random height."""
    return WaferSurface(
        random=1.0e-9,
        length=float(rng.uniform(*data.EPI_LENGTH)),
        hurst=data.EPI_HURST,
        step=float(rng.uniform(*data.EPI_STEP)),
        terrace=float(rng.uniform(*data.EPI_TERRACE)),
        riser=6e-8,
        azimuth=float(rng.uniform(0.0, np.pi)),
        spread=data.UNEVEN[1],
        seed=int(rng.integers(1 << 32)),
    )


def _nothing(_: object) -> Mapping[str, Stated]:
    """The sheet of a wafer states nothing that its measurement needs."""
    return {}


def _surface(one: WaferSurface) -> float:
    return one.roughness(data.S_INDEX, data.L_INDEX) / NM


RECIPES: dict[str, Recipe] = {
    "8.11-01": one_figure(
        kind="gallium oxide substrate",
        key="surface_roughness",
        unit="nm",
        draw=polished,
        figure=_surface,
        vary=lambda one, random: replace(one, random=random),
        low=0.01e-9,
        high=2e-9,
        stated=_nothing,
    ),
    "8.11-04": one_figure(
        kind="gallium oxide epitaxial wafer",
        key="surface_roughness",
        unit="nm",
        draw=grown,
        figure=_surface,
        vary=lambda one, random: replace(one, random=random),
        low=0.1e-9,
        high=20e-9,
        stated=_nothing,
    ),
}
"""By indicator id. Roughness is Sq between the nesting indices, root mean square over the wafer."""
