"""A battery management system: measures a pack, counts its charge, protects it.

Models 802 to 804 leave the rules to the maker; these are usual ones for lithium-ion cells. Alarms
latch and open the contactor until they are reset with their cause gone. Current and power are
positive in discharge. The charge that it reports is counted with its own current sensor and so
drifts away from the truth; it starts from the cells' voltage at rest.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.models.battery_pack import PackPort, PackReading, charge_at_rest

VOLTAGE = Spec(range=1000.0, gain=5e-3, offset=0.2, noise=0.02)
CURRENT = Spec(range=200.0, gain=0.01, offset=0.05, noise=0.02)
CELL = Spec(range=5.0, gain=0.0, offset=5e-3, noise=5e-4)
WARMTH = Spec(range=100.0, gain=0.0, offset=1.0, noise=0.05)
"""V, A, V and K: 0.5 %, 1 %, 5 mV and 1 K are usual in data sheets of such systems."""

POWER = 10000.0
"""W that its inverter has in both directions."""

NOMINAL_CELL, CELL_LIMITS = 3.65, (3.0, 4.2)
"""V of a cell by which energy is rated, and between which it is used."""

DEAD_BAND = 0.2
"""A below which the charge counter takes the current for 0: its sensor's offset at rest."""

HEALTH_ERROR = 0.02
HEARTBEAT = 10.0
"""Seconds without a new controller heartbeat, once there was one, until the contactor opens."""

PRECHARGE = 2.0
SOC_RANGE = (0.05, 0.95)
"""Charge between which the pack may be used, 0..1."""

COMMUNICATION, HOT_ALARM, HOT, COLD_ALARM, COLD = 0, 1, 2, 3, 4
OVER_CHARGE, OVER_DISCHARGE, HIGH_ALARM, HIGH, LOW_ALARM, LOW = 5, 7, 9, 10, 11, 12
EMPTY, FULL, UNEVEN = 14, 16, 17
"""Bits of Evt1 in models 802, 803 and 804."""

_ALARMS = (COMMUNICATION, HOT_ALARM, COLD_ALARM, OVER_CHARGE, OVER_DISCHARGE, HIGH_ALARM, LOW_ALARM)


class Bms:
    """One system on `pack`, its contactor closed; times in s, charges 0..1."""

    def __init__(self, pack: PackPort, rng: np.random.Generator) -> None:
        self.pack = pack
        self.rated = pack.rated
        self._voltage, self._current = Channel([VOLTAGE], rng), Channel([CURRENT], rng)
        self._cell_errors = CELL.offset * rng.uniform(-1, 1, self.rated.cells)
        self._warmth = Channel([WARMTH], rng)
        self._noise = rng
        self.health = pack.health() + HEALTH_ERROR * float(rng.uniform(-1, 1))
        self.closed = True
        self.closing: float | None = None
        self.latched: set[int] = set()
        self.warnings: set[int] = set()
        self.reserve = list(SOC_RANGE)
        self.charge = math.nan
        self.throughput = 0.0
        self.voltage = self.current = 0.0
        self.cells = np.zeros(self.rated.cells)
        self.modules = np.zeros(self.rated.modules)
        self.controller: float = 0
        self._beat: float | None = None
        self._t = 0.0

    @property
    def rated_energy(self) -> float:
        """Wh of the nameplate."""
        return self.rated.cells * NOMINAL_CELL * self.rated.capacity

    @property
    def rated_power(self) -> float:
        """W of the nameplate, in both directions."""
        return POWER

    @property
    def cell_limits(self) -> tuple[float, float]:
        """V between which a cell is used."""
        return CELL_LIMITS

    @property
    def scales(self) -> Mapping[str, int]:
        """Exponents of ten that differ from the usual ones of models 802 to 804."""
        return {}

    @property
    def most_current(self) -> float:
        """A that the cells take: one hour's rate."""
        return self.rated.capacity

    def limits(self) -> tuple[float, float]:
        """(charge, discharge) in A that it allows now, both positive."""
        if not self.closed:
            return 0.0, 0.0
        low, high = self.reserve
        room = min(max((high - self.charge) / 0.05, 0.0), 1.0)
        left = min(max((self.charge - low) / 0.05, 0.0), 1.0)
        return self.most_current * room, self.most_current * left

    def beat(self, count: float, t: float) -> None:
        """The controller's heartbeat; only a new number counts."""
        if count != self.controller or self._beat is None:
            self._beat = t
        self.controller = count

    def controller_restarted(self) -> None:
        """No heartbeat is waited for until there is one again."""
        self._beat, self.controller = None, 0

    def operate(self, connect: bool, t: float) -> None:
        """Close the contactor after the precharge, where no alarm forbids it, or open it."""
        if not connect:
            self._open(t)
        elif not self.closed and not self.latched and self.closing is None:
            self.closing = t + PRECHARGE

    def reset(self) -> None:
        """Forget latched alarms whose cause has gone; the contactor stays open."""
        self.latched &= self._alarms(self._t)

    def event(self) -> float | None:
        """When a heartbeat will be missed or the precharge ends."""
        due = [] if self.closing is None else [self.closing]
        if self._beat is not None and COMMUNICATION not in self.latched:
            due.append(self._beat + HEARTBEAT)
        return min(due, default=None)

    def update(self, t: float) -> None:
        """Measure, count and protect at `t`."""
        reading = self.pack.read(t)
        self._measure(reading)
        self._count(t)
        self._t = t
        if self.closing is not None and self.closing <= t:
            self.closed, self.closing = True, None
        fresh = self._alarms(t)
        self.warnings = self._warned()
        if fresh - self.latched:
            self.latched |= fresh
            self._open(t)

    def _open(self, t: float) -> None:
        self.closed, self.closing = False, None
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
        late = self._beat is not None and t >= self._beat + HEARTBEAT
        found = {COMMUNICATION} if late else set[int]()
        checks = (
            (HIGH_ALARM, self.cells.max() > 4.25), (LOW_ALARM, self.cells.min() < 2.8),
            (HOT_ALARM, self.modules.max() > 60.0), (COLD_ALARM, self.modules.min() < -10.0),
            (OVER_CHARGE, self.current < -1.2 * self.most_current),
            (OVER_DISCHARGE, self.current > 1.2 * self.most_current),
        )  # fmt: skip
        return found | {bit for bit, is_so in checks if is_so}

    def _warned(self) -> set[int]:
        low, high = self.reserve
        checks = (
            (HIGH, self.cells.max() > 4.2), (LOW, self.cells.min() < 3.0),
            (HOT, self.modules.max() > 50.0), (COLD, self.modules.min() < 0.0),
            (EMPTY, self.charge <= low), (FULL, self.charge >= high),
            (UNEVEN, np.ptp(self.cells) > 0.1),
        )  # fmt: skip
        return {bit for bit, is_so in checks if is_so}

    def events(self) -> int:
        """Evt1 as a number."""
        return sum(1 << bit for bit in self.latched | self.warnings)
