"""A zinc-ion cell on a cycler: its charge goes through time in closed forms.

Between calls the current is constant: the mean charge grows in proportion to time, the surface's
lead relaxes exponentially, and what parasitic currents take is integrated by Gauss' rule. So a
step of hours costs as little as one of seconds. Fits `ForeseenCellPort` of `battery_cell`.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, inf

from sim_backends.models.roots import root
from sim_backends.models.zinc_cell import FRESH, Worn, ZincCell, present

NODES = (
    (0.0469100770, 0.1184634425),
    (0.2307653449, 0.2393143352),
    (0.5, 0.2844444444),
    (0.7692346551, 0.2393143352),
    (0.9530899230, 0.1184634425),
)
"""Gauss-Legendre rule of 5 points on 0..1 (Abramowitz and Stegun, table 25.4)."""

SOON = 1e-3
"""Seconds to which it is foretold when a voltage is reached."""

SHORT = 1e-3
"""Change of temperature in K from which on the cell's parameters are taken anew."""

Celsius = Callable[[float], float]
"""Temperature in degC of the cell at a time in s; times never go back."""


class ZincState:
    """`cell` at rest with `share` 0..1 of its charge at time `t0` in s, in air of `celsius`."""

    def __init__(
        self, cell: ZincCell, celsius: Celsius, *, share: float, t0: float = 0.0, worn: Worn = FRESH
    ) -> None:
        self.cell = cell
        self.worn = worn
        self._celsius = celsius
        self._warmth = celsius(t0)
        self._now = present(cell, worn, self._warmth)
        self._share = share
        self._lead = 0.0
        self._current = 0.0
        self._charged = False
        self._marked = 0.0
        self._still = False
        self._t = t0

    def voltage(self, t: float) -> float:
        """Terminal voltage in V."""
        self._advance(t)
        return self._volts(self._share + self._lead)

    def drive(self, current: float, t: float) -> None:
        """From `t` on `current` in A flows, positive in charge.

        A discharge after a charge is one more cycle.
        """
        self._advance(t)
        self._current = current
        if current > 0.0:
            self._charged = True
        elif current < 0.0 and self._charged:
            self._charged = False
            self.wear(Worn(self.worn.cycles + 1.0, self.worn.damage))

    def current_at(self, voltage: float, t: float) -> float:
        """Current in A for `voltage` in V at the terminals, at once."""
        self._advance(t)
        return self._now.current_for(voltage - self._now.potential(self._share + self._lead))

    def temperature(self, t: float) -> float:
        """Temperature in degC."""
        self._advance(t)
        return self._warmth

    def current(self, t: float) -> float:
        """Current in A that flows at `t`."""
        self._advance(t)
        return self._current

    def wear(self, worn: Worn) -> None:
        """The cell has gone through `worn` from now on; what it holds keeps its share."""
        self.worn = worn
        self._now = present(self.cell, worn, self._warmth)

    def reaches(self, voltage: float, t: float) -> float:
        """When the terminals come to `voltage` in V at the present current, in s; infinite where
        nothing flows, `t` where they are there.

        Parasitic currents count with their mean on the way, which a first forecast tells.
        """
        self._advance(t)
        if self._current == 0.0:
            return inf
        after = self._after(voltage, 0.0)
        if 0.0 < after < inf:
            after = self._after(voltage, self._parasitic(after))
        return t + after

    def _after(self, voltage: float, lost: float) -> float:
        """Seconds until `voltage` in V with `lost` A going astray; infinite if it never comes."""
        current, now = self._current, self._now
        sign = 1.0 if current > 0.0 else -1.0
        loss = now.loss(current)

        def beyond(after: float) -> float:
            surface = self._surface(after) - lost * after / now.charge
            return sign * (now.potential(surface) + loss - voltage)

        if beyond(0.0) >= 0.0:
            return 0.0
        room = (1.0 - self._share if sign > 0 else self._share) + 1.0
        longest = room * now.charge / abs(current)
        return inf if beyond(longest) <= 0.0 else root(beyond, 0.0, longest, SOON)

    def _surface(self, after: float) -> float:
        """Share of charge at the surface `after` s from now, without parasitic currents."""
        now, current = self._now, self._current
        settled = current * now.lag / now.charge
        lead = settled + (self._lead - settled) * exp(-after / now.relaxation)
        return self._share + current * after / now.charge + lead

    def _parasitic(self, dt: float) -> float:
        """Mean current in A that goes astray in the next `dt` s."""
        volts = ((weight, self._volts(self._surface(node * dt))) for node, weight in NODES)
        return sum(weight * self._now.parasitic(each) for weight, each in volts)

    def mark(self, t: float) -> None:
        """A cycle begins at `t` that may be repeated."""
        self._advance(t)
        self._marked = self.worn.cycles

    def suspend(self, t: float) -> None:
        """The cell stands still from `t` on until it is told how often to repeat."""
        self._advance(t)
        self._still = True

    def repeat(self, count: int, t: float) -> None:
        """What happened from `mark` to `suspend` happened `count` times more, until `t`."""
        more = count * (self.worn.cycles - self._marked)
        self._still = False
        self._t = max(t, self._t)
        self._warmth = self._celsius(self._t)
        self.wear(Worn(self.worn.cycles + more, self.worn.damage))

    def _volts(self, surface: float) -> float:
        current = self._current
        return self._now.potential(surface) + (self._now.loss(current) if current else 0.0)

    def _advance(self, t: float) -> None:
        dt = t - self._t
        if dt <= 0.0 or self._still:
            return
        self._t = t
        now, current = self._now, self._current
        lost = self._parasitic(dt)
        settled = current * now.lag / now.charge
        self._share += (current - lost) * dt / now.charge
        self._lead = settled + (self._lead - settled) * exp(-dt / now.relaxation)
        self._look(t)

    def _look(self, t: float) -> None:
        warmth = self._celsius(t)
        if abs(warmth - self._warmth) > SHORT:
            held = self._share * self._now.charge
            self._warmth = warmth
            self._now = present(self.cell, self.worn, warmth)
            # Warmth makes room for charge, and no charge.
            self._share = held / self._now.charge
