"""A zinc-ion cell: its parameters, and what they make of charge, temperature, cycles and bends.

Open-circuit voltage: Nernst's equation of a host that takes up ions, with the interaction of its
sites as a straight line (Frumkin isotherm; Levi and Aurbach, Electrochim. Acta 45 (1999) 167).
Losses: ohmic, charge transfer (Butler-Volmer with symmetric coefficients), and diffusion in the
electrode, whose surface runs ahead of its mean by I tau / (3 Q) in the steady state (polynomial
profile: Subramanian et al., J. Electrochem. Soc. 152 (2005) A2002); tau grows with the square of
the loading, so that a thick electrode gives less of its capacity (Sand, Peukert). Parasitic
currents: evolution of gas by Tafel's law and corrosion of zinc. Wear: capacity falls with
the cycles, resistance and parasitic currents grow; bends isolate active mass. Current
counts positive in charge. Quantities are SI, temperatures in degC.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import asinh, exp, log

from sim_backends.models import stc
from sim_backends.models.fatigue import Fatigue
from sim_backends.models.stc import arrhenius

LIFE = 10_000.0
"""Cycles that `fade`, `stiffening` and `roughening` are stated for."""

EDGE = 1e-9
"""How near the charge of the surface comes to empty and full."""


@dataclass(frozen=True, slots=True)
class ZincCell:
    """Parameters at 25 degC, fresh.

    Active `mass` kg, specific `capacity` C/kg and its relative change `warming` 1/K, `area` m2;
    `standard` potential V at half charge, its `slope` V over the charge, `width` of the Nernst term
    in units of R T / F; `resistance` ohm m2, `exchange` current A/m2, `diffusion` time per squared
    loading in s m4/kg2; `gassing` A/kg at `upper` V with the `tafel` slope in V per factor e,
    `corrosion` A/kg. After 10,000 cycles: `fade` of the capacity, growth `stiffening` of the
    resistance and `roughening` of parasitic currents. `law` counts damage by bends of a cell of
    `thickness` m, of which each unit isolates the share `isolating`. The electrode weighs
    `collector` kg without its coating, of which `active` is the share of the active mass. `rated`
    C; cut-offs `upper` and `lower` V. Activation energies in eV.
    """

    mass: float
    capacity: float
    area: float
    standard: float
    slope: float
    width: float
    resistance: float
    exchange: float
    diffusion: float
    gassing: float
    tafel: float
    corrosion: float
    fade: float
    stiffening: float
    roughening: float
    law: Fatigue
    isolating: float
    thickness: float
    collector: float
    active: float
    rated: float
    upper: float
    lower: float
    warming: float = 3e-3
    diffusion_energy: float = 0.25
    exchange_energy: float = 0.40
    parasitic_energy: float = 0.45

    @property
    def electrode(self) -> float:
        """Mass in kg of the coated electrode."""
        return self.collector + self.mass / self.active


@dataclass(frozen=True, slots=True)
class Worn:
    """What a cell has gone through: `cycles`, and `damage` by bends (`fatigue.damage`)."""

    cycles: float = 0.0
    damage: float = 0.0


FRESH = Worn()


@dataclass(frozen=True, slots=True)
class Present:
    """A cell as it is now: `charge` C that it can hold, `resistance` ohm, `exchange` A, `lag` s of
    the surface (tau / 3) and its `relaxation` s, `thermal` R T / F in V, parasitic currents `gas`
    A at the upper cut-off and `corrosion` A."""

    cell: ZincCell
    charge: float
    resistance: float
    exchange: float
    lag: float
    relaxation: float
    thermal: float
    gas: float
    corrosion: float

    def potential(self, share: float) -> float:
        """Open-circuit voltage in V with the surface at `share` 0..1 of its charge."""
        x = min(max(share, EDGE), 1.0 - EDGE)
        cell = self.cell
        nernst = cell.width * self.thermal * log(x / (1.0 - x))
        return cell.standard + cell.slope * (x - 0.5) + nernst

    def loss(self, current: float) -> float:
        """Ohmic and charge transfer loss in V at `current` A."""
        transfer = 2.0 * self.thermal * asinh(current / (2.0 * self.exchange))
        return current * self.resistance + transfer

    def current_for(self, volts: float) -> float:
        """Current in A whose loss is `volts`: by Newton's rule from the small one."""
        slope = self.resistance + self.thermal / self.exchange
        current = volts / slope
        for _ in range(30):
            exact = self.resistance + self.thermal / (
                self.exchange * (1.0 + (current / (2.0 * self.exchange)) ** 2) ** 0.5
            )
            step = (self.loss(current) - volts) / exact
            current -= step
            if abs(step) < 1e-12:
                break
        return current

    def parasitic(self, volts: float) -> float:
        """Current in A that is lost with `volts` at the terminals."""
        return self.gas * exp((volts - self.cell.upper) / self.cell.tafel) + self.corrosion


def present(cell: ZincCell, worn: Worn, celsius: float) -> Present:
    """`cell` after all that it has gone through, at `celsius` degC."""
    life = worn.cycles / LIFE
    isolated = exp(-cell.isolating * worn.damage)
    kept = isolated * max(1.0 - cell.fade * life, 0.01)
    time = cell.diffusion * (cell.mass / cell.area) ** 2
    time /= arrhenius(cell.diffusion_energy, celsius)
    stray = cell.mass * arrhenius(cell.parasitic_energy, celsius) * (1.0 + cell.roughening * life)
    return Present(
        cell=cell,
        charge=cell.capacity
        * cell.mass
        * kept
        * (1.0 + cell.warming * (celsius - stc.TEMPERATURE)),
        resistance=cell.resistance / cell.area * (1.0 + cell.stiffening * life) / isolated,
        exchange=cell.exchange * cell.area * isolated * arrhenius(cell.exchange_energy, celsius),
        lag=time / 3.0,
        relaxation=time / 9.8696044,  # the slowest mode of a plane sheet, tau / pi^2
        thermal=stc.BOLTZMANN * (celsius + stc.ZERO_CELSIUS),
        gas=cell.gassing * stray,
        corrosion=cell.corrosion * stray,
    )


def with_parasitic(cell: ZincCell, amount: float) -> ZincCell:
    """`cell` with both parasitic currents multiplied by `amount`."""
    return replace(cell, gassing=cell.gassing * amount, corrosion=cell.corrosion * amount)
