"""Metals plated on an electrode and stripped from it, all at once.

A film of charge Q on an electrode of area A is stripped at the rate k(E) = k0 exp(alpha n F (E -
E0) / (R T)) and grows by Faraday's law, dQ/dt = n F A m c g(E) - k(E) Q, where m is the mass
transfer coefficient and g(E) falls from 1 to 0 about the potential at which plating begins. Between
calls the potential is constant, for which the solution is exact. On a ramp v the current of a film
peaks where k = alpha n F v / (R T), with a shape exp(z - exp(z)) (Bard and Faulkner, 2nd ed.,
section 14.3.3, for what is confined to a surface).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp

from sim_backends.data.voltammetry import ALLOY, METALS, RAMP, TRANSPORT, MetalData

FARADAY, THERMAL = 96485.33212, 0.025693
"""C/mol, and R T / F in V at 25 degC."""

PLATING = 0.12
"""V below the stripping peak at which half of the arriving ions are plated."""

_STEEPEST = 40.0
_ZINC = next(n for n, metal in enumerate(METALS) if metal.name == "zinc")
_COPPER = next(n for n, metal in enumerate(METALS) if metal.name == "copper")
MOST_ALLOYED = 0.9
"""Part of the zinc that the compound with copper takes at most."""


def plating_charge(metal: MetalData, area: float) -> float:
    """Coulombs a second that 1 ug/L of `metal` plates on `area` in m2: n F A m c."""
    concentration = 1e-3 / metal.molar_mass
    return metal.electrons * FARADAY * area * TRANSPORT * concentration


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates of all metals at one potential: stripping in 1/s, part of the ions that is plated."""

    strip: tuple[float, ...]
    plate: tuple[float, ...]


@lru_cache(maxsize=4096)
def rates(potential: float) -> Rates:
    """Rates at `potential` in V against Ag/AgCl; sweeps come to the same ones again and again."""
    strip, plate = list[float](), list[float]()
    for metal in METALS:
        steepness = metal.transfer * metal.electrons / THERMAL
        away = potential - metal.peak
        strip.append(steepness * RAMP * exp(max(-_STEEPEST, min(_STEEPEST, steepness * away))))
        below = metal.electrons * (away + PLATING) / THERMAL
        plate.append(1.0 / (1.0 + exp(max(-_STEEPEST, min(_STEEPEST, below)))))
    return Rates(tuple(strip), tuple(plate))


def grown(charge: float, growth: float, strip: float, seconds: float) -> float:
    """Charge in C after `seconds` with `growth` in C/s and stripping at `strip` in 1/s."""
    gone = strip * seconds
    if gone < 1e-9:
        return charge + growth * seconds
    left = exp(-gone) if gone < 700.0 else 0.0
    return growth / strip + (charge - growth / strip) * left


def growths(charges: Sequence[float], ions: Sequence[float]) -> tuple[float, ...]:
    """Growth of all films in C/s where all ions that arrive are plated, by `charges` in C/s of
    1 ug/L each and the `ions` in ug/L. Zinc in the compound with copper is stripped with it."""
    found = [charge * held for charge, held in zip(charges, ions, strict=True)]
    plated_copper = ions[_COPPER] if charges[_COPPER] > 0.0 else 0.0
    bound = min(ALLOY * plated_copper, MOST_ALLOYED) * found[_ZINC]
    found[_ZINC] -= bound
    found[_COPPER] += bound
    return tuple(found)
