"""Batches of a catalyst on a rotating disk, one after the other.

The overpotential of oxygen evolution is that of Tafel's law, eta = b log10(i / i0), at the kinetic
current 1/i_k = 1/i - 1/i_lim of a disk that bubbles leave free as it turns (after Koutecky and
Levich), and the solution resistance adds i R. Potentials are against the bench's own reference
electrode, which drifts. Fits `ElectrochemicalPort` and `OperatorPort`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from math import log, log10, sqrt

from sim_backends.data.voltammetry import (
    DISK_AREA,
    DISK_CAPACITANCE,
    ELECTROLYTE,
    LIMITING,
    OVERPOTENTIAL_SLOPE,
    REVERSIBLE_OXYGEN,
)
from sim_backends.models.noise import Drift
from sim_backends.streams import stream

NOMINAL_RATE = 1600.0
"""Rotation in 1/min at which `LIMITING` holds."""

_LN10 = log(10.0)


@dataclass(frozen=True, slots=True)
class CatalystBatches:
    """Batches by their exchange current densities in A/m2 of geometric area (`exchange`), the
    Tafel slope in V a decade that they share (`tafel`)."""

    exchange: tuple[float, ...]
    tafel: float


def overpotential(batches: CatalystBatches, number: int, density: float) -> float:
    """Overpotential in V of batch `number` at `density` in A/m2, at 1600 1/min and 25 degC."""
    kinetic = 1.0 / (1.0 / density - 1.0 / LIMITING)
    return batches.tafel * log10(kinetic / batches.exchange[number])


def worst_deviation(batches: CatalystBatches, density: float) -> float:
    """The signed deviation in V of the batch that lies farthest from the mean of all."""
    found = [overpotential(batches, n, density) for n in range(len(batches.exchange))]
    mean = sum(found) / len(found)
    return max((one - mean for one in found), key=abs)


@dataclass(frozen=True, slots=True)
class Mounted:
    """How a film is mounted this time: relative error of its active loading, K that its cell is
    off, V that it has not settled, Ohm of solution, relative error of the rotation."""

    loading: float
    warmth: float
    settling: float
    resistance: float
    rotation: float


class RotatingDisk:
    """`batches` on the disk of the bench with `seed`; `area` is the disk's true area in m2.

    `spreads` are standard deviations: relative of a film's loading, K of the cell, V of settling,
    V of one look at the master reference electrode; `offset` in V is what the working reference
    electrode reads above the reversible hydrogen electrode at first.
    """

    def __init__(
        self,
        batches: CatalystBatches,
        *,
        seed: int,
        t0: float,
        area: float = DISK_AREA,
        spreads: tuple[float, float, float, float],
        offset: float,
    ) -> None:
        self._batches, self._seed, self._area = batches, seed, area
        self._spreads, self._offset = spreads, offset
        rng = stream(seed, "rotating disk", "reference")
        self._drift = Drift(1.5e-3, 4 * 3600.0, 300.0, rng, math.floor(t0 / 300.0) * 300.0)
        self._number, self._mountings, self._checks = 0, 0, 0
        self._master: float | None = None
        self._mounted = self._mount()
        self._t = t0

    def acted(self, prompt: str, value: object, t: float) -> None:
        """`.../batch`: the batch of that number is mounted; `.../master`: the master reference
        electrode is in the disk's place."""
        name = prompt.rpartition("/")[2]
        if name == "batch":
            self._number, self._master = int(str(value)) - 1, None
            self._mountings += 1
            self._mounted = self._mount()
        elif name == "master":
            self._checks += 1
            self._master = self._spreads[3] * self._draw("master", self._checks)

    def current(self, voltage: float, t: float) -> float:
        """Current in A at `voltage` in V against the working reference electrode."""
        drive = voltage + self._reference(t) - REVERSIBLE_OXYGEN - self._shifts()
        return _current(drive, self._scale(), self._batches.tafel, self._mounted, self._limit())

    def voltage(self, current: float, t: float) -> float:
        """Potential in V at rest: the master's, or that of a film in oxygen."""
        if self._master is not None:
            return self._master - self._reference(t)
        return 0.95 - self._reference(t) + current * self._mounted.resistance

    def impedance(self, frequency: float, voltage: float, t: float) -> complex:
        """Impedance in Ohm at `frequency` in Hz: solution, film capacitance, charge transfer."""
        current = max(self.current(voltage, t), 1e-12)
        transfer = self._batches.tafel / _LN10 / current
        layer = 2j * math.pi * frequency * DISK_CAPACITANCE * self._area
        return self._mounted.resistance + 1.0 / (1.0 / transfer + layer)

    def disconnect(self, t: float) -> None:
        """At rest from `t` on."""
        self._t = max(self._t, t)

    def _draw(self, *names: object) -> float:
        return float(stream(self._seed, "rotating disk", *map(str, names)).standard_normal())

    def _mount(self) -> Mounted:
        film, cell, settling, _ = self._spreads
        key = self._mountings
        return Mounted(
            loading=film * self._draw("film", key),
            warmth=cell * self._draw("cell", key),
            settling=settling * self._draw("settling", key),
            resistance=ELECTROLYTE * (1.0 + 0.05 * self._draw("solution", key)),
            rotation=0.005 * self._draw("rotation", key),
        )

    def _reference(self, t: float) -> float:
        """V that the working reference electrode lies above the reversible hydrogen electrode."""
        self._t = max(self._t, t)
        return self._offset + self._drift.at(self._t)

    def _shifts(self) -> float:
        return OVERPOTENTIAL_SLOPE * self._mounted.warmth + self._mounted.settling

    def _scale(self) -> float:
        """Exchange current in A of what is mounted."""
        return self._batches.exchange[self._number] * self._area * (1.0 + self._mounted.loading)

    def _limit(self) -> float:
        return LIMITING * self._area * sqrt(1.0 + self._mounted.rotation)


def _current(drive: float, scale: float, tafel: float, how: Mounted, limit: float) -> float:
    """The current in A at which Tafel's law, bubbles and the resistance take `drive` in V.

    Newton's steps for ln(i): the left side rises with it everywhere.
    """
    slope = tafel / _LN10
    x = min(drive / slope + log(scale), log(0.5 * limit))
    for _ in range(40):
        current = min(math.exp(x), 0.999 * limit)
        kinetic = current / (1.0 - current / limit)
        wrong = slope * log(kinetic / scale) + current * how.resistance - drive
        step = wrong / (slope / (1.0 - current / limit) + current * how.resistance)
        x = min(x - step, log(0.999 * limit))
        if abs(step) < 1e-12:
            break
    return math.exp(x)
