"""The management system of a bank that others charge and discharge: it tells, guards and opens.

Sensors and estimator are the bank's own (`BankPort`); here are contactor, latched alarms and the
controller's heartbeat, as `bms.Bms` has them. Current and power are positive in discharge.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sim_backends.emulators.sunspec.bms import (
    COLD_ALARM,
    COMMUNICATION,
    EMPTY,
    FULL,
    HEARTBEAT,
    HOT_ALARM,
    UNEVEN,
    Bms,
)
from sim_backends.models.battery_pack import PackParameters
from sim_backends.models.hybrid_ports import BankPort

APART = 0.15
"""V between the highest and the lowest cell at which it warns."""

RELEASED = frozenset({HOT_ALARM, COLD_ALARM})
"""Alarms of temperature go when their cause has gone; the contactor stays open."""

SCALES = {"WHRtg_SF": 1, "WChaDisChaMax_SF": 1, "W_SF": 1, "A_SF": -1, "SoC_SF": -2}


class BankBms(Bms):
    """One system on the bank `port`; times in s, charges 0..1."""

    def __init__(self, port: BankPort) -> None:
        self.port = port
        self.sheet = port.rated
        self.rated = PackParameters(
            cells=self.sheet.cells, modules=self.sheet.modules, capacity=self.sheet.capacity
        )
        self.closing: float | None = None
        self.latched: set[int] = set()
        self.warnings: set[int] = set()
        self.reserve = [0.0, 1.0]
        self.charge, self.health = math.nan, 1.0
        self.throughput = self.voltage = self.current = 0.0
        self.cells = np.zeros(self.sheet.cells)
        self.modules = np.zeros(self.sheet.modules)
        self.controller: float = 0
        self.closed = port.connected()
        self._beat: float | None = None
        self._standing: frozenset[int] = frozenset()
        self._t = 0.0

    @property
    def rated_energy(self) -> float:
        """Wh of the nameplate."""
        return self.sheet.energy

    @property
    def rated_power(self) -> float:
        """W of the nameplate, in both directions."""
        return self.sheet.power

    @property
    def cell_limits(self) -> tuple[float, float]:
        """V between which a cell is used."""
        return self.sheet.low, self.sheet.high

    @property
    def scales(self) -> Mapping[str, int]:
        """Exponents of ten with which hundreds of kilowatts and amperes fit."""
        return SCALES

    @property
    def most_current(self) -> float:
        """A that the bank takes and gives."""
        return self.sheet.current

    def update(self, t: float) -> None:
        """Take what the bank tells at `t`, and guard it."""
        told = self.port.told(t)
        self.voltage, self.current = told.voltage, told.current
        self.cells, self.modules = told.cells, told.modules
        self.charge, self.health = told.charge, told.health
        self.throughput = told.throughput
        self._standing = told.alarms
        self._t = t
        if self.closing is not None and self.closing <= t:
            self.closed, self.closing = True, None
            self.port.connect(True, t)
        fresh = self._alarms(t)
        self.latched -= RELEASED - fresh
        self.warnings = set(told.warnings) | self._warned()
        if fresh - self.latched:
            self.latched |= fresh
            self._open(t)

    def _open(self, t: float) -> None:
        self.closed, self.closing = False, None
        self.port.connect(False, t)

    def _alarms(self, t: float) -> set[int]:
        late = self._beat is not None and t >= self._beat + HEARTBEAT
        return set(self._standing) | ({COMMUNICATION} if late else set())

    def _warned(self) -> set[int]:
        low, high = self.reserve
        checks = (
            (EMPTY, self.charge <= low),
            (FULL, self.charge >= high),
            (UNEVEN, np.ptp(self.cells) > APART),
        )
        return {bit for bit, is_so in checks if is_so}
