"""A tensile test, whatever format the machine's software writes.

The crosshead moves at a steady speed until the specimen breaks; machine and grips give way. An
extensometer sits on the gauge length. Remembered figures: load cell class 0.5 (0.5 % of reading),
extensometer class 0.5, crosshead within 0.02 mm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.models.specimens.tensile import SpecimenPort

MAKER, MODEL = "labctl", "TM-10"
SPEED = 6.0 / 60e3
"""Crosshead speed in m/s (6 mm/min)."""

COMPLIANCE = 4e-8
"""Of machine and grips in m/N."""

INTERVAL = 0.1
"""Seconds between points."""

LOAD = Spec(range=10e3, gain=0.005, offset=0.0, noise=0.5)
STRAIN = Spec(range=0.2, gain=0.005, offset=0.0, noise=2e-6)
DISPLACEMENT = Spec(range=1.0, gain=0.0, offset=2e-5, noise=1e-6)
"""Errors in N, dimensionless and in m."""


@dataclass(frozen=True, eq=False)
class Curve:
    """Arrays of shape (n,): `time` in s, `displacement` in m, `force` in N, `strain`."""

    time: Any
    displacement: Any
    force: Any
    strain: Any


class TensileMachine:
    """The machine and its errors, with the specimen in `port`; each test pulls a new one alike."""

    def __init__(self, port: SpecimenPort, rng: np.random.Generator) -> None:
        self._port = port
        self._load = Channel([LOAD], rng)
        self._strain = Channel([STRAIN], rng)
        self._displacement = Channel([DISPLACEMENT], rng)

    @property
    def seconds(self) -> float:
        """How long a test takes in s."""
        return float(
            self._travel(self._port.strength, self._port.strain(self._port.strength)) / SPEED
        )

    @property
    def points(self) -> int:
        """Points of a curve."""
        return self._times().size

    def pull(self) -> Curve:
        """One test to break; the last point has the load of the broken specimen, none."""
        stress = np.linspace(0.0, self._port.strength, 4000)
        strain = self._port.strain(stress)
        travel = self._travel(stress, strain)
        time = self._times()
        held = SPEED * time <= travel[-1]
        force = np.interp(SPEED * time, travel, stress * self._port.area) * held
        extension = np.interp(SPEED * time, travel, strain)
        return Curve(
            time,
            _told(self._displacement, SPEED * time),
            _told(self._load, force),
            _told(self._strain, extension),
        )

    def _times(self) -> Any:
        """Of the points in s, to the first one after the break."""
        return np.arange(0.0, self.seconds + INTERVAL, INTERVAL)

    def _travel(self, stress: Any, strain: Any) -> Any:
        """Of the crosshead in m."""
        return strain * self._port.length + stress * self._port.area * COMPLIANCE


def _told(channel: Channel, values: Any) -> Any:
    return np.array([channel.convert(float(value), 0) for value in values])
