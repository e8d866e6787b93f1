"""A cell of a stationary store on a cycler: its charge and warmth go through time in large steps.

Between calls the current is constant. A step passes a small part of the charge: over it the share
grows in proportion to time, the surface's lead and the temperature relax exponentially, with
parameters at the temperature of its middle. So hours cost as little as minutes. Fits
`ForeseenCellPort` of `battery_cell`.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, inf
from typing import NamedTuple

from sim_backends.models.roots import root
from sim_backends.models.storage_cell import RELAXATION, Present, StorageCell, present
from sim_backends.models.storage_fade import Stress, loss

FINE = 0.02
"""Largest part of the charge that one step passes."""

RESTING = 1800.0
"""Longest step in s without a current."""

SOON = 1e-3
"""Seconds to which it is foretold when a voltage is reached."""

BEYOND = 0.2
"""Share beyond empty and full at which a forecast is given up."""

Celsius = Callable[[float], float]
"""Temperature in degC of the air at the cell at a time in s."""


class Place(NamedTuple):
    """Where a cell stands: `share` of its charge, `lead` of the surface, `warmth` in degC."""

    share: float
    lead: float
    warmth: float


class StorageState:
    """`cell` at rest with `share` 0..1 of its charge at time `t0` in s, in air of `celsius`, after
    `wear`."""

    def __init__(
        self,
        cell: StorageCell,
        celsius: Celsius,
        *,
        share: float,
        t0: float = 0.0,
        wear: float = 0.0,
    ) -> None:
        self.cell = cell
        self.wear = wear
        self._celsius = celsius
        self._place = Place(share, 0.0, celsius(t0))
        self._current = 0.0
        self.stress = Stress()
        self._full = share
        self._marked = 0.0
        self._cycling = 0.0
        self._still = False
        self._t = t0

    @property
    def share(self) -> float:
        """Share 0..1 of its charge that the cell holds."""
        return self._place.share

    def voltage(self, t: float) -> float:
        """Terminal voltage in V."""
        self._advance(t)
        return self._volts(self._place)

    def drive(self, current: float, t: float) -> None:
        """From `t` on `current` in A flows, positive in charge; a charge after a discharge begins
        another cycle."""
        self._advance(t)
        if current > 0.0 and self.stress.out > 0.0:
            self._age()
        if current <= 0.0 < self._current:
            self._full = self.share
        self._current = current

    def current_at(self, voltage: float, t: float) -> float:
        """Current in A for `voltage` in V at the terminals, at once."""
        self._advance(t)
        share, lead, warmth = self._place
        return present(self.cell, self.wear, warmth).current_for(share + lead, voltage)

    def temperature(self, t: float) -> float:
        """Temperature in degC of the cell."""
        self._advance(t)
        return self._place.warmth

    def reaches(self, voltage: float, t: float) -> float:
        """When the terminals come to `voltage` in V at the present current, in s; infinite where
        nothing flows, `t` where they are there."""
        self._advance(t)
        if self._current == 0.0:
            return inf
        sign = 1.0 if self._current > 0.0 else -1.0
        air = self._celsius(t)

        def over(place: Place) -> float:
            return sign * (self._volts(place) - voltage)

        place, since, step = self._place, 0.0, self._longest()
        if over(place) >= 0.0:
            return t
        while -BEYOND < place.share < 1.0 + BEYOND:
            after = self._after(place, step, air)
            if over(after) >= 0.0:
                return t + since + self._crossing(over, place, step, air)
            place, since = after, since + step
        return inf

    def _crossing(
        self, over: Callable[[Place], float], place: Place, step: float, air: float
    ) -> float:
        """Seconds from `place` on, within a `step`, until `over` of a place is 0."""
        return root(lambda dt: over(self._after(place, dt, air)), 0.0, step, SOON)

    def mark(self, t: float) -> None:
        """A cycle begins at `t` that may be repeated."""
        self._advance(t)
        self._age()
        self._marked = self.wear

    def suspend(self, t: float) -> None:
        """The cell stands still from `t` on until it is told how often to repeat."""
        self._advance(t)
        self._age()
        self._still = True

    def repeat(self, count: int, t: float) -> None:
        """What happened from `mark` to `suspend` happened `count` times more, until `t`.

        The same charge is a larger share of a cell that has grown smaller: it wears more, by what
        it does half way, and leaves less.
        """
        self._still = False
        self._t = max(t, self._t)
        one, before = self.wear - self._marked, self._holds(self.wear)
        deeper = (before / self._holds(self.wear + count / 2.0 * one)) ** self.cell.fade.depth
        self.wear += count * (one + (deeper - 1.0) * self._cycling)
        share = self._full - (self._full - self.share) * before / self._holds(self.wear)
        self._place = self._place._replace(share=share)

    def _holds(self, wear: float) -> float:
        """Charge in C that the cell holds after `wear`."""
        return self.cell.charge * (1.0 - loss(self.cell.fade, wear))

    def _volts(self, place: Place) -> float:
        now = present(self.cell, self.wear, place.warmth)
        return now.volts(place.share + place.lead, self._current)

    def _longest(self) -> float:
        if self._current == 0.0:
            return RESTING
        return FINE * self.cell.charge / abs(self._current)

    def _age(self) -> None:
        """Count what was gone through as wear; what the cell holds keeps its share."""
        self.wear += self.stress.wear(self.cell.fade)
        self._cycling = self.stress.cycling(self.cell.fade)
        self.stress = Stress()

    def _advance(self, t: float) -> None:
        dt = t - self._t
        if dt <= 0.0 or self._still:
            return
        count = int(dt / self._longest()) + 1
        step = dt / count
        rate = abs(self._current) / self.cell.rated * 3600.0
        passed = self._current * step / self._holds(self.wear)
        for number in range(count):
            before = self._place
            self._place = self._after(before, step, self._celsius(self._t + (number + 0.5) * step))
            middle = (before.warmth + self._place.warmth) / 2.0
            self.stress.add(self.cell.fade, passed, rate, middle, step)
        self._t = t

    def _after(self, place: Place, dt: float, air: float) -> Place:
        """Where the cell stands `dt` s later, in air of `air` degC."""
        cell, current = self.cell, self._current
        time = cell.heat_capacity / cell.cooling
        now = present(cell, self.wear, place.warmth)
        rest = air + self._heat(now, place) / cell.cooling
        half = rest + (place.warmth - rest) * exp(-dt / (2.0 * time))
        now = present(cell, self.wear, half)
        settled = current * now.lag / now.charge
        lead = settled + (place.lead - settled) * exp(-dt / (RELAXATION * now.lag))
        share = place.share + (current - now.side) * dt / now.charge
        return Place(share, lead, rest + (place.warmth - rest) * exp(-dt / time))

    def _heat(self, now: Present, place: Place) -> float:
        """W that are lost in the cell: current times the distance from the open-circuit voltage."""
        if self._current == 0.0:
            return 0.0
        over = now.volts(place.share + place.lead, self._current)
        return self._current * (over - self.cell.potential(place.share))
