"""Residual gas in a vacuum chamber, and the ions that electron impact makes of it.

Fragmentation patterns at 70 eV: the library of the maker's open package srsinst.rga (gaslib.dat).
Ionisation relative to nitrogen: usual ion gauge factors (J. M. Lafferty, Foundations of Vacuum
Science and Technology, 1998, from memory, rounded).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log, sqrt
from typing import Protocol

PATTERNS: dict[str, dict[int, float]] = {
    "H2": {2: 1.0, 1: 0.05},
    "He": {4: 1.0},
    "CH4": {16: 1.0, 15: 0.86, 14: 0.16, 13: 0.08, 1: 0.04, 12: 0.025, 17: 0.012},
    "H2O": {18: 1.0, 17: 0.24, 16: 0.02, 20: 0.003, 19: 0.001},
    "N2": {28: 1.0, 14: 0.06, 29: 0.008},
    "CO": {28: 1.0, 12: 0.05, 16: 0.02, 29: 0.01, 14: 0.01, 30: 0.002},
    "O2": {32: 1.0, 16: 0.07, 34: 0.004, 33: 0.001},
    "Ar": {40: 1.0, 20: 0.1, 36: 0.003, 38: 0.001, 18: 0.001},
    "CO2": {44: 1.0, 28: 0.11, 16: 0.09, 12: 0.06, 45: 0.01, 46: 0.005},
}
"""Height of each peak relative to the gas's principal one, by mass number."""

IONISATION = {
    "H2": 0.46, "He": 0.18, "CH4": 1.4, "H2O": 1.12, "N2": 1.0, "CO": 1.05, "O2": 1.01, "Ar": 1.29,
    "CO2": 1.42,
}  # fmt: skip
"""Ion current of the principal peak at the same pressure, relative to nitrogen."""

PEAK_WIDTH = 1.0
"""Width of a peak in u at 10 % of its height, as the mass filter is tuned."""

_SIGMA = PEAK_WIDTH / 2.0 / sqrt(2.0 * log(10.0))


class VacuumPort(Protocol):
    """Where a gauge or an analyser looks into a chamber."""

    def partial_pressures(self, t: float) -> Mapping[str, float]:
        """Partial pressure in Pa of each gas by its formula, at run time `t` in s."""
        ...


def peaks(partial_pressures: Mapping[str, float]) -> dict[int, float]:
    """Peak heights by mass number, as the nitrogen pressure in Pa that would make each."""
    heights: dict[int, float] = {}
    for gas, pressure in partial_pressures.items():
        for mass, part in PATTERNS[gas].items():
            heights[mass] = heights.get(mass, 0.0) + pressure * IONISATION[gas] * part
    return heights


def transmitted(heights: Mapping[int, float], mass: float) -> float:
    """What the filter lets through at `mass` in u, of peaks of `heights` in Pa: Gaussian peaks."""
    near = ((m, h) for m, h in heights.items() if abs(m - mass) < 3.0)
    return sum(h * exp(-0.5 * ((m - mass) / _SIGMA) ** 2) for m, h in near)


def nitrogen_equivalent(partial_pressures: Mapping[str, float]) -> float:
    """The nitrogen pressure in Pa that gives the same total ion current."""
    return sum(p * IONISATION[gas] for gas, p in partial_pressures.items())


class VacuumChamber:
    """A pumped chamber with constant outgassing; fits `VacuumPort`.

    `base` are the partial pressures in Pa at rest. Gas let in approaches its new pressure with the
    time constant volume / pumping speed, `seconds`.
    """

    def __init__(self, base: Mapping[str, float], *, seconds: float = 2.0, t0: float = 0.0) -> None:
        self._final = dict(base)
        self._now = dict(base)
        self._seconds = seconds
        self._t = t0

    def let_in(self, gas: str, pressure: float, t: float) -> None:
        """From `t` on the leak valve keeps `gas` at `pressure` in Pa in the end (0: closed)."""
        self._go(t)
        self._final[gas] = pressure
        self._now.setdefault(gas, 0.0)

    def partial_pressures(self, t: float) -> Mapping[str, float]:
        """Partial pressure in Pa of each gas."""
        self._go(t)
        return self._now

    def _go(self, t: float) -> None:
        if t <= self._t:
            return
        left = exp(-(t - self._t) / self._seconds)
        for gas, final in self._final.items():
            self._now[gas] = final + (self._now[gas] - final) * left
        self._t = t
