"""Where the structures of a test chip stand on its wafer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from sim_backends.data import gallium_oxide as data
from sim_backends.models.probe_chuck import round_map
from sim_backends.models.probed_die import Layout
from sim_backends.samples.stating import Stated

PROJECT = "ga2o3-power-ic"
"""Name of the wafer map in the prober's software."""

INDEX = (5e-3, 5e-3)
DIES = round_map(9)
"""A wafer of 2 inches in dies of 5 mm."""

D = TypeVar("D")


@dataclass(frozen=True)
class Chip(Generic[D]):
    """A device and where its structures stand on the wafer."""

    device: D
    layout: Layout


def draw_layout(rng: np.random.Generator) -> Layout:
    """A die of the map, and a row of structures on it."""
    die = DIES[int(rng.integers(len(DIES)))]
    first = float(rng.integers(-1500, 500)) * 1e-6, float(rng.integers(-1500, 1500)) * 1e-6
    return Layout(die, first, 300e-6)


def placed(layout: Layout) -> dict[str, Stated]:
    """Where the structures stand, as the layout file says."""
    return {
        "die_column": Stated(float(layout.die[0]), "dimensionless", 0.0),
        "die_row": Stated(float(layout.die[1]), "dimensionless", 0.0),
        "structure_x": Stated(layout.first[0], "m", 0.0),
        "structure_y": Stated(layout.first[1], "m", 0.0),
        "structure_pitch": Stated(layout.pitch, "m", 0.0),
        "test_temperature": Stated(data.HOME_TEMPERATURE, "degC", 0.0),
    }


def uniform(rng: np.random.Generator, ends: tuple[float, float]) -> float:
    """A number between `ends`, in their unit."""
    return float(rng.uniform(*ends))
