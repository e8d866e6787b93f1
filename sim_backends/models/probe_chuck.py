"""The chuck of a probe station as its software sees it: a wafer under probes, heat, a door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from sim_backends.models.first_order import follow


@dataclass(frozen=True)
class Project:
    """What the station's software keeps of one kind of wafer: columns and rows of its `dies`, the
    home die being the first, and the `index` (width, height) of a die in m."""

    dies: tuple[tuple[int, int], ...]
    index: tuple[float, float]


class ChuckPort(Protocol):
    """A wafer on a chuck under fixed probes."""

    @property
    def projects(self) -> Mapping[str, Project]:
        """Wafer maps that the software knows, by name."""
        ...

    def place(self, x: float, y: float, t: float) -> None:
        """From time `t` on the probes stand above (x, y) in m from the home die's reference."""
        ...

    def touch(self, touching: bool, t: float) -> None:
        """Probes on the wafer, or separated from it."""
        ...

    def temperature(self, t: float) -> float:
        """Temperature of the chuck in degC."""
        ...

    def regulate(self, setpoint: float, t: float) -> None:
        """The thermal unit goes to `setpoint` in degC."""
        ...

    def door_closed(self, t: float) -> bool:
        """Whether the door to the chuck is closed."""
        ...


RISE = 40.0
"""Time constant in s of a chuck that its thermal unit brings to a set point."""


@dataclass
class ThermalChuck:
    """A chuck that was at `_last` degC at time `_since` and goes to `_aim` exponentially."""

    _last: float
    _since: float
    _aim: float

    @classmethod
    def at_rest(cls, ambient: float, t0: float) -> ThermalChuck:
        """A chuck at `ambient` degC at time `t0` in s."""
        return cls(ambient, t0, ambient)

    def temperature(self, t: float) -> float:
        """Temperature in degC at time `t`."""
        return float(follow(self._last, self._aim, 0.0, RISE, t - self._since))

    def regulate(self, setpoint: float, t: float) -> None:
        """From `t` on it goes to `setpoint` in degC."""
        self._last, self._since, self._aim = self.temperature(t), t, setpoint


@dataclass
class BareChuck:
    """A chuck with a wafer of known map and no device on it; fits `ChuckPort`."""

    projects: Mapping[str, Project]
    thermal: ThermalChuck
    position: tuple[float, float] = (0.0, 0.0)
    touching: bool = False
    closed: bool = True
    touched: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])

    def place(self, x: float, y: float, t: float) -> None:
        """The probes stand above (x, y) in m."""
        self.position = (x, y)

    def touch(self, touching: bool, t: float) -> None:
        """Probes on the wafer; where they touched is kept."""
        if touching and not self.touching:
            self.touched.append(self.position)
        self.touching = touching

    def temperature(self, t: float) -> float:
        """Temperature in degC."""
        return self.thermal.temperature(t)

    def regulate(self, setpoint: float, t: float) -> None:
        """Goes to `setpoint` in degC."""
        self.thermal.regulate(setpoint, t)

    def door_closed(self, t: float) -> bool:
        """As `closed` says."""
        return self.closed


def round_map(across: int) -> tuple[tuple[int, int], ...]:
    """Columns and rows of the whole dies of a round wafer of `across` dies, home die first."""
    half = across // 2
    inside = across / 2.0
    found = [
        (column, row)
        for row in range(-half, half + 1)
        for column in range(-half, half + 1)
        if np.hypot(abs(column) + 0.5, abs(row) + 0.5) <= inside
    ]
    return tuple(sorted(found, key=lambda die: (die != (0, 0), die[1], die[0])))
