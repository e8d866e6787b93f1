"""How the simulated cell of each battery indicator is made, and what its sheet states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from sim_backends.data.battery import THIN_FILM, UNIT_CELL, Template
from sim_backends.models.zinc_cell import ZincCell, with_parasitic
from sim_backends.samples import battery_figures as figures
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

_SPREAD = {
    "mass": 0.02,
    "area": 0.003,
    "capacity": 0.02,
    "resistance": 0.08,
    "exchange": 0.15,
    "diffusion": 0.10,
    "gassing": 0.15,
    "corrosion": 0.15,
    "thickness": 0.015,
    "collector": 0.01,
}
"""Relative standard deviations (of the logarithm) from cell to cell of one laboratory's batch."""

_MAH_PER_G, _WH_PER_KG = 3600.0, 3600.0
_MAH_PER_CM2, _MWH_PER_CM2 = 3.6e4, 3.6e4
_A_PER_G = 1e3


def draw_cell(template: Template, rng: np.random.Generator) -> ZincCell:
    """A cell around `template`, not yet solved for any figure."""
    cell = template.cell
    factor = {name: float(np.exp(rng.normal(0.0, std))) for name, std in _SPREAD.items()}
    return replace(
        cell,
        mass=cell.mass * factor["mass"],
        area=cell.area * factor["area"],
        capacity=cell.capacity * factor["capacity"],
        resistance=cell.resistance * factor["resistance"],
        exchange=cell.exchange * factor["exchange"],
        diffusion=cell.diffusion * factor["diffusion"],
        gassing=cell.gassing * factor["gassing"],
        corrosion=cell.corrosion * factor["corrosion"],
        thickness=cell.thickness * factor["thickness"],
        collector=cell.collector * factor["collector"],
    )


def stated(cell: ZincCell) -> dict[str, Stated]:
    """What the sheet states: the definition of the test exactly, the rest with its uncertainty.

    The collector is known by the mass per area of its foil, the active share by the weighed
    ingredients of the slurry; thickness and area by gauge and scanner.
    """
    return {
        "rated_capacity": Stated(cell.rated / 3600.0, "A*h", 0.0),
        "charge_cut_off": Stated(cell.upper, "V", 0.0),
        "discharge_cut_off": Stated(cell.lower, "V", 0.0),
        "collector_mass": Stated(cell.collector * 1e3, "g", 0.003),
        "active_fraction": Stated(cell.active, "dimensionless", 0.004),
        "active_mass": Stated(cell.mass * 1e3, "g", 0.006),
        "area": Stated(cell.area * 1e4, "cm**2", 0.004),
        "thickness": Stated(cell.thickness * 1e6, "um", 0.015),
        "capacity_temperature_coefficient": Stated(figures.warming(cell), "1/K", 0.15),
        "parasitic_activation_energy": Stated(cell.parasitic_energy, "eV", 0.10),
        "damage_strain_exponent": Stated(_exponent(cell), "dimensionless", 0.10),
    }


def _exponent(cell: ZincCell) -> float:
    """Power of the strain that the damage grows with, near 15 mm radius."""
    strained = cell.thickness / (2.0 * 0.015)
    return cell.law.exponent * strained / (strained - cell.law.threshold)


_Figure = Callable[[ZincCell], float]
_Vary = Callable[[ZincCell, float], ZincCell]


def _with_capacity(cell: ZincCell, factor: float) -> ZincCell:
    return replace(cell, capacity=cell.capacity * factor)


def _with_isolation(cell: ZincCell, factor: float) -> ZincCell:
    return replace(cell, isolating=cell.isolating * factor)


def _recipe(
    template: Template,
    criterion: tuple[str, str],
    figure: _Figure,
    vary: _Vary = _with_capacity,
    span: tuple[float, float] = (0.3, 1.5),
) -> Recipe:
    """A recipe for the figure of a `criterion` (key, unit), by a factor within `span`."""
    return one_figure(
        kind=template.kind,
        key=criterion[0],
        unit=criterion[1],
        draw=partial(draw_cell, template),
        figure=figure,
        vary=vary,
        low=span[0],
        high=span[1],
        stated=stated,
    )


RECIPES: dict[str, Recipe] = {
    "1.1-06": _recipe(
        THIN_FILM,
        ("specific_capacity", "mA*h/g"),
        lambda cell: figures.specific_capacity(cell) / _MAH_PER_G,
    ),
    "1.1-07": _recipe(
        THIN_FILM,
        ("specific_energy", "W*h/kg"),
        lambda cell: figures.specific_energy(cell) / _WH_PER_KG,
    ),
    "1.1-08": _recipe(
        THIN_FILM,
        ("coulombic_efficiency", "%"),
        lambda cell: 100.0 * figures.efficiency(cell, 5.0 * _A_PER_G),
        with_parasitic,
        (0.05, 20.0),
    ),
    "1.1-10": _recipe(
        THIN_FILM,
        ("retention", "%"),
        lambda cell: 100.0 * figures.retention(cell, 50_000.0, 0.015),
        _with_isolation,
        (0.0, 8.0),
    ),
    "1.1-13": _recipe(
        UNIT_CELL,
        ("areal_capacity", "mA*h/cm**2"),
        lambda cell: figures.areal_capacity(cell) / _MAH_PER_CM2,
    ),
    "1.1-14": _recipe(
        UNIT_CELL,
        ("areal_energy", "mW*h/cm**2"),
        lambda cell: figures.areal_energy(cell) / _MWH_PER_CM2,
    ),
}
"""By indicator id. The rated capacity takes five hours; bends go to the 15 mm of the solar cell."""
