"""A sample for a simulated bench: ours from the recipes, another lab's from its own world.

A world of a lab may have a function

    def solve(indicator_id: str, truth: Mapping[str, object], *, seed: int) -> Solved

that turns the true figures that are asked for into a device with physical parameters, and beside
it

    def reach(indicator_id: str, *, seed: int) -> Mapping[str, tuple[float, float]]

that tells the lowest and highest figure of a device of `seed` by criterion key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sim_backends import modules


@dataclass(frozen=True)
class Solved:
    """A `device` for the world, and the `sheet` of the sample: the fields of a `Sample`."""

    device: Any
    sheet: Mapping[str, Any] = field(default_factory=dict[str, Any])


def solve(world: str, indicator_id: str, truth: Mapping[str, object], *, seed: int) -> Solved:
    """A sample of `indicator_id` for `world` whose true figures are `truth`, by criterion key.

    `world` is "" on a bench without one. `UsageError` for an unknown indicator, a wrong key, or a
    figure that physics does not allow.
    """
    own = _solver(world)
    if own is not None:
        return own(indicator_id, truth, seed=seed)
    from sim_backends import duts

    found = duts.solve(indicator_id, truth, seed=seed)
    return Solved(found.device, found.sheet)


def reach(world: str, indicator_id: str, *, seed: int) -> Mapping[str, tuple[float, float]]:
    """Lowest and highest true figure that `solve` finds a device for, by criterion key in the
    criterion's unit; empty where nothing can be solved or a world does not tell."""
    if _solver(world) is None:
        from sim_backends import duts

        return duts.reach(indicator_id, seed=seed)
    try:
        return modules.world(world).reach(indicator_id, seed=seed)
    except AttributeError:
        return {}


def _solver(world: str) -> Callable[..., Solved] | None:
    """The function `solve` of the world's module; None where there is no world or no such."""
    try:
        return modules.world(world).solve if world else None
    except AttributeError:
        return None
