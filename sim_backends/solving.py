"""A sample for a simulated bench, solved by the world that the bench names.

A world may have a function

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

from labctl.errors import UsageError
from sim_backends import modules


@dataclass(frozen=True)
class Solved:
    """A `device` for the world, and the `sheet` of the sample: the fields of a `Sample`."""

    device: Any
    sheet: Mapping[str, Any] = field(default_factory=dict[str, Any])


def solve(world: str, indicator_id: str, truth: Mapping[str, object], *, seed: int) -> Solved:
    """A sample of `indicator_id` for `world` whose true figures are `truth`, by criterion key.

    `world` is "" on a bench without one. `UsageError` for an unknown indicator, a wrong key, a
    figure that physics does not allow, or a world in which nothing can be solved.
    """
    own = _solver(world)
    if own is None:
        raise UsageError(
            f"there is no simulated device for {indicator_id} in "
            + (f"the world {world}" if world else "a bench without a world"),
            remedy="run it on a bench whose world solves samples of this indicator",
        )
    return own(indicator_id, truth, seed=seed)


def reach(world: str, indicator_id: str, *, seed: int) -> Mapping[str, tuple[float, float]]:
    """Lowest and highest true figure that `solve` finds a device for, by criterion key in the
    criterion's unit; empty where nothing can be solved or a world does not tell."""
    if _solver(world) is None:
        return {}
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
