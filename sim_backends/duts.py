"""Simulated devices under test, solved so that their true figure is the one asked for.

The criterion's key and value are used while solving only; the device that comes out holds physical
parameters. Nothing that measures may import this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from labctl.errors import UsageError
from sim_backends.models.photovoltaic_device import PhotovoltaicDevice
from sim_backends.models.roots import root
from sim_backends.samples import devices, sheet
from sim_backends.samples.photovoltaic import RECIPES, Recipe
from sim_backends.samples.sheet import SampleSheet
from sim_backends.streams import stream

_RESOLUTION = 1e-13
"""To which a physical parameter is solved, in its own unit."""


@dataclass(frozen=True)
class SimulatedSample:
    """A `device` for a world, and the `sheet` that its maker states of it."""

    device: PhotovoltaicDevice
    sheet: SampleSheet


def known() -> tuple[str, ...]:
    """Ids of the indicators for which a device can be solved."""
    return tuple(RECIPES)


def _recipe(indicator_id: str) -> Recipe:
    if indicator_id not in RECIPES:
        raise UsageError(
            f"there is no simulated device for {indicator_id}",
            remedy=f"simulated devices: {', '.join(RECIPES)}",
        )
    return RECIPES[indicator_id]


def _wanted(indicator_id: str, recipe: Recipe, truth: Mapping[str, object]) -> float:
    value = truth.get(recipe.key)
    if set(truth) != {recipe.key} or isinstance(value, bool):
        value = None
    if isinstance(value, int | float) and isfinite(value):
        return float(value)
    raise UsageError(
        f"true values of {indicator_id} must be one number, {recipe.key} in {recipe.unit}",
        answer=str(dict(truth)),
    )


def _solved(
    indicator_id: str, recipe: Recipe, device: PhotovoltaicDevice, wanted: float
) -> PhotovoltaicDevice:
    def error(x: float) -> float:
        return recipe.figure(recipe.vary(device, x)) - wanted

    low, high = error(recipe.low), error(recipe.high)
    if low > 0.0 or high < 0.0:
        raise UsageError(
            f"no {recipe.template.kind} has {recipe.key} = {wanted:g} {recipe.unit}; "
            f"this one reaches {low + wanted:.4g} to {high + wanted:.4g} {recipe.unit}",
            remedy=f"choose a true value of {indicator_id} in this range",
        )
    return recipe.vary(device, root(error, recipe.low, recipe.high, _RESOLUTION))


def solve(indicator_id: str, truth: Mapping[str, object], *, seed: int = 0) -> SimulatedSample:
    """A sample of `indicator_id` whose true figure is `truth` ({criterion key: number in its
    unit}); everything else of it is drawn with `seed`.

    `UsageError` for an unknown indicator, a wrong key, or a figure that physics does not allow,
    with the range that can be reached.
    """
    recipe = _recipe(indicator_id)
    wanted = _wanted(indicator_id, recipe, truth)
    drawn = devices.draw(recipe.template, stream(seed, "sample", indicator_id))
    device = _solved(indicator_id, recipe, drawn, wanted)
    stated = sheet.state(device, recipe.template.kind, recipe.aspects, seed, indicator_id)
    return SimulatedSample(device, stated)


def reach(indicator_id: str, *, seed: int) -> dict[str, tuple[float, float]]:
    """Lowest and highest true figure of a sample of `seed`, by criterion key in the criterion's
    unit; empty for an indicator without a recipe."""
    recipe = RECIPES.get(indicator_id)
    if recipe is None:
        return {}
    drawn = devices.draw(recipe.template, stream(seed, "sample", indicator_id))
    low, high = (recipe.figure(recipe.vary(drawn, x)) for x in (recipe.low, recipe.high))
    return {recipe.key: (low, high)}


def true_figures(indicator_id: str, device: PhotovoltaicDevice) -> dict[str, float]:
    """The true figures of `device` by criterion key, in the criterion's unit."""
    recipe = _recipe(indicator_id)
    return {recipe.key: recipe.figure(device)}
