"""A bank of cells in series behind a converter: charge, voltage, warmth, wear.

The cells are full together (balanced at the top); the one of least capacity is empty first and so
ends the discharge, the one of most resistance ends the charge. Within a step the current is
constant and every state has an exact solution. Current counts positive in discharge.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from math import exp, sqrt

from sim_backends.models.bank_cell import BankCell, Relaxing, open_circuit, warmed
from sim_backends.models.bank_converter import Converter
from sim_backends.models.bank_fade import FRESH, FadeLaw, Wear, losses, worn

SPELL = 600.0
"""Seconds over which warmth is taken for the same where the cells' wear is concerned."""


@dataclass(frozen=True, slots=True)
class BankDesign:
    """A bank as it was built: `cells` of one `cell` in series in `modules`; `weakness` by which the
    capacity of the weakest cell lies below the mean, `spread` by which the resistance of the
    highest lies above it (relative); the warmest cell is `hotter` K above the mean and by the share
    `uneven` of the mean's rise; `heat_capacity` J/K, `cooling` W/K to the air."""

    maker: str
    cell: BankCell
    cells: int
    modules: int
    weakness: float
    spread: float
    hotter: float
    uneven: float
    heat_capacity: float
    cooling: float
    converter: Converter
    fade: FadeLaw

    @property
    def energy(self) -> float:
        """Wh as new, from the middle of the open-circuit curve."""
        return self.cells * self.cell.capacity * open_circuit(self.cell.curve, 0.5)[0]


class StorageBank:
    """A bank of `design` with `charge` 0..1, as warm as the air of `celsius` degC.

    `drawn` is the charge in Ah that has left each cell since it was full.
    """

    def __init__(
        self, design: BankDesign, charge: float, celsius: float = 25.0, wear: Wear = FRESH
    ) -> None:
        self.design = design
        self.relaxing = Relaxing()
        self.above = 0.0
        self.air = celsius
        self.passed = 0.0
        self.wear = wear
        self._lived = self._worked = 0.0
        self._refresh()
        self.drawn = (1.0 - charge) * self.weakest
        self._settle()

    def _refresh(self) -> None:
        design, (mean, warm) = self.design, losses(self.design.fade, self.wear)
        self.capacity = design.cell.capacity * (1.0 - mean)
        self.weakest = design.cell.capacity * (1.0 - design.weakness) * (1.0 - warm)
        self._stiff = 1.0 + design.fade.stiffening * mean

    def _settle(self) -> None:
        """What follows from charge, temperature and wear: factor on the resistances, voltages."""
        cell = self.design.cell
        self.factor = self._stiff * warmed(cell.activation, self.celsius)
        self._ohms = cell.resistance * self.factor
        self._mean = open_circuit(cell.curve, 1.0 - self.drawn / self.capacity)[0]
        self._source = self.design.cells * (self._mean - self.relaxing.drop(cell))

    @property
    def charge(self) -> float:
        """True state of charge 0..1: of the weakest cell, which ends the discharge."""
        return 1.0 - self.drawn / self.weakest

    @property
    def celsius(self) -> float:
        """Mean temperature of the cells in degC."""
        return self.air + self.above

    def warmest(self) -> float:
        """Temperature in degC of the warmest cell."""
        return self.celsius + self.design.hotter + self.design.uneven * max(self.above, 0.0)

    def source(self) -> float:
        """Voltage in V of the bank behind the series resistances."""
        return self._source

    def resistance(self) -> float:
        """Series resistance in ohm of the bank."""
        return self.design.cells * self._ohms

    def voltage(self, current: float) -> float:
        """Terminal voltage in V with `current` in A."""
        return self.source() - self.resistance() * current

    def current_for(self, power: float, dt: float = 0.0) -> float:
        """Current in A that gives `power` in W at the terminals, or the most power there is: on
        the middle of the next `dt` s, so that a step at this current has that power in the mean."""
        found = self._solved(self.source(), power)
        return self._solved(self._ahead(found, dt / 2.0), power) if dt else found

    def _solved(self, source: float, power: float) -> float:
        resistance = self.resistance()
        left = source * source - 4.0 * resistance * power
        return (source - sqrt(max(left, 0.0))) / (2.0 * resistance)

    def _ahead(self, current: float, dt: float) -> float:
        """`source` after `dt` s with `current` in A."""
        cell, relaxing = self.design.cell, self.relaxing.copy()
        relaxing.pass_current(cell, current, dt, self.factor)
        charge = 1.0 - (self.drawn + current * dt / 3600.0) / self.capacity
        return self.design.cells * (open_circuit(cell.curve, charge)[0] - relaxing.drop(cell))

    def lowest(self, current: float) -> float:
        """Voltage in V of the weakest cell with `current` in A."""
        return self._cell(open_circuit(self.design.cell.curve, self.charge)[0], current, 1.0)

    def highest(self, current: float) -> float:
        """Voltage in V of the cell of most resistance, which is the highest in charge."""
        return self._cell(self._mean, current, 1.0 + self.design.spread)

    def _cell(self, rested: float, current: float, more: float) -> float:
        return rested - (self.relaxing.drop(self.design.cell) + self._ohms * more * current)

    def ended(self, current: float) -> bool:
        """Whether a limit of the cells' voltage forbids to go on with `current` in A."""
        cell = self.design.cell
        if current > 0.0:
            return self.lowest(current) <= cell.low
        return current < 0.0 and self.highest(current) >= cell.high

    def tapered(self, current: float, dt: float) -> float:
        """The charging current in A (negative), at most that of `current`, after `dt` s of which
        the highest cell is at its upper limit; 0 where it is above that already."""
        if (gone := self._above_limit(current, dt)) <= 0.0:
            return current
        if (still := self._above_limit(0.0, dt)) >= 0.0:
            return 0.0
        found = current * still / (still - gone)
        # The voltage is nearly straight in the current: a second chord is right to a millivolt.
        beside = self._above_limit(found, dt)
        return min(found * still / (still - beside), 0.0)

    def _above_limit(self, current: float, dt: float) -> float:
        """V of the highest cell above its upper limit after `dt` s with `current` in A."""
        trial = self.copy()
        trial.pass_current(current, dt)
        return trial.highest(current) - self.design.cell.high

    def pass_current(self, current: float, dt: float) -> None:
        """`current` in A flows for `dt` s."""
        design, cell = self.design, self.design.cell
        moved = current * dt / 3600.0
        self.drawn += moved if current > 0.0 else moved * cell.efficiency
        self.passed += abs(moved)
        heat = design.cells * (self.relaxing.fast + self.relaxing.slow) * current
        heat += self.resistance() * current * current
        self.relaxing.pass_current(cell, current, dt, self.factor)
        settled = heat / design.cooling
        tau = design.heat_capacity / design.cooling
        self.above = settled + (self.above - settled) * exp(-dt / tau)
        self._settle()
        self._live(dt, abs(moved))

    def _live(self, dt: float, moved: float) -> None:
        """`moved` Ah have passed in `dt` s: what wears is summed up over `SPELL` s at a time."""
        self._lived += dt
        self._worked += moved
        if self._lived >= SPELL:
            self._wear_down()

    def _wear_down(self) -> None:
        cycles = self._worked / (2.0 * self.design.cell.capacity)
        warmth = self.celsius, self.warmest()
        self.wear = worn(self.design.fade, self.wear, self._lived, cycles, 1.0, warmth)
        self._lived = self._worked = 0.0

    def age(self) -> None:
        """Let capacity and resistance follow the wear; the state of charge stays."""
        self._wear_down()
        charge = self.charge
        self._refresh()
        self.drawn = (1.0 - charge) * self.weakest
        self._settle()

    def copy(self) -> StorageBank:
        """The same bank, to go on apart."""
        other = copy(self)
        other.relaxing = self.relaxing.copy()
        return other
