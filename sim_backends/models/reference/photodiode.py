"""A silicon photodiode in a beam, as the sensor of a power meter.

The responsivity is the typical curve of a silicon photodiode (shape after S. M. Sze, Physics of
Semiconductor Devices, ch. 13; the figures are assumed). A meter divides the photocurrent by the
responsivity at the wavelength that it was set to, so a wrong setting gives a wrong power.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim_backends.models.reference.steady_beam import BeamPort

_CURVE = (
    (350, 0.13), (400, 0.19), (450, 0.25), (500, 0.29), (550, 0.33), (600, 0.37), (650, 0.41),
    (700, 0.45), (750, 0.48), (800, 0.52), (850, 0.55), (900, 0.58), (950, 0.59), (1000, 0.55),
    (1050, 0.35), (1100, 0.12),
)  # fmt: skip
_NANOMETRES = np.array([point[0] for point in _CURVE], dtype=float)
_RESPONSIVITY = np.array([point[1] for point in _CURVE])


def responsivity(nanometres: float) -> float:
    """Typical responsivity in A/W at a wavelength in nm."""
    return float(np.interp(nanometres, _NANOMETRES, _RESPONSIVITY))


@dataclass(frozen=True)
class DiodeLimits:
    """Limits of error of a head: fractions `inner` inside `band` (nm), `outer` beyond; sees
    `shortest` to `longest` in nm; `dark` is the largest dark current in A."""

    inner: float
    outer: float
    band: tuple[float, float]
    shortest: float
    longest: float
    dark: float


class Photodiode:
    """One head in the beam at `port`, its true responsivity drawn within `limits`."""

    def __init__(self, port: BeamPort, limits: DiodeLimits, rng: np.random.Generator) -> None:
        self._port = port
        self._limits = limits
        self._error = float(rng.uniform(-1.0, 1.0))
        self._dark = float(rng.uniform(0.0, limits.dark))

    def current(self, t: float) -> float:
        """Photocurrent in A at `t`."""
        limits, nanometres = self._limits, self._port.wavelength(t) * 1e9
        if not limits.shortest <= nanometres <= limits.longest:
            return self._dark
        low, high = limits.band
        error = limits.inner if low <= nanometres <= high else limits.outer
        true = responsivity(nanometres) * (1.0 + error * self._error)
        return self._port.power(t) * true + self._dark

    def power(self, nanometres: float, t: float) -> float:
        """Power in W that a meter set to a wavelength in `nanometres` makes of the light."""
        return self.current(t) / responsivity(nanometres)
