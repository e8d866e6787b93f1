"""What stands on the photovoltaic bench and goes through time together.

The scene goes on to the time of each call in steps over which light and temperature are straight,
so that a thousand hours in one call and in a thousand calls meet the same history. A call with an
earlier time finds light and temperature as they are by now.
"""

from __future__ import annotations

from math import floor

import numpy as np

from sim_backends.models.chuck import Chuck, ChuckParameters
from sim_backends.models.lamp import Lamp
from sim_backends.models.noise import Drift, Flicker
from sim_backends.models.photovoltaic_device import PhotovoltaicDevice
from sim_backends.models.reference_cell import ReferenceCell
from sim_backends.models.solar_sample import SolarSample
from sim_backends.streams import stream
from sim_backends.worlds import photovoltaic_errors as errors

GRID = 900.0
"""Knots of the slow disturbances and longest step of the history, in s."""

REFERENCE_SHUNT = 0.5
"""Shunt of the reference cell in ohm."""

CHUCK = ChuckParameters(
    heating=70.0, cooling=45.0, absorbing=0.006, body=240.0, sensor=6.0, dead=2.5
)
"""A Peltier chuck of 100 mm: about 60 W for 70 K, a tenth of that from 1000 W/m2."""

AMBIENT = 23.0
"""Mean temperature in degC of the cooling water that the Peltier elements stand on."""

# Standard deviation and correlation time (s) of the slow disturbances, deviation and grid (s) of
# the fast one: a recirculating chiller holds its water to +-0.1 to 0.2 K; a lamp with optical
# feedback, whose long-term instability a class A+ simulator keeps below 1 % (IEC 60904-9).
_AMBIENT_DRIFT = (0.12, 10800.0)
_LAMP_DRIFT = (0.003, 14400.0)
_FLICKER = (0.0005, 0.04)


class Scene:
    """Lamp, reference cell, chuck and sample at one time. Times in s, temperatures in degC."""

    def __init__(self, device: PhotovoltaicDevice, seed: int, t0: float) -> None:
        self._seed = seed
        self._errors = errors.draw(seed)
        self._t = t0
        grid = floor(t0 / GRID) * GRID
        self._drifting = Drift(*_AMBIENT_DRIFT, GRID, self._stream("ambient"), grid)
        self._ambient = AMBIENT + self._drifting.at(t0)
        self.lamp = Lamp(
            gain=self._errors.lamp_gain,
            decline=self._errors.lamp_decline,
            drift=Drift(*_LAMP_DRIFT, GRID, self._stream("lamp drift"), grid),
            flicker=Flicker(*_FLICKER, self._stream("lamp flicker")),
            t0=t0,
        )
        self.chuck = Chuck(CHUCK, self._ambient, t0)
        self.reference = ReferenceCell(self._errors.responsivity, REFERENCE_SHUNT)
        self.sample = SolarSample(device, t0)
        self._placings = 0
        self._placing = errors.place(seed, 0)
        self._in_clamp = False
        self._light = 0.0

    def _stream(self, name: str) -> np.random.Generator:
        return stream(self._seed, "photovoltaic world", name)

    def advance(self, t: float) -> None:
        """Go on to `t`; an earlier time changes nothing."""
        while self._t < t:
            knot = (floor(self._t / GRID) + 1.0) * GRID
            self._step(min(t, knot, self._t + self.lamp.steady_for(self._t)))

    def _step(self, end: float) -> None:
        before = self.chuck.surroundings(self._ambient, self._light)
        light = self._light
        self._light = self.lamp.irradiance(end) if self.lamp.shutter_open else 0.0
        self._ambient = AMBIENT + self._drifting.at(end)
        after = self.chuck.surroundings(self._ambient, self._light)
        mean = (light + self._light) / 2
        cell = self.chuck.advance(end, before, after) + self._heating() * mean
        seen = 0.0 if self._in_clamp else mean * self._seen_by_sample(end)
        self.sample.expose(seen, cell, end - self._t)
        self._t = end

    def _seen_by_sample(self, t: float) -> float:
        mismatch = self._errors.spectral_mismatch
        mismatch += self._errors.spectral_drift * self.lamp.burnt(t)
        return (1.0 + mismatch) * self._placing.light

    def _heating(self) -> float:
        return self.sample.device.heating * self._placing.heating

    def cell_temperature(self) -> float:
        """Temperature of the sample's junctions in degC: the light warms it over the chuck."""
        return self.chuck.body + self._heating() * self._light

    def sensor_temperature(self) -> float:
        """Temperature in degC that the chuck's sensor shows."""
        return self.chuck.sensor + self._errors.chuck_sensor

    def light_at_monitor(self, t: float) -> float:
        """Momentary irradiance in W/m2 before the shutter, referred to the reference plane."""
        return self.lamp.irradiance(self._t) * self.lamp.flicker(t)

    def light_at_reference(self, t: float) -> float:
        """Momentary irradiance in W/m2 on the reference cell."""
        return self._light * self.lamp.flicker(t)

    def steady_light(self) -> float:
        """Effective irradiance in W/m2 on the sample without the flicker."""
        return self._light * self._seen_by_sample(self._t)

    def light_at_sample(self, t: float) -> float:
        """Momentary effective irradiance in W/m2 on the sample: what the reference cell sees
        times mismatch and place in the field."""
        return self.light_at_reference(t) * self._seen_by_sample(self._t)

    def set_lamp(self, irradiance: float, t: float) -> None:
        """Set the lamp's level in W/m2."""
        self.advance(t)
        self.lamp.emit(irradiance, self._t)

    def set_shutter(self, is_open: bool, t: float) -> None:
        """Move the shutter; the sample's ions have followed the light until now."""
        self.advance(t)
        self.sample.settle(self.light_at_sample(t), self.cell_temperature(), t)
        self.lamp.shutter_open = is_open
        self._light = self.lamp.irradiance(self._t) if is_open else 0.0

    def use_sample(self, t: float) -> None:
        """Go on to `t` with the sample on the chuck: back from the bender it lies anew."""
        self.advance(t)
        if self._in_clamp:
            self._in_clamp = False
            self._placings += 1
            self._placing = errors.place(self._seed, self._placings)

    def bend(self, radius: float, bends: float, t: float) -> None:
        """`bends` bends to `radius` m, done since the last call, out of the light."""
        self._in_clamp = True
        self.advance(t)
        self.sample.bend(radius, bends, self._errors.bending_axis)
