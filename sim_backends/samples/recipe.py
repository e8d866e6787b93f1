"""How samples are solved: devices whose true figures are those asked for.

A criterion's key and value are used while solving only; the device that comes out holds physical
parameters. Nothing that measures may import this module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, TypeVar

import numpy as np

from labctl.errors import UsageError
from sim_backends.models.roots import root
from sim_backends.samples.stating import Stated, state
from sim_backends.solving import Solved
from sim_backends.streams import stream

Figure = bool | float | tuple[float, float]
"""A true figure: an ability, a number, or a range."""

Device = TypeVar("Device")

RESOLUTION = 1e-13
"""To which a physical parameter is solved, in its own unit."""


@dataclass(frozen=True)
class Recipe:
    """How samples of one indicator are made.

    `units` by criterion key ("" for an ability). `draw` makes a device of `kind` that is not
    solved yet, `solved` one with the true figures, which `figures` computes from the physical
    parameters of a device; `stated` is what its sheet tells, true values. `reach` tells the lowest
    and highest figure of a drawn device; a key that it leaves out has no bounds. `solved` is
    only asked for what lies within. `aspects` are what the sheet declares.
    """

    kind: str
    units: Mapping[str, str]
    draw: Callable[[np.random.Generator], Any]
    solved: Callable[[Any, Mapping[str, Any]], Any]
    figures: Callable[[Any], Mapping[str, Figure]]
    stated: Callable[[Any], Mapping[str, Stated]]
    reach: Callable[[Any], Mapping[str, tuple[float, float]]] = lambda _: {}
    aspects: Mapping[str, str] = field(default_factory=dict[str, str])


def one_figure(
    *,
    kind: str,
    key: str,
    unit: str,
    draw: Callable[[np.random.Generator], Device],
    figure: Callable[[Device], float],
    vary: Callable[[Device, float], Device],
    low: float,
    high: float,
    stated: Callable[[Device], Mapping[str, Stated]],
    aspects: Mapping[str, str] | None = None,
) -> Recipe:
    """A recipe of one number: `vary` sets the physical parameter that is sought between `low` and
    `high`, in the parameter's own unit; `figure` is monotonic in it."""

    def solved(device: Device, truth: Mapping[str, Any]) -> Device:
        wanted = float(truth[key])
        found = root(lambda x: figure(vary(device, x)) - wanted, low, high, RESOLUTION)
        return vary(device, found)

    def reach(device: Device) -> Mapping[str, tuple[float, float]]:
        ends = figure(vary(device, low)), figure(vary(device, high))
        return {key: (min(ends), max(ends))}

    return Recipe(
        kind=kind,
        units={key: unit},
        draw=draw,
        solved=solved,
        figures=lambda device: {key: figure(device)},
        stated=stated,
        reach=reach,
        aspects=aspects or {},
    )


class Samples:
    """The samples of a world, by indicator id: `solve` and `reach` are what a world offers."""

    def __init__(self, recipes: Mapping[str, Recipe]) -> None:
        self._recipes = dict(recipes)

    @property
    def known(self) -> tuple[str, ...]:
        """Ids of the indicators for which a device can be solved."""
        return tuple(self._recipes)

    def solve(self, indicator_id: str, truth: Mapping[str, object], *, seed: int = 0) -> Solved:
        """A sample whose true figures are `truth`, by criterion key and in the criterion's unit;
        everything else of it is drawn with `seed`.

        `UsageError` for an unknown indicator, a wrong key, or a figure that physics does not
        allow, with the range that can be reached.
        """
        recipe = self._recipe(indicator_id)
        _check(indicator_id, recipe, truth)
        drawn = recipe.draw(stream(seed, "sample", indicator_id))
        _check_reach(indicator_id, recipe, drawn, truth)
        device = recipe.solved(drawn, truth)
        sheet = state(recipe.stated(device), recipe.kind, recipe.aspects, seed, indicator_id)
        return Solved(device, {**sheet})

    def reach(self, indicator_id: str, *, seed: int) -> Mapping[str, tuple[float, float]]:
        """Lowest and highest true figure of a sample of `seed`, by criterion key in the
        criterion's unit; empty for an indicator without a recipe."""
        recipe = self._recipes.get(indicator_id)
        if recipe is None:
            return {}
        return recipe.reach(recipe.draw(stream(seed, "sample", indicator_id)))

    def true_figures(self, indicator_id: str, device: Any) -> Mapping[str, Figure]:
        """The true figures of `device` by criterion key, in the criterion's unit."""
        return self._recipe(indicator_id).figures(device)

    def _recipe(self, indicator_id: str) -> Recipe:
        if indicator_id not in self._recipes:
            raise UsageError(
                f"there is no simulated device for {indicator_id} on this bench",
                remedy=f"simulated devices: {', '.join(self._recipes)}",
            )
        return self._recipes[indicator_id]


def _check(indicator_id: str, recipe: Recipe, truth: Mapping[str, object]) -> None:
    """Whether `truth` names every figure of `recipe` and no other, each of its kind."""
    fit = set(truth) == set(recipe.units) and all(
        _fits(truth[key], unit) for key, unit in recipe.units.items()
    )
    if not fit:
        wanted = ", ".join(
            f"{key} in {unit}" if unit else f"{key} true or false"
            for key, unit in recipe.units.items()
        )
        raise UsageError(f"true values of {indicator_id} must be {wanted}", answer=str(dict(truth)))


def _fits(value: object, unit: str) -> bool:
    if not unit:
        return isinstance(value, bool)
    ends = value if isinstance(value, tuple) else (value,)
    return all(
        isinstance(one, int | float) and not isinstance(one, bool) and isfinite(one) for one in ends
    )


def _check_reach(
    indicator_id: str, recipe: Recipe, device: Any, truth: Mapping[str, object]
) -> None:
    for key, (low, high) in recipe.reach(device).items():
        wanted = truth[key]
        ends = wanted if isinstance(wanted, tuple) else (wanted,)
        if not all(isinstance(one, int | float) and low <= one <= high for one in ends):
            raise UsageError(
                f"no {recipe.kind} has {key} = {wanted} {recipe.units[key]}; "
                f"this one reaches {low:.4g} to {high:.4g} {recipe.units[key]}",
                remedy=f"choose a true value of {indicator_id} in this range",
            )
