"""A cascaded diamond Raman laser in its steady state: pump, and orders that feed one another.

Circulating powers I_n in W of the orders n = 1..N over one round trip, with I_0 the pump's mean
along the crystal (photon balance of an intracavity Raman laser, H. M. Pask, Prog. Quantum
Electron. 27 (2003) 3, written for a chain of orders):

    g_n I_(n-1) = L_n + g_(n+1) r_(n+1) I_(n+1)    gain = loss + what feeds the next order
    I_0 = P (1 - exp(-x)) / x,  x = g_1 r_1 I_1      pump of P that is depleted on its way

with g_n in proportion to 1/wavelength and r_n = wavelength(n) / wavelength(n-1) the quantum defect.
The highest order lases where it has light and the next one's gain is below its loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from sim_backends.models.diamond_laser import SPEED_OF_LIGHT, stokes_wavelength
from sim_backends.models.roots import root

ORDERS = 4
"""Orders that are looked at; the mirrors do not hold the last."""


@dataclass(frozen=True)
class RamanCascade:
    """`pump_wavelength` in m, `gain` of the first order in 1/W; by order from 1 the `coupler`
    transmission, `loss` besides, and `transport` of the optics behind; `widths` of the lines in Hz;
    `background` of spontaneous emission over the power of all lines, in 1/m; `rated` pump setting
    in W and `pump_gain`."""

    pump_wavelength: float
    gain: float
    coupler: tuple[float, ...]
    loss: tuple[float, ...]
    transport: tuple[float, ...]
    widths: tuple[float, ...]
    background: float
    rated: float
    pump_gain: float


def gain(laser: RamanCascade, order: int) -> float:
    """Gain of an order by the one before in 1/W."""
    first = stokes_wavelength(laser.pump_wavelength, 1)
    return laser.gain * first / stokes_wavelength(laser.pump_wavelength, order)


def defect(laser: RamanCascade, order: int) -> float:
    """What of the power of the order before it takes makes one W of `order`."""
    pump = laser.pump_wavelength
    return stokes_wavelength(pump, order) / stokes_wavelength(pump, order - 1)


def circulating(laser: RamanCascade, pump: float) -> tuple[float, ...]:
    """Circulating powers in W of the orders that lase at a `pump` in W, from the first."""
    found: tuple[float, ...] = ()
    for count in range(1, ORDERS + 1):
        held = _held(laser, pump, count)
        if held is None:
            break
        found = held
    return found


def _losses(laser: RamanCascade, order: int) -> float:
    return laser.coupler[order - 1] + laser.loss[order - 1]


def _held(laser: RamanCascade, pump: float, count: int) -> tuple[float, ...] | None:
    """The powers where exactly `count` orders lase; None where they cannot.

    The balance of the last order and of every second one before it fixes every second power; the
    others follow from the pump.
    """
    powers = [0.0] * (count + 2)
    for n in range(count, 0, -2):
        fed = gain(laser, n + 1) * defect(laser, n + 1) * powers[n + 1] if n < count else 0.0
        powers[n - 1] = (_losses(laser, n) + fed) / gain(laser, n)
    slope = gain(laser, 1) * defect(laser, 1)
    if count % 2:
        if powers[0] >= pump:
            return None
        x = root(lambda x: -(pump * _mean(x) - powers[0]), 1e-12, 1e3, 1e-12)
        powers[1] = x / slope
    else:
        powers[0] = pump * _mean(slope * powers[1])
    for n in range(1 if count % 2 == 0 else 2, count, 2):
        left = gain(laser, n) * powers[n - 1] - _losses(laser, n)
        powers[n + 1] = left / (gain(laser, n + 1) * defect(laser, n + 1))
    held = tuple(powers[1 : count + 1])
    return held if all(one > 0.0 for one in held) else None


def _mean(x: float) -> float:
    """Mean of exp(-y) for y from 0 to `x`."""
    return (1.0 - exp(-x)) / x if x > 1e-9 else 1.0 - 0.5 * x


def order_powers(laser: RamanCascade, pump: float) -> tuple[float, ...]:
    """Power in W behind the optics of each order that lases at a `pump` in W, from the first."""
    return tuple(
        laser.transport[n] * laser.coupler[n] * one
        for n, one in enumerate(circulating(laser, pump))
    )


def rated_powers(laser: RamanCascade) -> tuple[float, ...]:
    """Powers of the orders in W at the rated setting."""
    return order_powers(laser, laser.pump_gain * laser.rated)


def spread(laser: RamanCascade) -> float:
    """Largest less smallest power of the orders at the rated setting, over their sum."""
    powers = rated_powers(laser)
    return (max(powers) - min(powers)) / sum(powers)


def width_in_metres(laser: RamanCascade, order: int) -> float:
    """Full width at half maximum of an order's line in m."""
    wavelength = stokes_wavelength(laser.pump_wavelength, order)
    return laser.widths[order - 1] * wavelength**2 / SPEED_OF_LIGHT
