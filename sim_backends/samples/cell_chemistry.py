"""Samples of the cell chemistry bench: dismantled solid-state cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sim_backends.data import cell_chemistry as data
from sim_backends.models.dismantled_cell import DismantledCell
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

MASS, SALT = 6e-5, 0.03
"""Relative standard uncertainties of the cell's mass (a balance for kilograms) and of the salt in
its liquid (maker's data sheet)."""


def dismantled(rng: np.random.Generator) -> DismantledCell:
    """A cell of some 50 A h, its volatile shares as they come."""
    return DismantledCell(
        mass=data.CELL_MASS * float(np.exp(rng.normal(0.0, 0.005))),
        electrolyte=0.032,
        salt=data.SALT * float(np.exp(rng.normal(0.0, 0.02))),
        opening=data.OPENING * float(np.exp(rng.normal(0.0, 0.25))),
        residue=data.RESIDUE * float(np.exp(rng.normal(0.0, 0.25))),
    )


def _sheet(cell: DismantledCell) -> Mapping[str, Stated]:
    return {
        "cell_mass": Stated(cell.mass * 1e3, "g", MASS),
        "salt_fraction": Stated(cell.salt, "dimensionless", SALT),
    }


RECIPES: dict[str, Recipe] = {
    "2.4-04": one_figure(
        kind="dismantled solid-state cell",
        key="liquid_electrolyte_mass_fraction",
        unit="%",
        draw=dismantled,
        figure=lambda cell: 100.0 * cell.electrolyte / cell.mass,
        vary=lambda cell, kg: replace(cell, electrolyte=kg),
        low=0.005,
        high=0.13,
        stated=_sheet,
    )
}
"""By indicator id: solvent and salt over the mass of the whole cell."""
