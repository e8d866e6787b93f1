"""A battery management system: measures a pack, counts its charge, protects it.

The charge that it reports is counted with its own current sensor and so drifts away from the truth;
it starts from the cells' voltage at rest. Contactor, alarms and heartbeat are those of
`management`.
"""

from __future__ import annotations

import math

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.sunspec.management import (
    COLD,
    COLD_ALARM,
    HIGH,
    HIGH_ALARM,
    HOT,
    HOT_ALARM,
    LOW,
    LOW_ALARM,
    OVER_CHARGE,
    OVER_DISCHARGE,
    Management,
)
from sim_backends.models.battery_pack import PackParameters, PackPort, PackReading, charge_at_rest
from sim_backends.models.hybrid_ports import BankSheet

VOLTAGE = Spec(range=1000.0, gain=5e-3, offset=0.2, noise=0.02)
CURRENT = Spec(range=200.0, gain=0.01, offset=0.05, noise=0.02)
CELL = Spec(range=5.0, gain=0.0, offset=5e-3, noise=5e-4)
WARMTH = Spec(range=100.0, gain=0.0, offset=1.0, noise=0.05)
"""V, A, V and K: 0.5 %, 1 %, 5 mV and 1 K are usual in data sheets of such systems."""

MAKER = "SIM-STORAGE"
RATED = 10000.0
"""W that its inverter has in both directions."""

NOMINAL_CELL, CELL_LIMITS = 3.65, (3.0, 4.2)
"""V of a cell by which energy is rated, and between which it is used."""

DEAD_BAND = 0.2
"""A below which the charge counter takes the current for 0: its sensor's offset at rest."""

HEALTH_ERROR = 0.02
SOC_RANGE = (0.05, 0.95)
"""Charge between which the pack may be used, 0..1."""


def plate(pack: PackParameters) -> BankSheet:
    """The nameplate of such a pack; its cells take one hour's rate."""
    energy, (low, high) = pack.cells * NOMINAL_CELL * pack.capacity, CELL_LIMITS
    return BankSheet(
        cells=pack.cells, modules=pack.modules, capacity=pack.capacity, energy=energy,
        power=RATED, low=low, high=high, current=pack.capacity, maker=MAKER,
    )  # fmt: skip


class Bms(Management):
    """One system on `pack`, its contactor closed; times in s, charges 0..1."""

    def __init__(self, pack: PackPort, rng: np.random.Generator) -> None:
        super().__init__(plate(pack.rated), {}, closed=True)
        self.pack = pack
        self._voltage, self._current = Channel([VOLTAGE], rng), Channel([CURRENT], rng)
        self._cell_errors = CELL.offset * rng.uniform(-1, 1, self.rated.cells)
        self._warmth = Channel([WARMTH], rng)
        self._noise = rng
        self.health = pack.health() + HEALTH_ERROR * float(rng.uniform(-1, 1))
        self.reserve = list(SOC_RANGE)

    def update(self, t: float) -> None:
        """Measure, count and protect at `t`."""
        self._measure(self.pack.read(t))
        self._count(t)
        self._protect(t)

    def _contactor(self, closed: bool, t: float) -> None:
        if not closed:
            self.pack.drive(0.0, t)

    def _measure(self, reading: PackReading) -> None:
        self.voltage = self._voltage.convert(reading.voltage, 0)
        self.current = self._current.convert(reading.current, 0) if self.closed else 0.0
        noise = CELL.noise * self._noise.standard_normal(self.rated.cells)
        self.cells = reading.cells + self._cell_errors + noise
        self.modules = np.array([self._warmth.convert(float(m), 0) for m in reading.modules])

    def _count(self, t: float) -> None:
        if math.isnan(self.charge):
            self.charge = float(charge_at_rest(self.cells).mean())
            return
        counted = self.current if abs(self.current) > DEAD_BAND else 0.0
        moved = counted * (t - self._t) / 3600.0
        self.charge -= moved / (self.rated.capacity * self.health)
        self.charge = min(max(self.charge, 0.0), 1.0)
        self.throughput += abs(moved)

    def _alarms(self, t: float) -> set[int]:
        checks = (
            (HIGH_ALARM, self.cells.max() > 4.25), (LOW_ALARM, self.cells.min() < 2.8),
            (HOT_ALARM, self.modules.max() > 60.0), (COLD_ALARM, self.modules.min() < -10.0),
            (OVER_CHARGE, self.current < -1.2 * self.rated.current),
            (OVER_DISCHARGE, self.current > 1.2 * self.rated.current),
        )  # fmt: skip
        return super()._alarms(t) | {bit for bit, is_so in checks if is_so}

    def _warned(self) -> set[int]:
        checks = (
            (HIGH, self.cells.max() > 4.2), (LOW, self.cells.min() < 3.0),
            (HOT, self.modules.max() > 50.0), (COLD, self.modules.min() < 0.0),
        )  # fmt: skip
        return super()._warned() | {bit for bit, is_so in checks if is_so}
