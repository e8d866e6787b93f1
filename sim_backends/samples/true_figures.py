"""The true figures of a photovoltaic device, computed from its parameters.

For solving devices and for tests: nothing that measures may import this. Each is a plain number
in SI or a fraction; the conditions are those under which the figure is defined.
"""

from __future__ import annotations

from sim_backends.models import ageing, fatigue, stc
from sim_backends.models.photovoltaic_device import PhotovoltaicDevice
from sim_backends.models.solar_cell import FRESH, maximum_power
from sim_backends.models.wear import factors


def efficiency(device: PhotovoltaicDevice) -> float:
    """Steady-state maximum power over incident power on the true area, as a fraction, at
    standard test conditions (IEC 60904-1)."""
    return areal_power(device) / stc.IRRADIANCE


def areal_power(device: PhotovoltaicDevice) -> float:
    """Steady-state maximum power over the true area in W/m2, at standard test conditions."""
    return maximum_power(device, stc.IRRADIANCE, stc.TEMPERATURE, FRESH) / device.area


def light_loss(device: PhotovoltaicDevice, hours: float, cell: float) -> float:
    """Lost part (0..1) of the efficiency at standard test conditions after `hours` of
    1000 W/m2 with the cell itself at `cell` degC (ISOS-L-1)."""
    dose = hours * stc.HOUR * ageing.dose_rate(device.ageing, stc.IRRADIANCE, cell)
    before = maximum_power(device, stc.IRRADIANCE, stc.TEMPERATURE, FRESH)
    worn = factors(device, dose, 0.0, 0.0)
    return 1.0 - maximum_power(device, stc.IRRADIANCE, stc.TEMPERATURE, worn) / before


def operating_loss(device: PhotovoltaicDevice, hours: float, cell: float) -> float:
    """Lost part (0..1) of the maximum power at 1000 W/m2 and cell temperature `cell` in degC
    after `hours` at these conditions. The start value is that of the light-soaked device."""
    dose = hours * stc.HOUR * ageing.dose_rate(device.ageing, stc.IRRADIANCE, cell)
    soaked = ageing.soak(device.metastability, 1.0, stc.IRRADIANCE, float("inf"))
    start = maximum_power(device, stc.IRRADIANCE, cell, factors(device, 0.0, soaked, 0.0))
    end = maximum_power(device, stc.IRRADIANCE, cell, factors(device, dose, soaked, 0.0))
    return 1.0 - end / start


def bending_loss(device: PhotovoltaicDevice, bends: float, radius: float) -> float:
    """Lost part (0..1) of the efficiency at standard test conditions after `bends` bends to
    `radius` in m about the sample's axis."""
    strained = fatigue.strain(device.thickness, radius)
    cracked = factors(device, 0.0, 0.0, fatigue.damage(device.fatigue, strained, bends))
    before = maximum_power(device, stc.IRRADIANCE, stc.TEMPERATURE, FRESH)
    return 1.0 - maximum_power(device, stc.IRRADIANCE, stc.TEMPERATURE, cracked) / before
