"""A sinusoidal grating with a rough surface, under a probe."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

WAVES = 48
"""Plane waves that make up the roughness."""


class SurfacePort(Protocol):
    """A surface under a microscope. Times are run time in s."""

    def height(self, x: Any, y: Any, t: float) -> Any:
        """Height in m above the mean plane at `x`, `y` in m."""
        ...


@dataclass(frozen=True)
class SinusoidalGrating:
    """Ridges along y: `depth` from peak to valley and `pitch` in m; `roughness` Rq in m on them.

    The roughness is a sum of plane waves between `pitch` / 40 and `pitch` / 8, drawn by `seed`: the
    same at the same place, however often it is looked at.
    """

    depth: float
    pitch: float
    roughness: float
    seed: int = 1
    _waves: Any = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rng = np.random.default_rng(self.seed)
        wave_number = 2.0 * np.pi / (self.pitch / rng.uniform(8.0, 40.0, WAVES))
        direction = rng.uniform(0.0, 2.0 * np.pi, WAVES)
        phase = rng.uniform(0.0, 2.0 * np.pi, WAVES)
        waves = (wave_number * np.cos(direction), wave_number * np.sin(direction), phase)
        object.__setattr__(self, "_waves", waves)

    def height(self, x: Any, y: Any, t: float) -> Any:
        """0.5 depth sin(2 pi x / pitch) + Rq sqrt(2 / n) sum of n cosines."""
        ridges = 0.5 * self.depth * np.sin(2.0 * np.pi * np.asarray(x) / self.pitch)
        rough = np.zeros(np.broadcast(x, y).shape)
        for kx, ky, phase in zip(*self._waves, strict=True):
            rough += np.cos(kx * x + ky * y + phase)
        return ridges + self.roughness * np.sqrt(2.0 / WAVES) * rough
