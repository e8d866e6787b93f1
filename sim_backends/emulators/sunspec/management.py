"""What battery management systems have in common: contactor, latched alarms, heartbeat.

Models 802 to 804 leave the rules to the maker; these are usual ones for lithium-ion cells. Alarms
latch and open the contactor until they are reset with their cause gone. Current and power are
positive in discharge.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from sim_backends.models.hybrid_ports import BankSheet

HEARTBEAT = 10.0
"""Seconds without a new controller heartbeat, once there was one, until the contactor opens."""

PRECHARGE = 2.0

COMMUNICATION, HOT_ALARM, HOT, COLD_ALARM, COLD = 0, 1, 2, 3, 4
OVER_CHARGE, OVER_DISCHARGE, HIGH_ALARM, HIGH, LOW_ALARM, LOW = 5, 7, 9, 10, 11, 12
EMPTY, FULL, UNEVEN = 14, 16, 17
"""Bits of Evt1 in models 802, 803 and 804."""


class Management(ABC):
    """One system on cells of nameplate `rated`; times in s, charges 0..1.

    `scales` are exponents of ten that differ from the usual ones of models 802 to 804.
    """

    APART: ClassVar[float] = 0.1
    """V between the highest and the lowest cell at which it warns."""

    RELEASED: ClassVar[frozenset[int]] = frozenset()
    """Alarms that go when their cause has gone; the contactor stays open."""

    def __init__(self, rated: BankSheet, scales: Mapping[str, int], *, closed: bool) -> None:
        self.rated, self.scales = rated, scales
        self.closed = closed
        self.closing: float | None = None
        self.latched: set[int] = set()
        self.warnings: set[int] = set()
        self.reserve = [0.0, 1.0]
        self.charge, self.health = math.nan, 1.0
        self.throughput = self.voltage = self.current = 0.0
        self.cells = np.zeros(rated.cells)
        self.modules = np.zeros(rated.modules)
        self.controller: float = 0
        self._beat: float | None = None
        self._t = 0.0

    @abstractmethod
    def update(self, t: float) -> None:
        """Measure and protect at `t`."""

    @abstractmethod
    def _contactor(self, closed: bool, t: float) -> None:
        """The contactor has closed or opened."""

    def limits(self) -> tuple[float, float]:
        """(charge, discharge) in A that it allows now, both positive."""
        if not self.closed:
            return 0.0, 0.0
        low, high = self.reserve
        room = min(max((high - self.charge) / 0.05, 0.0), 1.0)
        left = min(max((self.charge - low) / 0.05, 0.0), 1.0)
        return self.rated.current * room, self.rated.current * left

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

    def events(self) -> int:
        """Evt1 as a number."""
        return sum(1 << bit for bit in self.latched | self.warnings)

    def _protect(self, t: float) -> None:
        """Close after the precharge, latch fresh alarms and open by them, at `t`."""
        self._t = t
        if self.closing is not None and self.closing <= t:
            self.closed, self.closing = True, None
            self._contactor(True, t)
        fresh = self._alarms(t)
        self.latched -= self.RELEASED - fresh
        self.warnings = self._warned()
        if fresh - self.latched:
            self.latched |= fresh
            self._open(t)

    def _open(self, t: float) -> None:
        self.closed, self.closing = False, None
        self._contactor(False, t)

    def _alarms(self, t: float) -> set[int]:
        late = self._beat is not None and t >= self._beat + HEARTBEAT
        return {COMMUNICATION} if late else set()

    def _warned(self) -> set[int]:
        low, high = self.reserve
        checks = (
            (EMPTY, self.charge <= low), (FULL, self.charge >= high),
            (UNEVEN, np.ptp(self.cells) > self.APART),
        )  # fmt: skip
        return {bit for bit, is_so in checks if is_so}
