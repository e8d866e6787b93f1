"""The world of the abuse bench: a cell under a nail, or a module that is overcharged and heated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim_backends.models.abuse_bed import AbuseBed
from sim_backends.models.abuse_camera import EventCamera
from sim_backends.models.abuse_fixtures import (
    Bonded,
    DuctAir,
    ModuleStore,
    PressedCell,
    SupplyLeads,
    Terminals,
)
from sim_backends.models.battery_pack import BatteryPack, PackParameters, StoragePlant
from sim_backends.models.mains import Mains
from sim_backends.models.reference.scanner import WiredScanner
from sim_backends.models.thermal_runaway import Cells
from sim_backends.samples.abuse import RECIPES, HybridModule, NailedCell, charged, nailed
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach

ROOM, ROOM_SPREAD = 23.0, 1.0
"""degC of the test room, and how much it differs from one day to the next."""

FIRST_CHANNEL, ROOM_CHANNEL = 101, 105
"""Channels of the logger: cells from the first on (both sides of a single one), and the room."""

LEADS = {"on the string": "string", "on the heating plate": "plate", "off": ""}
"""Where the supply's leads are, by the answer to a prompt ending in `leads`."""


class Hands:
    """People at the bench (OperatorPort): they put leads where a prompt says, and lock the door."""

    def __init__(self, leads: SupplyLeads, press: PressedCell) -> None:
        self._leads, self._press = leads, press

    def acted(self, prompt: str, value: object, t: float) -> None:
        """What `prompt` asked for is done at `t` in s."""
        asked = prompt.rpartition("/")[2]
        if asked.startswith("leads"):
            self._leads.place = LEADS[str(value)]
        if asked == "door":
            self._press.closed = bool(value)


class World:
    """`ports` by name: `nail` (NailPort), `terminals` and `output` (ElectricalPort), `sensors`
    (WiredScanner), `view` (PicturePort), `duct` (GasPort), `plant` (StoragePlant), `operator`."""

    def __init__(self, device: NailedCell | HybridModule, seed: int, t0: float) -> None:
        room = ROOM + ROOM_SPREAD * float(stream(seed, "abuse", "room").standard_normal())
        row = (device.cell,) if isinstance(device, NailedCell) else device.row
        string = 1 if isinstance(device, NailedCell) else 2
        bed = charged(Cells(row, string, room), t0)
        leads = SupplyLeads(bed)
        if isinstance(device, NailedCell):
            press = PressedCell(bed, device.thickness, device.short)
            store = _lab_store(seed, t0)
        else:
            press, store = PressedCell(None, 0.02, 1.0), ModuleStore(bed, leads)
        self.ports: Mapping[str, Any] = {
            "nail": press,
            "terminals": Terminals(bed, string),
            "sensors": WiredScanner(None, _sensors(bed, t0, room)),
            "view": EventCamera(bed, stream(seed, "abuse", "camera")),
            "duct": DuctAir(bed, room),
            "output": leads,
            "plant": StoragePlant(store, Mains()),
            "operator": Hands(leads, press),
        }


def _sensors(bed: AbuseBed, t0: float, room: float) -> dict[int, Bonded]:
    """Thermocouples on four places and one in the air."""
    last = len(bed.cells.cells) - 1
    found = {FIRST_CHANNEL + n: Bonded(bed, min(n, last), t0, room) for n in range(4)}
    found[ROOM_CHANNEL] = Bonded(bed, -1, t0, room)
    return found


def _lab_store(seed: int, t0: float) -> BatteryPack:
    """What hangs on the management system while a single cell is tested: a small pack at rest."""
    few = PackParameters(cells=2, modules=1, spread=0.0)
    return BatteryPack(few, charge=0.5, rng=stream(seed, "abuse", "pack"), t0=t0)


def build(device: NailedCell | HybridModule, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` on its bed at run time `t0` in s."""
    return World(device, seed, t0)


def example(seed: int) -> NailedCell:
    """A cell drawn with `seed`, for a bench that is shown and not asked for one."""
    return nailed(stream(seed, "sample", "example"))
