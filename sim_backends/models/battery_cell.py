"""One lithium-ion cell on a cycler: charge, resistance, relaxation, losses, fade, warmth.

First-order Thevenin model (Plett, Battery Management Systems I, 2015, section 2.4) on the
open-circuit curve of `battery_pack`. Of the charge that goes in, the share `efficiency` is stored
(coulombic efficiency). The capacity falls with the charge that has passed, in either direction.
Between calls the current is constant, for which charge, polarisation and lumped temperature have
exact solutions. Current counts positive in charge.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Protocol, runtime_checkable

import numpy as np

from sim_backends.models.battery_pack import open_circuit


class CellPort(Protocol):
    """What one channel of a battery cycler is wired to. Current is positive in charge."""

    def voltage(self, t: float) -> float:
        """Terminal voltage in V at time `t`."""
        ...

    def drive(self, current: float, t: float) -> None:
        """From `t` on `current` in A flows (0: the channel is open)."""
        ...

    def current_at(self, voltage: float, t: float) -> float:
        """Current in A that brings the terminals to `voltage` in V at `t`."""
        ...

    def temperature(self, t: float) -> float:
        """Temperature in degC at the case at time `t`."""
        ...


@runtime_checkable
class ForeseenCellPort(CellPort, Protocol):
    """A cell of which is known ahead when it reaches a voltage, and what becomes of it in cycles
    that are alike: a long test on it need not be gone through second by second."""

    def reaches(self, voltage: float, t: float) -> float:
        """When the terminals come to `voltage` in V at the present current, in s of run time:
        infinite where they do not, `t` where they are there already."""
        ...

    def mark(self, t: float) -> None:
        """A cycle begins at `t` that may be repeated."""
        ...

    def suspend(self, t: float) -> None:
        """Nothing happens from `t` on until `repeat`."""
        ...

    def repeat(self, count: int, t: float) -> None:
        """What happened from `mark` to `suspend` happened `count` times more, until `t`."""
        ...


@dataclass(frozen=True, slots=True)
class CellParameters:
    """`capacity` Ah as new; `resistance` and `polarisation` ohm, the latter with its time constant
    `relaxation` s; coulombic `efficiency` 0..1; `fade` of the capacity, relative for each Ah that
    has passed; `heat_capacity` J/K, `cooling` W/K to `ambient` degC."""

    capacity: float = 2.5
    resistance: float = 0.025
    polarisation: float = 0.015
    relaxation: float = 60.0
    efficiency: float = 0.9995
    fade: float = 2e-5
    heat_capacity: float = 45.0
    cooling: float = 0.15
    ambient: float = 23.0


class BatteryCell:
    """A rested cell with `charge` 0..1 of its capacity; fits `CellPort`."""

    def __init__(self, parameters: CellParameters, *, charge: float, t0: float = 0.0) -> None:
        self.parameters = parameters
        self.passed = 0.0
        self._stored = charge * parameters.capacity
        self._polarised = 0.0
        self._above = 0.0
        self._current = 0.0
        self._t = t0

    def capacity(self) -> float:
        """Present capacity in Ah."""
        return self.parameters.capacity * exp(-self.parameters.fade * self.passed)

    def state_of_charge(self, t: float) -> float:
        """Charge as a share of the present capacity."""
        self._advance(t)
        return self._stored / self.capacity()

    def voltage(self, t: float) -> float:
        """Terminal voltage in V."""
        self._advance(t)
        return self._source() + self._current * self.parameters.resistance

    def drive(self, current: float, t: float) -> None:
        """From `t` on `current` in A flows, positive in charge."""
        self._advance(t)
        self._current = current

    def current_at(self, voltage: float, t: float) -> float:
        """Current in A for `voltage` in V at the terminals, at once."""
        self._advance(t)
        return (voltage - self._source()) / self.parameters.resistance

    def temperature(self, t: float) -> float:
        """Temperature in degC."""
        self._advance(t)
        return self.parameters.ambient + self._above

    def _source(self) -> float:
        share = np.array(self._stored / self.capacity())
        return float(open_circuit(share)) + self._polarised

    def _advance(self, t: float) -> None:
        dt = t - self._t
        if dt <= 0:
            return
        self._t = t
        p, current = self.parameters, self._current
        stored = p.efficiency if current > 0 else 1.0
        self._stored += stored * current * dt / 3600.0
        self.passed += abs(current) * dt / 3600.0
        settled = current * p.polarisation
        self._polarised = settled + (self._polarised - settled) * exp(-dt / p.relaxation)
        warm = current * current * (p.resistance + p.polarisation) / p.cooling
        self._above = warm + (self._above - warm) * exp(-dt * p.cooling / p.heat_capacity)
