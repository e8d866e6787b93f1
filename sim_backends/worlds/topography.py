"""The world of the topography bench: a wafer under a force microscope."""

from __future__ import annotations

from collections.abc import Mapping

from sim_backends.data import topography as data
from sim_backends.models.wafer.surface import StepStandard, WaferSurface
from sim_backends.models.wafer.under_tip import UnderTip
from sim_backends.samples.recipe import Samples
from sim_backends.samples.topography import RECIPES, polished
from sim_backends.streams import stream

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class World:
    """`ports` by name: `tip` (TipPort) and `operator`, who lays down what is asked for."""

    def __init__(self, device: WaferSurface, seed: int) -> None:
        wrong = float(stream(seed, "topography", "step standard").standard_normal())
        height = data.STEP_NOMINAL + data.STEP_U * wrong
        tip = UnderTip(device, StepStandard(height, 1.6e-6, 0.3e-9, seed))
        self.ports: Mapping[str, UnderTip] = {"tip": tip, "operator": tip}


def build(device: WaferSurface, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` on it."""
    return World(device, seed)


def example(seed: int) -> WaferSurface:
    """A substrate drawn with `seed`, for a bench that is shown and not asked for one."""
    return polished(stream(seed, "sample", "example"))
