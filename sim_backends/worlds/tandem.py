"""The world of the tandem bench: a sample, two sources and reference cells, chuck and chamber."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim_backends.data.tandem import TANDEM
from sim_backends.models.quantum_efficiency import EdgeCell
from sim_backends.models.reference.scanner import WiredScanner
from sim_backends.models.tandem_cell import TandemDevice
from sim_backends.samples.recipe import Samples
from sim_backends.samples.tandem import RECIPES, drawn
from sim_backends.streams import stream
from sim_backends.worlds import tandem_ports as ports
from sim_backends.worlds.tandem_scene import TandemScene

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach

PROBE_CHANNEL = 101
"""Channel of the temperature logger's card on which the probe beside the sample is wired."""


class World:
    """`ports` by name: contacts, top_shunt and bottom_shunt (ElectricalPort), lamp
    (TwoSourcePort), chuck (ThermalPort), chamber (ChamberPort), probe (WiredScanner), edge
    (QuantumEfficiencyPort) and operator (OperatorPort)."""

    def __init__(self, scene: TandemScene) -> None:
        self.ports: Mapping[str, Any] = {
            "contacts": ports.Contacts(scene),
            "top_shunt": ports.CellShunt(scene, 0),
            "bottom_shunt": ports.CellShunt(scene, 1),
            "lamp": ports.MixedLamp(scene),
            "chuck": ports.TandemChuck(scene),
            "chamber": ports.DampRoom(scene),
            "probe": WiredScanner(None, {PROBE_CHANNEL: ports.SampleProbe(scene)}),
            "edge": EdgeCell(scene.sample.device.edge),
            "operator": ports.Person(scene),
        }


def build(device: TandemDevice, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` on its chuck, in the dark, at run time `t0` in s."""
    return World(TandemScene(device, seed, t0))


def example(seed: int) -> TandemDevice:
    """A tandem cell drawn with `seed`, for a bench that is shown and not asked for one."""
    return drawn(TANDEM, stream(seed, "sample", "example"))
