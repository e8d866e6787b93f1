"""The world of the voltammetry bench: a sensor chip with its pump, or catalysts on a rotating disk,
or a detection system at its supply, and the people who fill and mount."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Any

from sim_backends.data.voltammetry import DISK_AREA
from sim_backends.models.ac_circuit import DirectLoad
from sim_backends.models.detection_system import SUPPLY, DetectionSystem, SupplyInput
from sim_backends.models.reference.randles_cell import RandlesCell
from sim_backends.models.reference.resistor import ReferenceResistor
from sim_backends.models.reference.scanner import WiredScanner
from sim_backends.models.rotating_disk import CatalystBatches, RotatingDisk
from sim_backends.models.sensor_cell import SensorCell
from sim_backends.models.sensor_chip import SensorChip
from sim_backends.models.syringe import Syringe
from sim_backends.samples.recipe import Samples
from sim_backends.samples.voltammetry import RECIPES, draw_chip
from sim_backends.streams import stream
from sim_backends.worlds import voltammetry_errors as errors

Device = SensorChip | CatalystBatches | DetectionSystem

BORE = 14.57e-3
"""Inner diameter in m that is stated of the syringe."""

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class World:
    """`ports` by name: cell (ElectrochemicalPort), multiplexer (WiredScanner), syringe
    (SyringePort), supply (AcPort), operator (OperatorPort)."""

    def __init__(self, device: Device, seed: int, t0: float) -> None:
        bore = BORE * sqrt(1.0 + errors.BORE * errors.drawn(seed, "bore"))
        syringe = Syringe(bore, t0)
        supply: Any = DirectLoad(SUPPLY, 1e5)
        cell: Any = RandlesCell(100.0, 1e6, 1e-6)
        operator: Any = None
        common = None
        if isinstance(device, SensorChip):
            cell = common = operator = _chip(device, syringe, seed, t0)
        elif isinstance(device, CatalystBatches):
            cell = operator = _disk(device, seed, t0)
        else:
            supply = operator = SupplyInput(device, seed=seed, t0=t0)
        pads = {101 + n: ReferenceResistor(1e10) for n in range(8)}
        self.ports: Mapping[str, Any] = {
            "cell": cell,
            "multiplexer": WiredScanner(channels=pads, common=common),
            "syringe": syringe,
            "supply": supply,
            "operator": operator,
        }


def _chip(chip: SensorChip, syringe: Syringe, seed: int, t0: float) -> SensorCell:
    return SensorCell(
        chip,
        syringe,
        standards=errors.standards(seed),
        dilution=errors.DILUTION,
        seed=seed,
        t0=t0,
    )


def _disk(batches: CatalystBatches, seed: int, t0: float) -> RotatingDisk:
    return RotatingDisk(
        batches,
        seed=seed,
        t0=t0,
        area=DISK_AREA * (1.0 + errors.DISK * errors.drawn(seed, "disk")),
        spreads=(errors.FILM, errors.CELL, errors.SETTLING, errors.MASTER),
        offset=4e-3 * errors.drawn(seed, "reference offset"),
    )


def build(device: Device, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` in place at run time `t0` in s: nothing is filled or
    started."""
    return World(device, seed, t0)


def example(seed: int) -> SensorChip:
    """A sensor chip drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_chip(stream(seed, "sample", "example"))
