"""The world of the hybrid storage bench: two banks at one point of coupling, on one time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim_backends.models.grid_port import SourcePort
from sim_backends.models.hybrid_system import Hybrid
from sim_backends.models.platinum_probe import PlatinumProbe
from sim_backends.models.reference.scanner import WiredScanner
from sim_backends.samples.hybrid import RECIPES, draw_system
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream
from sim_backends.worlds import hybrid_meters as meters
from sim_backends.worlds.hybrid_banks import HybridBank
from sim_backends.worlds.hybrid_scene import Scene
from sim_backends.worlds.hybrid_site import HybridSite

CAPACITY = 900e3
"""VA of the grid simulator."""

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class World:
    """`ports` by name: analyzer_1..3 and dc_meter_1, dc_meter_2 (EnergyPort), scope (four of
    SignalPort), grid (GridPort), site (CyclingSitePort), energy_store and power_store (BankPort),
    logger (thermometers behind a scanner card: 101, 102 inlets, 103, 104 modules)."""

    def __init__(self, scene: Scene, seed: int) -> None:
        waves = (meters.Wave(scene, current=False), meters.Wave(scene, current=True))
        places = [scene.inlet] * 2 + [meters.modules(scene, n) for n in (0, 1)]
        thermometers = {101 + n: PlatinumProbe(one) for n, one in enumerate(places)}
        self.ports: Mapping[str, Any] = {
            **{f"analyzer_{n + 1}": meters.PhaseMeter(scene, n) for n in range(3)},
            **{f"dc_meter_{n + 1}": meters.BankMeter(scene, n) for n in range(2)},
            "scope": (*waves, scene.event, scene.marker),
            "grid": SourcePort(scene.source, scene, scene.event, CAPACITY),
            "site": HybridSite(scene),
            "energy_store": HybridBank(scene, 0, seed),
            "power_store": HybridBank(scene, 1, seed),
            "logger": WiredScanner(None, thermometers),
        }


def build(device: Hybrid, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` at its grid simulator at run time `t0` in s, half charged."""
    return World(Scene(device, seed, t0), seed)


def example(seed: int) -> Hybrid:
    """A system drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_system(stream(seed, "sample", "example"))
