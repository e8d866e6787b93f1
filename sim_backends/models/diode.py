"""One junction without series resistance: photocurrent, diode and shunt in parallel.

    I = Iph - I0 (exp(Vd / a) - 1) - Vd / Rsh,   a = N n k T / q

Currents count positive when generated. Equation and names: pvlib.singlediode; De Soto, Klein,
Beckman, Solar Energy 80 (2006) 78. The functions are scalar Newton iterations in `math`, since a
port is asked point by point and pvlib works on arrays; they agree with pvlib to 1e-9.
"""

from __future__ import annotations

from math import exp, expm1, log1p
from typing import NamedTuple

from labctl.errors import Defect

CLOSE = 1e-9
"""Newton step, in units of the slope voltage, below which the next step is under rounding."""


class Diode(NamedTuple):
    """A junction at one irradiance and temperature.

    `photocurrent` and `saturation` in A, `shunt` in ohm, `slope` a = N n k T / q in V.
    """

    photocurrent: float
    saturation: float
    shunt: float
    slope: float


def junction_voltage(diode: Diode, current: float) -> float:
    """Voltage in V across the junction that generates `current` in A."""
    photocurrent, saturation, shunt, slope = diode
    lost = photocurrent - current
    # The function is increasing and convex: from an upper bound Newton comes down to the root.
    voltage = min(lost * shunt, slope * log1p(lost / saturation)) if lost > 0 else 0.0
    for _ in range(100):
        diffusion = saturation * exp(voltage / slope)
        excess = diffusion - saturation + voltage / shunt - lost
        step = excess / (diffusion / slope + 1.0 / shunt)
        voltage -= step
        if abs(step) <= CLOSE * slope:
            return voltage
    raise Defect(f"diode equation did not converge at {current} A: {diode}")


def conductance(diode: Diode, voltage: float) -> float:
    """Differential conductance in S of the junction at `voltage` in V across it."""
    return diode.saturation / diode.slope * exp(voltage / diode.slope) + 1.0 / diode.shunt


def current_through(diode: Diode, series: float, voltage: float) -> float:
    """Current in A that the junction generates behind `series` ohm at terminal `voltage` in V."""
    photocurrent, saturation, shunt, slope = diode
    # Unknown is the junction's voltage x: x + Rs (I0 (e^(x/a) - 1) + x / Rsh) = V + Rs Iph.
    target = voltage + series * photocurrent
    scale = series * saturation
    leak = 1.0 + series / shunt
    x = target / leak
    if target > 0 and scale > 0:
        x = min(x, slope * log1p(target / scale))
    elif scale > 0:
        x = 0.0
    for _ in range(100):
        diffusion = scale * exp(x / slope) if scale > 0 else 0.0
        step = (leak * x + diffusion - scale - target) / (leak + diffusion / slope)
        x -= step
        if abs(step) <= CLOSE * slope:
            return photocurrent - saturation * expm1(x / slope) - x / shunt
    raise Defect(f"diode equation did not converge at {voltage} V: {diode}")
