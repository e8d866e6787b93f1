"""The world of the electrolysis bench: one membrane electrode in its cell, on one time."""

from __future__ import annotations

from collections.abc import Mapping

from sim_backends.models.electrolyser import Electrolyser
from sim_backends.samples.electrolysis import RECIPES, draw
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream
from sim_backends.worlds.electrolysis_ports import Bars, Leads, Person, Plate, Taps
from sim_backends.worlds.electrolysis_scene import Scene

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class World:
    """`ports` by name: bars and taps (ElectricalPort), leads (LivePort too) of the impedance meter,
    plate (ThermalPort), operator (OperatorPort)."""

    def __init__(self, scene: Scene) -> None:
        self.ports: Mapping[str, Bars | Taps | Plate | Person] = {
            "bars": Bars(scene),
            "taps": Taps(scene),
            "leads": Leads(scene),
            "plate": Plate(scene),
            "operator": Person(scene),
        }


def build(device: Electrolyser, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` in its cell, cold and without current, at run time `t0`
    in s."""
    return World(Scene(device, seed, t0))


def example(seed: int) -> Electrolyser:
    """A membrane electrode drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw(stream(seed, "sample", "example"))
