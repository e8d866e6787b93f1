"""Ageing under light: dose with Arrhenius acceleration, burn-in with linear decay, light soaking.

The dose is the time in s at 1000 W/m2 and 25 degC that would have done the same; it grows with
irradiance and temperature, and wear is a closed function of it, so no step size enters. Fast
burn-in followed by linear decay: ISOS-L protocols, Khenkin et al., Nature Energy 5 (2020) 35;
Domanski et al., Nature Energy 3 (2018) 61.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, expm1

from sim_backends.models import stc


@dataclass(frozen=True, slots=True)
class Ageing:
    """Wear is dimensionless; `burn_in` its final fast part, reached with `burn_in_dose` in s;
    `rate` of the lasting part in 1/s; `activation_energy` in eV."""

    burn_in: float = 0.0
    burn_in_dose: float = 1.0
    rate: float = 0.0
    activation_energy: float = 0.0


@dataclass(frozen=True, slots=True)
class Metastability:
    """Light soaking: `gain` is the fall of ln(I0) from dark-rested to soaked; `soak_time` in s at
    1000 W/m2, `rest_time` in s in the dark (infinite `rest_time`: no return)."""

    gain: float = 0.0
    soak_time: float = 1.0
    rest_time: float = float("inf")


def dose_rate(law: Ageing, irradiance: float, temperature: float) -> float:
    """Seconds of dose per second at `irradiance` in W/m2 and cell `temperature` in degC."""
    if irradiance <= 0.0:
        return 0.0
    return irradiance / stc.IRRADIANCE * stc.arrhenius(law.activation_energy, temperature)


def wear(law: Ageing, dose: float) -> float:
    """Wear after `dose` in s: B (1 - exp(-x / xb)) + r x."""
    return -law.burn_in * expm1(-dose / law.burn_in_dose) + law.rate * dose


def soak(law: Metastability, state: float, irradiance: float, dt: float) -> float:
    """Soaked part (0..1) after `dt` s at `irradiance` W/m2, from `state`; exact for steady light.

    dm/dt = (G / G0) (1 - m) / soak_time - m / rest_time. Metastability of chalcopyrite cells: Lany
    and Zunger, J. Appl. Phys. 100 (2006) 113725.
    """
    filling = max(irradiance, 0.0) / stc.IRRADIANCE / law.soak_time
    total = filling + 1.0 / law.rest_time
    if total == 0.0:
        return state
    rest = filling / total
    return rest + (state - rest) * exp(-total * dt)
