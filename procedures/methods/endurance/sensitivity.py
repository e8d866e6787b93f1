"""How much a loss by an exposure changes with the exposure's conditions. Pure."""

from __future__ import annotations

from labctl.quantity import Quantity

BOLTZMANN = 8.617333262e-5
"""Boltzmann constant in eV/K (CODATA 2018)."""

ABSOLUTE_ZERO = -273.15
"""0 K in degC."""


def thermal(activation_energy: Quantity, celsius: float) -> float:
    """Relative change of a thermally activated rate per kelvin at `celsius` in degC, in 1/K.

    d ln(rate) / dT = Ea / (k T^2) (Arrhenius). A loss that saturates changes by less.
    """
    return activation_energy.to("eV").value / (BOLTZMANN * (celsius - ABSOLUTE_ZERO) ** 2)
