"""Three indexes of similar content whose true speed-ups are those asked for: the work of a search,
as it was counted, times what each operation takes (docs/models/cache.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from sim_backends.data.query_work import OPERATIONS
from sim_backends.models.software.timed_index import TimedSystems
from sim_backends.samples.recipe import Recipe
from sim_backends.samples.stating import Stated

KEYS = {"speedup_over_spyglass": "spyglass", "speedup_over_smartstore": "smartstore"}
READ = {"spyglass": "partition", "smartstore": "group"}
"""What a baseline reads from its store: the operation whose time is solved."""

SLOWEST = 10e-3
"""Longest time in s that reading one partition or group takes."""


def draw_systems(rng: np.random.Generator) -> TimedSystems:
    """Ordinary systems."""
    return TimedSystems(
        pace=float(rng.uniform(0.7, 1.4)),
        partition=float(rng.uniform(80e-6, 250e-6)),
        group=float(rng.uniform(50e-6, 150e-6)),
    )


def query_time(systems: TimedSystems, role: str) -> float:
    """Mean time in s of a query of `role` on an idle machine."""
    costs = systems.costs()[role]
    return sum(count * costs[kind] for kind, count in OPERATIONS[role].items())


def figures(systems: TimedSystems) -> Mapping[str, float]:
    """Mean query time of each baseline over that of the system."""
    mine = query_time(systems, "system")
    return {key: query_time(systems, role) / mine for key, role in KEYS.items()}


def _reading(systems: TimedSystems, seconds: float) -> TimedSystems:
    return replace(systems, partition=seconds, group=seconds)


def _solved(systems: TimedSystems, truth: Mapping[str, Any]) -> TimedSystems:
    in_memory = _reading(systems, 0.0)
    mine = query_time(systems, "system")
    found = {
        READ[role]: (float(truth[key]) * mine - query_time(in_memory, role))
        / OPERATIONS[role][READ[role]]
        for key, role in KEYS.items()
    }
    return replace(systems, **found)


def _reach(systems: TimedSystems) -> Mapping[str, tuple[float, float]]:
    low, high = figures(_reading(systems, 0.0)), figures(_reading(systems, SLOWEST))
    return {key: (low[key], high[key]) for key in KEYS}


def _nothing(systems: TimedSystems) -> Mapping[str, Stated]:
    return {}


RECIPES: dict[str, Recipe] = {
    "7.3-04": Recipe(
        kind="index of similar content beside two baselines",
        units=dict.fromkeys(KEYS, "dimensionless"),
        draw=draw_systems,
        solved=_solved,
        figures=figures,
        stated=_nothing,
        reach=_reach,
    ),
}
"""By indicator id."""
