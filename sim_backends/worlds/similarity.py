"""The world of the similarity bench: one index of similar content that runs as a program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim_backends.models.software.index import ContentIndex, RunningIndex
from sim_backends.samples.recipe import Samples
from sim_backends.samples.similarity import RECIPES, draw_index
from sim_backends.streams import stream

SAMPLES = Samples(RECIPES)
solve = SAMPLES.solve
reach = SAMPLES.reach


class World:
    """`ports` by name: system (RunningIndex)."""

    def __init__(self, device: ContentIndex, seed: int) -> None:
        self.ports: Mapping[str, Any] = {"system": RunningIndex(device, seed)}


def build(device: ContentIndex, *, seed: int, t0: float) -> World:
    """A bench of `seed` with `device` at run time `t0` in s: no program has been started."""
    return World(device, seed)


def example(seed: int) -> ContentIndex:
    """An index drawn with `seed`, for a bench that is shown and not asked for one."""
    return draw_index(stream(seed, "sample", "example"))
