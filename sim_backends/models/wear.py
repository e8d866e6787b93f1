"""From histories (dose, soaked part, bends) to the factors on a device's parameters."""

from __future__ import annotations

from math import exp

from sim_backends.models import ageing
from sim_backends.models.photovoltaic_device import PhotovoltaicDevice
from sim_backends.models.solar_cell import Wear

# How one unit of wear spreads over the parameters: defects near the interfaces cost current and
# voltage, the contacts' resistance rises and shunts open. Proportions as in the parameter
# extractions of light-aged perovskite cells (Khenkin et al., Nature Energy 5 (2020) 35, and the
# drift studies it cites); the size of the wear is the device's own.
_CURRENT = 0.45
_RECOMBINATION = 4.0
_RESISTANCE = 1.6
_LEAKAGE = 3.0


def factors(device: PhotovoltaicDevice, dose: float, soaked: float, bends: float) -> Wear:
    """Wear of `device` after light `dose` in s, with the part `soaked` (0..1) of its metastable
    defects filled and `bends` of damage at the reference strain."""
    worn = ageing.wear(device.ageing, dose)
    cracks = device.fatigue
    recombining = _RECOMBINATION * worn - device.metastability.gain * soaked
    return Wear(
        photocurrent=exp(-_CURRENT * worn),
        saturation=exp(recombining),
        series=(1.0 + _RESISTANCE * worn) * (1.0 + cracks.opening * bends),
        shunt=1.0 / ((1.0 + _LEAKAGE * worn) * (1.0 + cracks.leaking * bends)),
    )
