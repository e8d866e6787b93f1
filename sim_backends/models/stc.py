"""Reference conditions and constants shared by the photovoltaic models.

Standard test conditions: 1000 W/m2, 25 degC (IEC 60904-3, IEC 61215). Constants: SI 2019.
"""

from __future__ import annotations

from math import exp

IRRADIANCE = 1000.0
"""Reference irradiance in W/m2."""

TEMPERATURE = 25.0
"""Reference temperature in degC."""

ZERO_CELSIUS = 273.15
"""0 degC in K."""

BOLTZMANN = 8.617333262145179e-5
"""Boltzmann constant in eV/K; as V/K it is k/q."""

HOUR = 3600.0
"""One hour in s."""

REFERENCE_KELVIN = TEMPERATURE + ZERO_CELSIUS
"""Reference temperature in K."""


def arrhenius(activation_energy: float, temperature: float) -> float:
    """How much faster a process of `activation_energy` in eV runs at `temperature` in degC
    than at 25 degC; dimensionless."""
    inverse = 1.0 / REFERENCE_KELVIN - 1.0 / (temperature + ZERO_CELSIUS)
    return exp(activation_energy / BOLTZMANN * inverse)
