"""An exposure to light at a temperature: what was held, and what its errors do to a loss. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labctl.evidence import Observed
from labctl.quantity import Quantity
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis.exposure import share_held
from procedures.methods.endurance.log import Log
from procedures.methods.endurance.sensitivity import thermal
from procedures.methods.observing import BandOf, observed_amount, observed_log, spread
from procedures.methods.photovoltaics.device import Device
from procedures.methods.trace import Trace

Array = NDArray[np.float64]

LIGHT = ("irradiance", "W/m**2")
HEAT = ("temperature", "degC")
"""The conditions of an exposure, with their units."""

ACTIVATION_ENERGY = "activation_energy"
"""Property of the sheet: of what the light does to the device."""


@dataclass(frozen=True)
class Dose:
    """The exposure of `device` that `log` tells of, with columns `irradiance` in W/m2 and `chuck`
    in degC; it was to be held at `irradiance` in W/m2 and `celsius` in degC of the device. `chuck`
    are readings of the chuck with their accuracy."""

    device: Device
    log: Log
    chuck: Trace
    irradiance: float
    celsius: float

    def unknown(self, mc: MonteCarlo) -> Draws:
        """What is not known of the dose, relative and around 0, shape (draws + 1,).

        The dose grows with the light and is thermally activated, with the activation energy of
        the sample's sheet. Times the growth of a loss per ln(dose) it is the loss's share.
        """
        energy = self.device.sample.properties.get(ACTIVATION_ENERGY, Quantity(0.0, "eV"))
        warmth = thermal(energy, self.celsius) * self._kelvin(mc)
        return (self._light(mc) * (1.0 + warmth))[:, 0] - 1.0

    def observed(self, mc: MonteCarlo, band: BandOf) -> list[Observed]:
        """Duration, irradiance and device temperature as they were.

        Time outside a condition's band is no exposure.
        """
        light, time = self.log.column("irradiance"), self.log.t
        light_u = self.irradiance * spread(self._light(mc))
        heat_u = spread(self._kelvin(mc))
        return [
            observed_amount("duration", self.seconds_held(band), "s"),
            observed_log(*LIGHT, time, light, light_u, band(*LIGHT)),
            observed_log(*HEAT, time, self._heat(), heat_u, band(*HEAT)),
        ]

    def seconds_held(self, band: BandOf) -> float:
        """Seconds of the exposure in which every condition with a `band` was inside it."""
        inside = np.ones(len(self.log.t), dtype=np.bool_)
        for name, column in ((LIGHT, self.log.column("irradiance")), (HEAT, self._heat())):
            low, high = band(*name) or (-np.inf, np.inf)
            inside &= (column >= low) & (column <= high)
        return self.log.seconds * share_held(np.array(self.log.t), inside)[0]

    def _heat(self) -> Array:
        """Temperature of the device in degC by the chuck and its rise above it."""
        light = self.log.column("irradiance")
        return self.log.column("chuck") + self.device.heating.value * light

    def _light(self, mc: MonteCarlo) -> Draws:
        # The drift of the spectrum acts with its mean over the exposure.
        known = self.device.later(self.log.seconds / 2).light_factor(mc)
        off = abs(float(self.log.column("irradiance").mean()) / self.irradiance - 1.0)
        return known / known[0] + mc.rectangular("exposure/irradiance", off, "mean deviation")

    def _kelvin(self, mc: MonteCarlo) -> Draws:
        set_point = self.device.chuck_for(self.celsius, self.irradiance)
        off = abs(float(self.log.column("chuck").mean()) - set_point)
        sensor = mc.mean(self.chuck.readings())
        held = mc.rectangular("exposure/temperature", off, "mean deviation")
        return sensor - sensor[0] + held + self.device.unknown_kelvin(mc, self.irradiance)
