"""A photovoltaic device at an irradiance, a temperature and a state of wear.

Photocurrent proportional to effective irradiance with a linear temperature coefficient; saturation
current I0 = I0ref (T/Tref)^3 exp(Eg / (n k) (1/Tref - 1/T)); slope voltage N n k T / q; constant
shunt and series resistance: pvlib.pvsystem.calcparams_pvsyst with R_sh_0 = R_sh_ref (the PVsyst
form of De Soto, Solar Energy 80 (2006) 78, with the ideality in the exponent).
"""

from __future__ import annotations

from math import exp
from typing import NamedTuple

from sim_backends.models import series_stack, stc
from sim_backends.models.diode import Diode
from sim_backends.models.photovoltaic_device import Junction, PhotovoltaicDevice


class Wear(NamedTuple):
    """Factors on a fresh device: on `photocurrent`, `saturation` and `shunt` of the first
    junction and on `series`; dimensionless, 1 when fresh."""

    photocurrent: float = 1.0
    saturation: float = 1.0
    series: float = 1.0
    shunt: float = 1.0


FRESH = Wear()
"""No wear."""


class Operating(NamedTuple):
    """A device ready to be solved: `junctions`, `series` in ohm (see series_stack)."""

    junctions: tuple[Diode, ...]
    series: float


def diode(junction: Junction, irradiance: float, temperature: float, wear: Wear = FRESH) -> Diode:
    """`junction` at effective `irradiance` in W/m2 and cell `temperature` in degC."""
    kelvin = temperature + stc.ZERO_CELSIUS
    thermal = stc.BOLTZMANN * kelvin * junction.ideality
    ratio = kelvin / stc.REFERENCE_KELVIN
    warming = 1.0 + junction.photocurrent_slope * (temperature - stc.TEMPERATURE)
    activation = exp(junction.bandgap / thermal * (ratio - 1.0))
    return Diode(
        junction.photocurrent * warming * irradiance / stc.IRRADIANCE * wear.photocurrent,
        junction.saturation * ratio**3 * activation * wear.saturation,
        junction.shunt * wear.shunt,
        thermal * junction.cells,
    )


def operating(
    device: PhotovoltaicDevice, irradiance: float, temperature: float, wear: Wear = FRESH
) -> Operating:
    """`device` at effective `irradiance` in W/m2 and cell `temperature` in degC."""
    first = diode(device.junctions[0], irradiance, temperature, wear)
    rest = [diode(junction, irradiance, temperature) for junction in device.junctions[1:]]
    return Operating((first, *rest), device.series * wear.series)


def collecting(point: Operating, factor: float) -> Operating:
    """`point` with every photocurrent multiplied by `factor`."""
    junctions = tuple(d._replace(photocurrent=d.photocurrent * factor) for d in point.junctions)
    return Operating(junctions, point.series)


def maximum_power(
    device: PhotovoltaicDevice, irradiance: float, temperature: float, wear: Wear = FRESH
) -> float:
    """Largest steady-state power in W at `irradiance` in W/m2 and cell `temperature` in degC."""
    voltage, current = series_stack.maximum_power(*operating(device, irradiance, temperature, wear))
    return voltage * current
