"""The world of the photovoltaic bench: one sample, one lamp, one chuck, on one time."""

from __future__ import annotations

from collections.abc import Mapping

from sim_backends.data.photovoltaic import FLEXIBLE_CELL
from sim_backends.models.photovoltaic_device import PhotovoltaicDevice
from sim_backends.models.ports import BendingPort, ElectricalPort, OpticalPort, ThermalPort
from sim_backends.samples.devices import draw
from sim_backends.samples.photovoltaic import RECIPES
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream
from sim_backends.worlds.photovoltaic_ports import Clamp, HotChuck, LampHead, Shunt, Terminals
from sim_backends.worlds.photovoltaic_scene import Scene

Port = ElectricalPort | ThermalPort | OpticalPort | BendingPort
"""Any port of this world."""

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class World:
    """`ports` by name: terminals and reference_shunt (ElectricalPort), lamp (OpticalPort), chuck
    (ThermalPort), clamp (BendingPort)."""

    def __init__(self, scene: Scene) -> None:
        self.ports: Mapping[str, Port] = {
            "terminals": Terminals(scene),
            "reference_shunt": Shunt(scene),
            "lamp": LampHead(scene),
            "chuck": HotChuck(scene),
            "clamp": Clamp(scene),
        }


def build(device: PhotovoltaicDevice, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` on its chuck, in the dark, at run time `t0` in s."""
    return World(Scene(device, seed, t0))


def example(seed: int) -> PhotovoltaicDevice:
    """A flexible solar cell drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw(FLEXIBLE_CELL, stream(seed, "sample", "example"))
