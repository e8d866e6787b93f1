"""Damp heat: moisture diffuses through the encapsulation and does damage there by Peck's law.

The encapsulation is one store that follows the humidity outside with the time constant of the
slowest Fickian mode, L^2 / (pi^2 D), D thermally activated: M. Kempe, Sol. Energy Mater. Sol.
Cells 90 (2006) 2720. Damage grows with (relative humidity inside)^n exp(-Ea / kT): D. S. Peck, 24th
IRPS (1986) 44. Exact for a steady climate as far as the store; damage by the mean of both ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from sim_backends.models import stc
from sim_backends.models.solar_cell import Wear

TEMPERATURE, HUMIDITY = 85.0, 85.0
"""degC and % of the damp-heat test, IEC 61215-2, MQT 13: the climate that the rate refers to."""

# How damage spreads over the parameters: contacts corrode and their resistance rises, interfaces
# recombine more (damp-heat studies of chalcopyrite cells: Theelen and Daume, Sol. Energy 133
# (2016) 586); the size of the damage is the device's own.
_RECOMBINATION, _RESISTANCE = 4.0, 6.0


@dataclass(frozen=True, slots=True)
class Moisture:
    """`entry` time constant in s at 85 degC, `entry_energy` in eV of the diffusion; `rate` of
    damage in 1/s with the encapsulation at 85 % and 85 degC, `exponent` of the humidity, and
    `activation_energy` in eV."""

    entry: float = 1.0
    entry_energy: float = 0.0
    rate: float = 0.0
    exponent: float = 1.0
    activation_energy: float = 0.0


def _faster(energy: float, temperature: float) -> float:
    """How much faster than at 85 degC a process of `energy` in eV runs at `temperature` in degC."""
    return stc.arrhenius(energy, temperature) / stc.arrhenius(energy, TEMPERATURE)


def entered(law: Moisture, inside: float, humidity: float, temperature: float, dt: float) -> float:
    """Relative humidity inside in % after `dt` s at `humidity` in % and `temperature` in degC."""
    share = exp(-dt / law.entry * _faster(law.entry_energy, temperature))
    return humidity + (inside - humidity) * share


def damage_rate(law: Moisture, inside: float, temperature: float) -> float:
    """Damage per s at `inside` % of relative humidity in the encapsulation and `temperature`."""
    wet = max(inside, 0.0) / HUMIDITY
    return law.rate * wet**law.exponent * _faster(law.activation_energy, temperature)


def damage(law: Moisture, humidity: float, temperature: float, seconds: float) -> float:
    """Damage of a dry device by `seconds` in s at a steady `humidity` in % and `temperature`."""
    steps = 400
    dt = seconds / steps
    inside = total = 0.0
    for _ in range(steps):
        later = entered(law, inside, humidity, temperature, dt)
        total += dt * damage_rate(law, (inside + later) / 2.0, temperature)
        inside = later
    return total


def factors(damaged: float) -> Wear:
    """Wear of a device after so much damage."""
    return Wear(saturation=exp(_RECOMBINATION * damaged), series=1.0 + _RESISTANCE * damaged)
