"""What flows at a carbon electrode without any metal: double layer, hydrogen, oxygen."""

from __future__ import annotations

from math import exp

from sim_backends.data.voltammetry import (
    DOUBLE_LAYER,
    HYDROGEN,
    HYDROGEN_SLOPE,
    LAYER_TIME,
    OXYGEN,
    OXYGEN_HALF,
    OXYGEN_SLOPE,
)


class DoubleLayer:
    """A double layer of `area` m2 that follows the potential with one time constant."""

    def __init__(self, area: float) -> None:
        self._farads = DOUBLE_LAYER * area
        self._at = 0.0

    def follow(self, potential: float, seconds: float) -> None:
        """`potential` in V was applied for `seconds`."""
        self._at = potential + (self._at - potential) * exp(-min(seconds / LAYER_TIME, 700.0))

    def current(self, potential: float) -> float:
        """Charging current in A at `potential` in V."""
        return self._farads * (potential - self._at) / LAYER_TIME


def faradaic(potential: float, area: float, oxygen: float) -> float:
    """Current in A of hydrogen evolution and of the reduction of oxygen at `potential` in V;
    `oxygen` is what is left of it, 1 as usual."""
    hydrogen = HYDROGEN * exp(-(potential + 1.2) / HYDROGEN_SLOPE)
    wave = oxygen * OXYGEN / (1.0 + exp((potential - OXYGEN_HALF) / OXYGEN_SLOPE))
    return -area * (hydrogen + wave)
