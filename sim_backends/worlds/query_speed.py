"""The world of the query speed bench: three indexes of similar content on one busy machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim_backends.models.software.busy_machine import BusyMachine
from sim_backends.models.software.hash_tables import HashTables
from sim_backends.models.software.partitioned_index import Partitions
from sim_backends.models.software.searching import SearchIndex
from sim_backends.models.software.semantic_index import SemanticGroups
from sim_backends.models.software.timed_index import TimedIndex, TimedSystems
from sim_backends.samples.query_speed import RECIPES, draw_systems
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class World:
    """`ports` by name: system, spyglass, smartstore (TimedIndex each)."""

    def __init__(self, device: TimedSystems, seed: int) -> None:
        machine = BusyMachine(seed)
        indexes: dict[str, SearchIndex] = {
            "system": HashTables(seed),
            "spyglass": Partitions(),
            "smartstore": SemanticGroups(),
        }
        costs = device.costs()
        self.ports: Mapping[str, Any] = {
            role: TimedIndex(index, costs[role], machine, role) for role, index in indexes.items()
        }


def build(device: TimedSystems, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` at run time `t0` in s: no program has been started."""
    return World(device, seed)


def example(seed: int) -> TimedSystems:
    """Systems drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_systems(stream(seed, "sample", "example"))
