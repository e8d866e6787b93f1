"""Fade of a cell of a stationary store: calendar and cycle wear, added up in closed form.

Wear grows with time and with the charge that has passed; both run faster in a warm cell
(Arrhenius), the latter with the rate and with the depth of each discharge, and capacity is lost
with a power of the wear: the semi-empirical form of Schmalstieg et al., J. Power Sources 257
(2014) 325, and Wang et al., J. Power Sources 269 (2014) 937, with one energy and one power for
both parts. Resistance grows in proportion to the loss.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.models.stc import HOUR, arrhenius

YEAR = 8766.0 * HOUR
"""s."""


@dataclass(frozen=True, slots=True)
class Fade:
    """`cycle` wear of a full cycle at the rate of 1/h and `calendar` wear of a year, both at 25
    degC; `depth` and `rate` exponents of the former; activation `energy` in eV; the `power` of the
    wear with which capacity is lost; growth `stiffening` of the resistance for a whole loss."""

    cycle: float
    calendar: float
    depth: float
    rate: float
    energy: float
    power: float
    stiffening: float


@dataclass(slots=True)
class Stress:
    """What a cell has gone through since its wear was last told: charge out over the present
    charge (`out`); charge out and in with weights of rate and temperature (`weighted`); `time` in s
    at 25 degC that ages as much."""

    out: float = 0.0
    weighted: float = 0.0
    time: float = 0.0

    def add(self, law: Fade, share: float, rate: float, celsius: float, dt: float) -> None:
        """For `dt` s the charge changes by `share` (positive in charge) at `rate` in 1/h."""
        faster = arrhenius(law.energy, celsius)
        self.time += dt * faster
        if share:
            self.weighted += abs(share) / 2.0 * rate**law.rate * faster
            self.out -= min(share, 0.0)

    def cycling(self, law: Fade) -> float:
        """Wear by the charge that has passed, of one cycle or part of one."""
        deep = min(self.out, 1.0) ** (law.depth - 1.0) if self.out > 0.0 else 1.0
        return law.cycle * self.weighted * deep

    def wear(self, law: Fade) -> float:
        """Wear by all this."""
        return self.cycling(law) + law.calendar * self.time / YEAR


def loss(law: Fade, wear: float) -> float:
    """Relative loss of capacity after `wear`."""
    return wear**law.power if wear > 0.0 else 0.0


def wear_for(law: Fade, lost: float) -> float:
    """Wear after which the relative loss of capacity is `lost`."""
    return lost ** (1.0 / law.power) if lost > 0.0 else 0.0
