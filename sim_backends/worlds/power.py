"""The world of the power bench: a UPS cluster with its controller on a simulated grid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim_backends.data import power as data
from sim_backends.models.battery_pack import BatteryPack, StoragePlant
from sim_backends.models.cluster_site import ClusterSite
from sim_backends.models.coupled_cluster import CoupledCluster
from sim_backends.models.grid_port import SourcePort
from sim_backends.models.grid_source import GridSource
from sim_backends.models.level_signal import LevelSignal
from sim_backends.models.noise import Flicker
from sim_backends.models.site_load import SiteLoad
from sim_backends.models.unit_store import SharedPack, UnitBattery
from sim_backends.models.ups_cluster import Cluster
from sim_backends.samples.power import RECIPES, draw_cluster
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream
from sim_backends.worlds import power_errors as errors
from sim_backends.worlds.power_ports import CoupledMains, CouplingMeter, CouplingWave, UnitPlant

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class CycleWaits:
    """How long an event waits for the controller's next cycle: anew each time, up to `cycle` s."""

    def __init__(self, cycle: float, seed: int) -> None:
        self._cycle = cycle
        self._rng = stream(seed, "power world", "controller cycle")

    def __call__(self) -> float:
        """The next wait in s."""
        return self._cycle * float(self._rng.uniform())


class World:
    """`ports` by name: grid (GridPort), site and dispatch (SitePort), analyzer (AcPort), scope (of
    four SignalPort), storage (StoragePlant), ups_1 to ups_5 (UpsPort)."""

    def __init__(self, cluster: Cluster, seed: int, t0: float) -> None:
        bench = errors.draw(seed)
        event, command = LevelSignal(bench.event), LevelSignal(bench.marker)
        scene = self._scene(cluster, seed, t0)
        mains = CoupledMains(scene)
        site = ClusterSite(scene, command, bench.site)
        current = CouplingWave(scene, current=True, skew=bench.skew)
        self.ports: Mapping[str, Any] = {
            "grid": SourcePort(scene.source, scene, event, data.SOURCE),
            "site": site,
            "dispatch": site,
            "analyzer": CouplingMeter(scene, bench),
            "scope": (CouplingWave(scene, current=False), current, event, command),
            "storage": StoragePlant(scene.pack, mains),
            **{
                f"ups_{number}": UnitPlant(scene, number - 1, mains, battery)
                for number, battery in enumerate(scene.batteries, 1)
            },
        }

    @staticmethod
    def _scene(cluster: Cluster, seed: int, t0: float) -> CoupledCluster:
        def stores(scene: CoupledCluster) -> tuple[tuple[UnitBattery, ...], SharedPack]:
            *lead, lithium = cluster.charges
            batteries = tuple(
                UnitBattery(data.BATTERY, scene, charge=charge, t0=t0) for charge in lead
            )
            rng = stream(seed, "power world", "pack")
            return batteries, SharedPack(
                BatteryPack(data.PACK, charge=lithium, rng=rng, t0=t0), scene, t0
            )

        unrest = Flicker(*data.UNREST, stream(seed, "power world", "load"))
        return CoupledCluster(
            cluster,
            GridSource(1, data.GRID_VOLTAGE, data.GRID_FREQUENCY, t0),
            data.LINE,
            SiteLoad(cluster.loads, cluster.swing, data.DAY_SHAPE, data.LOAD_FACTOR, unrest),
            stores,
            CycleWaits(cluster.cycle, seed),
            t0,
        )


def build(device: Cluster, *, seed: int, t0: float) -> World:
    """A bench of `seed` with the cluster `device` on its grid at run time `t0` in s: 230 V and 50
    Hz, the controller stopped, the loads on."""
    return World(device, seed, t0)


def example(seed: int) -> Cluster:
    """A cluster drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_cluster(data.TEMPLATE, stream(seed, "sample", "example"))
