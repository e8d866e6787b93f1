"""Junctions in series behind one series resistance: a cell, a module of equal cells, a tandem.

All junctions carry the same current; their voltages add, less the drop in the series resistance
(two-terminal tandem: current limited by the weaker junction). Currents count positive when
generated. Reference for one junction: pvlib.singlediode.
"""

from __future__ import annotations

from labctl.errors import Defect
from sim_backends.models.diode import Diode, conductance, current_through, junction_voltage

RELATIVE = 1e-10
"""Newton step relative to the photocurrents below which the next step is under rounding."""


def voltage(junctions: tuple[Diode, ...], series: float, current: float) -> float:
    """Terminal voltage in V at which the stack generates `current` in A; `series` in ohm."""
    return sum(junction_voltage(diode, current) for diode in junctions) - current * series


def voltage_and_slope(
    junctions: tuple[Diode, ...], series: float, current: float
) -> tuple[float, float]:
    """Terminal voltage in V and its derivative dV/dI in ohm (negative) at `current` in A."""
    total = -current * series
    slope = -series
    for diode in junctions:
        across = junction_voltage(diode, current)
        total += across
        slope -= 1.0 / conductance(diode, across)
    return total, slope


def current(junctions: tuple[Diode, ...], series: float, terminal: float) -> float:
    """Current in A that the stack generates at `terminal` V; `series` in ohm."""
    if len(junctions) == 1:
        return current_through(junctions[0], series, terminal)
    # V(I) is decreasing and concave, so Newton from above the root comes down to it. The shunts
    # alone bound V(I) from above: their straight line meets `terminal` above the root.
    shunts = sum(diode.shunt for diode in junctions)
    driving = sum(diode.photocurrent * diode.shunt for diode in junctions)
    found = (driving - terminal) / (shunts + series)
    scale = max(diode.photocurrent + diode.saturation for diode in junctions)
    for _ in range(200):
        at, slope = voltage_and_slope(junctions, series, found)
        step = (at - terminal) / slope
        found -= step
        if abs(step) <= RELATIVE * (scale + abs(found)):
            return found
    raise Defect(f"series stack did not converge at {terminal} V: {junctions}")


def maximum_power(junctions: tuple[Diode, ...], series: float) -> tuple[float, float]:
    """(voltage in V, current in A) of the largest generated power; both 0 in the dark.

    d(I V)/dI = V + I dV/dI falls strictly with I between 0 and the short-circuit current, so
    bisection finds its only root; 60 halvings reach the rounding of the current.
    """
    low, high = 0.0, current(junctions, series, 0.0)
    if high <= 0:
        return 0.0, 0.0
    for _ in range(60):
        middle = (low + high) / 2
        at, slope = voltage_and_slope(junctions, series, middle)
        if at + middle * slope > 0:
            low = middle
        else:
            high = middle
    return voltage(junctions, series, low), low
