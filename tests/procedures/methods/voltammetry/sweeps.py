"""Sweeps of six metals on a background, made by hand."""

from __future__ import annotations

import numpy as np

from procedures.methods.voltammetry.analysing import Swept
from procedures.methods.voltammetry.metals import METALS
from procedures.methods.voltammetry.peaks import Peak, shape

POTENTIAL = np.arange(-1.165, 0.55, 0.012)
PEAKS = {name: Peak(volts + 0.01, 0.024) for name, volts in METALS.items()}


def swept(amounts: dict[str, float], rng: np.random.Generator, noise: float = 1e-10) -> Swept:
    """A sweep of 100 nA for each ug/L, on a background."""
    current = 2e-6 + 1e-6 * np.exp(-(POTENTIAL + 1.17) / 0.08)
    for name, amount in amounts.items():
        current = current + 1e-7 * amount * shape(POTENTIAL, PEAKS[name])
    current = current + noise * rng.standard_normal(len(POTENTIAL))
    return Swept(0.0, 5.0, tuple(POTENTIAL.tolist()), tuple(current.tolist()))
