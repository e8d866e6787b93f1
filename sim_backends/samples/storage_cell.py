"""How the simulated cell of each storage cell indicator is made, and what its sheet states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from sim_backends.data.storage_cell import LITHIUM, SODIUM_ION, Template
from sim_backends.models.roots import root
from sim_backends.models.stc import TEMPERATURE
from sim_backends.models.storage_cell import StorageCell
from sim_backends.samples import storage_figures as figures
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated
from sim_backends.samples.storage_life import life

_AH, _WH = 3600.0, 3600.0

_SPREAD = {
    "charge": 0.01,
    "mass": 0.005,
    "resistance": 0.06,
    "exchange": 0.10,
    "lag": 0.08,
    "side": 0.15,
    "cooling": 0.10,
}
"""Relative standard deviations (of the logarithm) from cell to cell of one line."""

_CYCLE_SPREAD, _CALENDAR_SPREAD = 0.08, 0.15

FASTEST = 6.0
"""How many times faster, or slower, than its template a cell may age."""

HIGHEST = 5.9
"""Rate in 1/h of a pulse that a cycler of 300 A still drives through a cell of 50 A*h."""

_Stated = Callable[[StorageCell], Mapping[str, Stated]]
_Figure = Callable[[StorageCell], float]
_Vary = Callable[[StorageCell, float], StorageCell]


def draw_cell(template: Template, rng: np.random.Generator) -> StorageCell:
    """A cell around `template`, not yet solved for any figure."""
    cell = template.cell
    factor = {name: float(np.exp(rng.normal(0.0, std))) for name, std in _SPREAD.items()}
    fade = replace(
        cell.fade,
        cycle=cell.fade.cycle * float(np.exp(rng.normal(0.0, _CYCLE_SPREAD))),
        calendar=cell.fade.calendar * float(np.exp(rng.normal(0.0, _CALENDAR_SPREAD))),
    )
    return replace(
        cell,
        charge=cell.charge * factor["charge"],
        mass=cell.mass * factor["mass"],
        resistance=cell.resistance * factor["resistance"],
        exchange=cell.exchange * factor["exchange"],
        lag=cell.lag * factor["lag"],
        side=cell.side * factor["side"],
        cooling=cell.cooling * factor["cooling"],
        fade=fade,
    )


def _defined(cell: StorageCell) -> dict[str, Stated]:
    """What defines the tests, stated exactly."""
    return {
        "rated_capacity": Stated(cell.rated / _AH, "A*h", 0.0),
        "charge_cut_off": Stated(cell.upper, "V", 0.0),
        "discharge_cut_off": Stated(cell.lower, "V", 0.0),
    }


def _slope(figure: Callable[[StorageCell, float], float], cell: StorageCell) -> float:
    """Relative change of a figure per kelvin about 25 degC, in 1/K."""
    cold, warm = (figure(cell, TEMPERATURE + off) for off in (-1.0, 1.0))
    return (warm - cold) / (warm + cold)


def _warming(name: str, figure: Callable[[StorageCell, float], float]) -> _Stated:
    """The sheet with the temperature coefficient `name` of a figure, known to 15 %."""

    def stated(cell: StorageCell) -> dict[str, Stated]:
        return _defined(cell) | {name: Stated(_slope(figure, cell), "1/K", 0.15)}

    return stated


def _ageing(rate: float, left: float) -> _Stated:
    """The sheet with what changes a life at `rate`: known from tests at other conditions."""

    def stated(cell: StorageCell) -> dict[str, Stated]:
        cycling, law = life(cell, rate, left).cycling, cell.fade
        return _defined(cell) | {
            "ageing_activation_energy": Stated(law.energy, "eV", 0.10),
            "life_rate_exponent": Stated(
                (1.0 - cycling) - cycling * law.rate, "dimensionless", 0.25
            ),
            "life_depth_exponent": Stated(
                -(1.0 - cycling) - cycling * law.depth, "dimensionless", 0.15
            ),
        }

    return stated


def _with_charge(cell: StorageCell, factor: float) -> StorageCell:
    return replace(cell, charge=cell.charge * factor)


def _with_resistance(cell: StorageCell, factor: float) -> StorageCell:
    return replace(cell, resistance=cell.resistance * factor)


def _number(
    template: Template,
    criterion: tuple[str, str],
    figure: _Figure,
    vary: _Vary,
    span: tuple[float, float],
    stated: _Stated,
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


def _capacity(template: Template) -> Recipe:
    return _number(
        template,
        ("capacity", "A*h"),
        lambda cell: figures.capacity(cell) / _AH,
        _with_charge,
        (0.6, 1.6),
        _warming("capacity_temperature_coefficient", figures.capacity),
    )


def _energy(template: Template) -> Recipe:
    return _number(
        template,
        ("specific_energy", "W*h/kg"),
        lambda cell: figures.energy(cell) / _WH / cell.mass,
        _with_charge,
        (0.6, 1.6),
        _warming("energy_temperature_coefficient", figures.energy),
    )


def _peak(template: Template) -> Recipe:
    """A recipe for the largest rate of a pulse: up to what a cycler of 300 A drives."""
    recipe = _number(
        template,
        ("discharge_c_rate", "C_rate"),
        figures.peak_rate,
        _with_resistance,
        (2.0, 12.0),
        _warming("pulse_temperature_coefficient", figures.peak_rate),
    )

    def reach(cell: StorageCell) -> Mapping[str, tuple[float, float]]:
        return {key: (low, min(high, HIGHEST)) for key, (low, high) in recipe.reach(cell).items()}

    return replace(recipe, reach=reach)


def aged(cell: StorageCell, factor: float) -> StorageCell:
    """`cell` with both kinds of wear so many times faster."""
    law = cell.fade
    faster = replace(law, cycle=law.cycle * factor, calendar=law.calendar * factor)
    return replace(cell, fade=faster)


def _life(template: Template, rate: float, left: float) -> Recipe:
    """A recipe for the life at `rate` in 1/h until the share `left` of the first capacity."""
    key = "cycles_to_end_of_life"

    def cycles(cell: StorageCell) -> float:
        return life(cell, rate, left).cycles

    def solved(cell: StorageCell, truth: Mapping[str, Any]) -> StorageCell:
        return aged(cell, cycles(cell) / float(truth[key]))

    def reach(cell: StorageCell) -> Mapping[str, tuple[float, float]]:
        return {key: (cycles(cell) / FASTEST, cycles(cell) * FASTEST)}

    return Recipe(
        kind=template.kind,
        units={key: "cyc"},
        draw=partial(draw_cell, template),
        solved=solved,
        figures=lambda cell: {key: cycles(cell)},
        stated=_ageing(rate, left),
        reach=reach,
    )


def _with_range(cell: StorageCell, truth: Mapping[str, Any]) -> StorageCell:
    """`cell` with the diffusion that ends its work in the cold and side reactions in the heat."""
    low, high = truth["operating_temperature"]

    def cold(energy: float) -> float:
        return figures.kept(replace(cell, diffusion_energy=energy), low) - figures.COLD

    slow = replace(cell, diffusion_energy=root(cold, 0.02, 0.8, 1e-10))

    def hot(side: float) -> float:
        return figures.kept(replace(slow, side=side), high) - figures.HOT

    return replace(slow, side=root(hot, 1e-6, 0.2, 1e-12))


def _range(template: Template) -> Recipe:
    key = "operating_temperature"
    return Recipe(
        kind=template.kind,
        units={key: "degC"},
        draw=partial(draw_cell, template),
        solved=_with_range,
        figures=lambda cell: {key: (figures.end_of_cold(cell), figures.end_of_heat(cell))},
        stated=_defined,
        reach=lambda _: {key: (-48.0, 72.0)},
    )


RECIPES: dict[str, Recipe] = {
    "2.4-01": _capacity(LITHIUM),
    "2.4-02": _energy(LITHIUM),
    "2.4-03": _life(LITHIUM, 0.5, 0.60),
    "2.4-06": _capacity(SODIUM_ION),
    "2.4-07": _energy(SODIUM_ION),
    "2.4-08": _peak(SODIUM_ION),
    "2.4-09": _life(SODIUM_ION, 2.0, 0.90),
    "2.4-10": _range(SODIUM_ION),
}
"""By indicator id."""
