"""How a PEM electrolysis cell ages: what recovers at rest and what does not. Closed forms.

Anode dissolution grows with the load and with each return to open circuit, where the iridium oxide
is reduced and dissolves when it is oxidised again; swings of load add a little (S. Alia et al.,
J. Electrochem. Soc. 166 (2019) F1164; A. Weiss et al., ibid. F487). The titanium side's
contact resistance grows and slows down (C. Rakousky et al., J. Power Sources 326 (2016) 120), and
part of the rise comes back when the current stops (ibid.). Times are in h, densities in A/cm2.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from sim_backends.models.electrolysis_cell import Condition

IDLE = 0.01
"""Density in A/cm2 below which the cell is at rest."""


@dataclass(frozen=True, slots=True)
class Ageing:
    """`loading` V/h of the anode at 1 A/cm2, which grows with the power `order` of the density;
    `stop` V for each shut-down, `swing` V for each A/cm2 of change; `contact` ohm cm2/h while it
    runs, slower by e after `slowing` h; `bubbles` V at 1 A/cm2 that build up in `building` h and
    recover in `recovery` h at rest."""

    loading: float
    order: float
    stop: float
    swing: float
    contact: float
    slowing: float
    bubbles: float
    building: float
    recovery: float


def scaled(ageing: Ageing, by: float) -> Ageing:
    """`ageing` with everything that lasts multiplied by `by`."""
    return Ageing(
        loading=by * ageing.loading,
        order=ageing.order,
        stop=by * ageing.stop,
        swing=by * ageing.swing,
        contact=by * ageing.contact,
        slowing=ageing.slowing,
        bubbles=ageing.bubbles,
        building=ageing.building,
        recovery=ageing.recovery,
    )


@dataclass(frozen=True, slots=True)
class Load:
    """Loads of a time of `hours`: those at work (`running`), the integral of density^order over
    time (`charge`), the sum of changes in A/cm2 (`swings`) and the number of `stops`."""

    hours: float
    running: float
    charge: float
    swings: float
    stops: float


def lasting(ageing: Ageing, load: Load, before: float = 0.0) -> float:
    """Lasting rise of the voltage in V at 1 A/cm2 by `load`, after `before` h at work."""
    kinetic = ageing.loading * load.charge + ageing.swing * load.swings + ageing.stop * load.stops
    return kinetic + grown(ageing, load.running, before)


def grown(ageing: Ageing, running: float, before: float = 0.0) -> float:
    """Growth of the contact's resistance in ohm cm2 in `running` h at work, after `before` h."""
    full = ageing.contact * ageing.slowing
    return full * exp(-before / ageing.slowing) * (1.0 - exp(-running / ageing.slowing))


class Age:
    """The age of a cell that goes through time; the density is constant between calls."""

    def __init__(self, ageing: Ageing) -> None:
        self._ageing = ageing
        self._density = 0.0
        self._kinetic = self._grown = self._bubbles = self._worked = 0.0

    def advance(self, hours: float) -> None:
        """Go on by `hours` at the present density."""
        if hours <= 0.0:
            return
        law = self._ageing
        if self._density <= IDLE:
            self._bubbles *= exp(-hours / law.recovery)
            return
        self._kinetic += law.loading * self._density**law.order * hours
        self._grown += grown(law, hours, self._worked)
        self._worked += hours
        full = law.bubbles * self._density
        self._bubbles = full + (self._bubbles - full) * exp(-hours / law.building)

    def drive(self, density: float) -> None:
        """From now on `density` in A/cm2 flows."""
        law, before = self._ageing, self._density
        self._kinetic += law.swing * abs(density - before)
        if density <= IDLE < before:
            self._kinetic += law.stop
        self._density = density

    @property
    def density(self) -> float:
        """Present density in A/cm2."""
        return self._density

    @property
    def condition(self) -> Condition:
        """What has become of the cell."""
        return Condition(self._kinetic, self._grown, self._bubbles)
