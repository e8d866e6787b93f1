"""A cell of a stationary store: its parameters, and what they make of temperature and wear.

Open-circuit voltage: a measured curve over the share of charge. Losses: ohmic; charge transfer
(Butler-Volmer with symmetric coefficients); diffusion in the electrodes, whose surface runs ahead
of its mean by I tau / (3 Q) in the steady state (polynomial profile: Subramanian et al., J.
Electrochem. Soc. 152 (2005) A2002). Resistance, exchange current, diffusion and side reactions
follow Arrhenius. Side reactions take charge at every voltage alike. Current counts positive in
charge. Quantities are SI, temperatures in degC.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asinh

from sim_backends.models import stc
from sim_backends.models.roots import root
from sim_backends.models.stc import arrhenius
from sim_backends.models.storage_fade import Fade, loss

RELAXATION = 3.0 / 9.8696044
"""Slowest mode of a plane sheet over the lag of its surface: (tau / pi^2) / (tau / 3)."""

LARGEST = 1e5
"""A, beyond all that a cell is driven with."""

Curve = tuple[tuple[float, float], ...]
"""Open-circuit voltage in V over the share of charge."""


@dataclass(frozen=True, slots=True)
class StorageCell:
    """Parameters at 25 degC, fresh.

    `curve` over shares that stand evenly; `charge` C between the shares 0 and 1; `rated` C;
    cut-offs `upper` and `lower` V; `mass` kg. `resistance` ohm, `exchange` A, `lag` s of the
    electrodes' surface, `side` A of side reactions. `heat_capacity` J/K, `cooling` W/K to the air.
    `fade` is how it ages. Activation energies in eV.
    """

    curve: Curve
    charge: float
    rated: float
    upper: float
    lower: float
    mass: float
    resistance: float
    exchange: float
    lag: float
    side: float
    heat_capacity: float
    cooling: float
    fade: Fade
    resistance_energy: float
    exchange_energy: float
    diffusion_energy: float
    side_energy: float

    def potential(self, share: float) -> float:
        """Open-circuit voltage in V at `share`; straight on beyond the ends of the curve."""
        curve = self.curve
        first = curve[0][0]
        place = (share - first) / (curve[1][0] - first)
        index = min(max(int(place), 0), len(curve) - 2)
        low = curve[index][1]
        return low + (place - index) * (curve[index + 1][1] - low)


@dataclass(frozen=True, slots=True)
class Present:
    """A cell as it is now: `charge` C that it holds, `resistance` ohm, `exchange` A, `lag` s,
    `thermal` R T / F in V, `side` A."""

    cell: StorageCell
    charge: float
    resistance: float
    exchange: float
    lag: float
    thermal: float
    side: float

    def volts(self, surface: float, current: float) -> float:
        """Voltage in V at the terminals with the electrodes' surface at share `surface`."""
        transfer = 2.0 * self.thermal * asinh(current / (2.0 * self.exchange))
        return self.cell.potential(surface) + current * self.resistance + transfer

    def current_for(self, surface: float, volts: float) -> float:
        """Current in A with which the terminals come to `volts`."""
        return root(lambda i: self.volts(surface, i) - volts, -LARGEST, LARGEST, 1e-6)


def present(cell: StorageCell, wear: float, celsius: float) -> Present:
    """`cell` after `wear` (`storage_fade.Fade`), at `celsius` degC."""
    lost = loss(cell.fade, wear)
    return Present(
        cell=cell,
        charge=cell.charge * (1.0 - lost),
        resistance=cell.resistance
        * (1.0 + cell.fade.stiffening * lost)
        / arrhenius(cell.resistance_energy, celsius),
        exchange=cell.exchange * arrhenius(cell.exchange_energy, celsius),
        lag=cell.lag / arrhenius(cell.diffusion_energy, celsius),
        thermal=stc.BOLTZMANN * (celsius + stc.ZERO_CELSIUS),
        side=cell.side * arrhenius(cell.side_energy, celsius),
    )
