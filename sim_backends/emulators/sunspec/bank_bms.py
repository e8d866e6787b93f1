"""The management system of a bank that others charge and discharge: it tells, guards and opens.

Sensors and estimator are the bank's own (`BankPort`); here are contactor, latched alarms and the
controller's heartbeat, as `management` has them. Current and power are positive in discharge.
"""

from __future__ import annotations

from sim_backends.emulators.sunspec.management import COLD_ALARM, HOT_ALARM, Management
from sim_backends.models.hybrid_ports import BankPort

SCALES = {"WHRtg_SF": 1, "WChaDisChaMax_SF": 1, "W_SF": 1, "A_SF": -1, "SoC_SF": -2}
"""Exponents of ten with which hundreds of kilowatts and amperes fit."""


class BankBms(Management):
    """One system on the bank `port`; times in s, charges 0..1."""

    APART = 0.15
    RELEASED = frozenset({HOT_ALARM, COLD_ALARM})

    def __init__(self, port: BankPort) -> None:
        super().__init__(port.rated, SCALES, closed=port.connected())
        self.port = port
        self._standing: frozenset[int] = frozenset()
        self._told_warnings: frozenset[int] = frozenset()

    def update(self, t: float) -> None:
        """Take what the bank tells at `t`, and guard it."""
        told = self.port.told(t)
        self.voltage, self.current = told.voltage, told.current
        self.cells, self.modules = told.cells, told.modules
        self.charge, self.health = told.charge, told.health
        self.throughput = told.throughput
        self._standing, self._told_warnings = told.alarms, told.warnings
        self._protect(t)

    def _contactor(self, closed: bool, t: float) -> None:
        self.port.connect(closed, t)

    def _alarms(self, t: float) -> set[int]:
        return super()._alarms(t) | self._standing

    def _warned(self) -> set[int]:
        return super()._warned() | self._told_warnings
