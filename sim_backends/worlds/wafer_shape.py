"""The world of the wafer shape bench: a wafer on the three points of a gauge."""

from __future__ import annotations

from collections.abc import Mapping

from sim_backends.models.wafer.on_three_points import OnThreePoints
from sim_backends.models.wafer.shape import WaferShape
from sim_backends.samples.recipe import Samples
from sim_backends.samples.wafer_shape import RECIPES, substrate
from sim_backends.streams import stream

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class World:
    """`ports` by name: `points` (ShapePort) and `operator`, who lays and turns the wafer."""

    def __init__(self, device: WaferShape) -> None:
        points = OnThreePoints(device)
        self.ports: Mapping[str, OnThreePoints] = {"points": points, "operator": points}


def build(device: WaferShape, *, seed: int, t0: float) -> World:
    """A bench with `device` on it; how it is laid hangs on the device's own seed."""
    return World(device)


def example(seed: int) -> WaferShape:
    """A substrate drawn with `seed`, for a bench that is shown and not asked for one."""
    return substrate(stream(seed, "sample", "example"))
