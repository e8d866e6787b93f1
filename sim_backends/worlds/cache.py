"""The world of the cache bench: one cache system that runs as a program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim_backends.models.software.cache import LearnedCache, RunningCache
from sim_backends.samples.cache import RECIPES, draw_cache
from sim_backends.samples.recipe import Samples
from sim_backends.streams import stream

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class World:
    """`ports` by name: system (RunningCache)."""

    def __init__(self, device: LearnedCache, seed: int) -> None:
        self.ports: Mapping[str, Any] = {"system": RunningCache(device, seed)}


def build(device: LearnedCache, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` at run time `t0` in s: no program has been started."""
    return World(device, seed)


def example(seed: int) -> LearnedCache:
    """A cache system drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_cache(stream(seed, "sample", "example"))
