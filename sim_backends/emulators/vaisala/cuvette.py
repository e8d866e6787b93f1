"""The sensing part of a GMP252: gas diffuses into the cuvette, infrared light is absorbed there.

An infrared sensor counts molecules, so its raw signal follows pressure and falls with absolute
temperature (ideal gas). What humidity and oxygen of the background gas do is small; that they act,
and on the reading as a whole, is in the user guide (M211897EN-D, section 2.4), the sizes
`HUMIDITY_EFFECT` and `OXYGEN_EFFECT` are assumed.

Accuracy at 25 degC and 1013 hPa, as remembered from the data sheet B211567EN: +-40 ppm to 3000 ppm,
2 % of reading to 10000 ppm, 3.5 % to 30000 ppm; T90 < 1 min. Start-up 12 s, warm-up 2 min, the
reading rises to the right one (user guide, section 2.5).
"""

from __future__ import annotations

from math import exp, log

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.models.gas import GasPort, lagged

ACCURACY = (
    Spec(range=3000.0, gain=0.0, offset=40.0, noise=2.0, overrange=1.0),
    Spec(range=10000.0, gain=0.02, offset=0.0, noise=4.0, overrange=1.0),
    Spec(range=30000.0, gain=0.035, offset=0.0, noise=10.0, overrange=1.0),
)
"""ppm; the noise is assumed."""

TEMPERATURE = Spec(range=100.0, gain=0.0, offset=0.5, noise=0.02)
"""degC; the user guide states no accuracy of the probe's own sensor, +-0.5 K is assumed."""

DIFFUSION = 20.0
"""Time constant in s of the filter before the cuvette: T90 = 46 s."""

STARTUP, WARM_UP = 12.0, 120.0
"""Seconds from power-on: to the first measurement, to the specified accuracy."""

HUMIDITY_EFFECT, OXYGEN_EFFECT = 3e-5, 5e-5
"""Relative change of the raw signal for each % of relative humidity and of oxygen."""

AIR_OXYGEN = 20.9
"""Oxygen in % of the gas, which is taken to be air."""


def response(pressure: float, temperature: float, humidity: float, oxygen: float) -> float:
    """Raw signal relative to that at 1013.25 hPa, 25 degC, dry and without oxygen.

    `pressure` in hPa, `temperature` in degC, `humidity` in % relative, `oxygen` in %.
    """
    density = pressure / 1013.25 * 298.15 / (temperature + 273.15)
    return density * (1.0 + HUMIDITY_EFFECT * humidity) * (1.0 + OXYGEN_EFFECT * oxygen)


class Cuvette:
    """One probe's sensor at `port`; warm since long when it is first looked at."""

    def __init__(self, port: GasPort, rng: np.random.Generator) -> None:
        self._port = port
        self._channel = Channel(ACCURACY, rng)
        self._sensor = Channel([TEMPERATURE], rng)
        self._powered: float | None = None
        self._outside = self._inside = 0.0
        self._t: float | None = None

    def power_on(self, t: float) -> None:
        """Cold from `t` on."""
        self._powered = t

    def since_power_on(self, t: float) -> float:
        """Seconds since power-on; infinite where that was before all measuring."""
        return float("inf") if self._powered is None else t - self._powered

    def temperature(self, t: float) -> float:
        """Temperature in degC at the probe's own sensor."""
        return self._sensor.convert(self._port.temperature(t), 0)

    def raw(self, t: float) -> float:
        """Raw signal in ppm at 1013.25 hPa, 25 degC and without background gas."""
        outside = self._port.carbon_dioxide(t) * 1e6
        if self._t is None:
            self._inside = outside
        else:
            dt = t - self._t
            self._inside = lagged(self._inside, self._outside, outside, dt, DIFFUSION)
        self._outside, self._t = outside, t
        seen = self._channel.convert(self._inside, self._channel.fit(self._inside))
        port = self._port
        return seen * self._warmth(t) * response(
            port.pressure(t) / 100.0, port.temperature(t), port.humidity(t), AIR_OXYGEN
        )  # fmt: skip

    def _warmth(self, t: float) -> float:
        # The emitter reaches its temperature such that 1 % is missing at the end of the warm-up.
        since = self.since_power_on(t)
        return 1.0 if since == float("inf") else 1.0 - exp(-since / (WARM_UP / log(100.0)))
