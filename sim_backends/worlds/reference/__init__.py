"""The world of the bench `reference`: each instrument on a simple device of known value.

`truth` says what an ideal instrument would read at each port; the emulators read it through their
own errors and noise. Nothing here changes unless an instrument changes it. Each module of this
folder brings the devices of a group of instruments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sim_backends.worlds.reference import (
    analytics,
    cryogenics,
    energy,
    files,
    first_ten,
    optics,
    plant,
    power,
    process,
)
from sim_backends.worlds.reference.truth import Truth

Part = Callable[[int, float], tuple[dict[str, Any], dict[str, Truth]]]
PARTS: tuple[Part, ...] = (
    analytics.ports,
    cryogenics.ports,
    energy.ports,
    files.ports,
    first_ten.ports,
    optics.ports,
    plant.ports,
    power.ports,
    process.ports,
)
"""Each gives its ports by name, and the truth at each, for a seed and the run time in s."""


class World:
    """`ports` by name, and the `truth` at each."""

    def __init__(self, seed: int, t0: float) -> None:
        ports: dict[str, Any] = {}
        truth: dict[str, Truth] = {}
        for part in PARTS:
            devices, known = part(seed, t0)
            ports |= devices
            truth |= known
        self.ports: Mapping[str, Any] = ports
        self.truth: Mapping[str, Truth] = truth


def build(device: None, *, seed: int, t0: float) -> World:
    """The known devices at run time `t0` in s; no sample is mounted."""
    return World(seed, t0)


def example(seed: int) -> None:
    """This world brings its own devices."""
