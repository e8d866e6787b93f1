"""The world of the laser bench: a diamond laser on its table, and the people who move the head."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim_backends.models.diamond_laser import DiamondLaser
from sim_backends.models.laser_bench import LaserTable
from sim_backends.samples.laser import RECIPES, draw_laser
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream
from sim_backends.worlds import laser_errors as errors

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class World:
    """`ports` by name: pump (PumpPort), shutter (ShutterPort), head (AbsorberPort), operator
    (OperatorPort)."""

    def __init__(self, device: DiamondLaser, seed: int, t0: float) -> None:
        table = LaserTable(
            device,
            paths=errors.paths(seed),
            drift=errors.DRIFT,
            tau=errors.HEAD_TIME,
            seed=seed,
            t0=t0,
        )
        self.ports: Mapping[str, Any] = {
            "pump": table,
            "shutter": table,
            "head": table,
            "operator": table,
        }


def build(device: DiamondLaser, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` in place at run time `t0` in s: nothing is switched on."""
    return World(device, seed, t0)


def example(seed: int) -> DiamondLaser:
    """A laser drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_laser(stream(seed, "sample", "example"))
