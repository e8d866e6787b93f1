"""A lithium-ion battery pack of cells in series.

Each cell is an open-circuit voltage that depends on its charge, a series resistance and one
resistor-capacitor pair (first-order Thevenin model; Plett, Battery Management Systems I, 2015,
section 2.4). Between calls the current is constant, for which charge, polarisation and the lumped
temperature have exact solutions. Current counts positive when the pack discharges.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim_backends.models.mains import MainsPort

Array = NDArray[np.float64]

# Graphite against Li(Ni,Mn,Co)O2 at rest: charge of the cell, open-circuit voltage in V. Rounded
# from published curves of such cells; the shape matters here, not the last 10 mV.
_CHARGE = np.array([0.0, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
_VOLTS = np.array([3.00, 3.30, 3.45, 3.55, 3.61, 3.64, 3.68, 3.77, 3.87, 3.97, 4.07, 4.20])


def open_circuit(charge: Array) -> Array:
    """Open-circuit voltages in V of cells with `charge` 0..1; straight on beyond both ends."""
    inside = np.interp(charge, _CHARGE, _VOLTS)
    return inside + 10.0 * np.minimum(charge, 0.0) + 2.0 * np.maximum(charge - 1.0, 0.0)


def charge_at_rest(volts: Array) -> Array:
    """Charges 0..1 of rested cells at `volts` in V; the inverse of `open_circuit`."""
    return np.interp(volts, _VOLTS, _CHARGE)


@dataclass(frozen=True, slots=True)
class PackParameters:
    """`cells` in series in `modules` of equal size; per cell `capacity` Ah as new, `resistance`
    and `polarisation` ohm with its time constant `relaxation` s; relative standard deviation
    `spread` of the cells' capacities; pack `heat_capacity` J/K, `cooling` W/K to `ambient` degC.
    """

    cells: int = 96
    modules: int = 8
    capacity: float = 50.0
    health: float = 0.97
    resistance: float = 1.2e-3
    polarisation: float = 0.8e-3
    relaxation: float = 30.0
    spread: float = 0.004
    heat_capacity: float = 80e3
    cooling: float = 25.0
    ambient: float = 23.0


@dataclass(frozen=True, slots=True)
class PackReading:
    """The pack at one time: terminal `voltage` V, `current` A, `cells` V, `modules` degC."""

    voltage: float
    current: float
    cells: Array
    modules: Array


class PackPort(Protocol):
    """What a battery management system is wired to. Current is positive in discharge."""

    @property
    def rated(self) -> PackParameters:
        """What the nameplate and the data sheet say."""
        ...

    def read(self, t: float) -> PackReading:
        """Voltages, current and temperatures at time `t`."""
        ...

    def drive(self, current: float, t: float) -> None:
        """From `t` on `current` in A flows (0: contactor open)."""
        ...

    def current_for(self, power: float, t: float) -> float:
        """Current in A that gives `power` in W at the terminals at `t`, or the most it gives."""
        ...

    def health(self) -> float:
        """Share of the rated capacity that is left, 0..1."""
        ...


class BatteryPack:
    """A pack with all cells near `charge` 0..1; fits `PackPort`."""

    def __init__(
        self,
        parameters: PackParameters,
        *,
        charge: float,
        rng: np.random.Generator,
        t0: float = 0.0,
    ) -> None:
        self.rated = parameters
        draws = rng.standard_normal(parameters.cells)
        self._capacity = (
            parameters.capacity * 3600 * parameters.health * (1 + parameters.spread * draws)
        )
        self._charge = np.full(parameters.cells, charge)
        self._warmth = np.linspace(0.6, 1.4, parameters.modules)
        self._polarised = 0.0
        self._above = 0.0
        self._current = 0.0
        self._t = t0

    def state_of_charge(self, t: float) -> float:
        """True charge of the weakest cell, 0..1: the pack ends with it."""
        self._advance(t)
        return float(self._charge.min())

    def health(self) -> float:
        """Share of the rated capacity that is left, 0..1."""
        return self.rated.health

    def read(self, t: float) -> PackReading:
        """Voltages, current and temperatures at time `t`."""
        self._advance(t)
        drop = self._polarised + self._current * self.rated.resistance
        cells = open_circuit(self._charge) - drop
        modules = self.rated.ambient + self._above * self._warmth
        return PackReading(float(cells.sum()), self._current, cells, modules)

    def drive(self, current: float, t: float) -> None:
        """From `t` on `current` in A flows, positive in discharge."""
        self._advance(t)
        self._current = current

    def current_for(self, power: float, t: float) -> float:
        """Current in A for `power` in W: the solution of power = (E - I R) I, or the current of
        the most power where there is none."""
        self._advance(t)
        count = self.rated.cells
        source = float(open_circuit(self._charge).sum()) - count * self._polarised
        resistance = count * self.rated.resistance
        left = source * source - 4.0 * resistance * power
        return (source - sqrt(max(left, 0.0))) / (2.0 * resistance)

    def _advance(self, t: float) -> None:
        dt = t - self._t
        if dt <= 0:
            return
        rated, current = self.rated, self._current
        self._charge = self._charge - current * dt / self._capacity
        settled = current * rated.polarisation
        self._polarised = settled + (self._polarised - settled) * exp(-dt / rated.relaxation)
        heat = rated.cells * current * current * (rated.resistance + rated.polarisation)
        warm = heat / rated.cooling
        tau = rated.heat_capacity / rated.cooling
        self._above = warm + (self._above - warm) * exp(-dt / tau)
        self._t = t


@dataclass(slots=True)
class StoragePlant:
    """A battery pack and the grid: what a storage inverter stands between."""

    pack: PackPort
    mains: MainsPort
