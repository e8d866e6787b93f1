"""The world of the photo-charging bench: one device, one lamp, one chuck, on one time."""

from __future__ import annotations

from collections.abc import Mapping

from sim_backends.models.photostorage import PhotoStorageDevice
from sim_backends.models.ports import ElectricalPort, OpticalPort, ThermalPort
from sim_backends.models.signal import SignalPort, still
from sim_backends.samples.photocharging import RECIPES, draw
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream
from sim_backends.worlds import photocharging_ports as ports
from sim_backends.worlds.photocharging_scene import ChargingScene

Port = ElectricalPort | ThermalPort | OpticalPort | tuple[SignalPort, ...]
"""Any port of this world."""

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class World:
    """`ports` by name: terminals, supply, output and reference_shunt (ElectricalPort), lamp
    (OpticalPort), chuck (ThermalPort), probes (four SignalPorts, the first at the output)."""

    def __init__(self, scene: ChargingScene) -> None:
        self.ports: Mapping[str, Port] = {
            "terminals": ports.PackTerminals(scene),
            "supply": ports.Output(scene),
            "output": ports.OutputMeter(scene),
            "probes": (ports.OutputProbe(scene), still(), still(), still()),
            "reference_shunt": ports.ReferenceShunt(scene),
            "lamp": ports.Lamp(scene),
            "chuck": ports.Chuck(scene),
        }


def build(device: PhotoStorageDevice, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` on its chuck, in the dark, at run time `t0` in s."""
    return World(ChargingScene(device, seed, t0))


def example(seed: int) -> PhotoStorageDevice:
    """A device drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw(stream(seed, "sample", "example"))
