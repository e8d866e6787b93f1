"""The sensor head S120C: what it makes of light, and what the console believes of it.

Data sheet of the S120C: silicon, 400 nm to 1100 nm, 50 nW to 50 mW, +-3 % from 440 nm to 980 nm and
+-5 % outside. Its responsivity curve is kept in the head; the figures here follow the shape of the
typical curve and are assumed, as is the dark current.
"""

from __future__ import annotations

import numpy as np

from sim_backends.models.reference.steady_beam import BeamPort

SHORTEST, LONGEST = 400.0, 1100.0
"""Wavelengths in nm."""

_CURVE = (
    (400, 0.0135), (450, 0.0300), (500, 0.0430), (550, 0.0530), (600, 0.0620), (635, 0.0670),
    (700, 0.0765), (780, 0.0865), (850, 0.0945), (900, 0.0985), (940, 0.0995), (980, 0.0975),
    (1000, 0.0940), (1050, 0.0690), (1100, 0.0360),
)  # fmt: skip
_NANOMETRES = np.array([point[0] for point in _CURVE], dtype=float)
_RESPONSIVITY = np.array([point[1] for point in _CURVE])
_INNER, _OUTER = 0.03, 0.05
_DARK = 200e-12


def responsivity(nanometres: float) -> float:
    """Responsivity in A/W that the head's calibration states at a wavelength in nm."""
    return float(np.interp(nanometres, _NANOMETRES, _RESPONSIVITY))


class Head:
    """One S120C in the beam at `port`, with its own true responsivity and dark current."""

    name, calibrated, kind, subtype, flags = "S120C", "01-Jan-2026", 1, 18, 289
    diameter = 9.5
    """Aperture in mm."""

    def __init__(self, port: BeamPort, rng: np.random.Generator) -> None:
        self._port = port
        self._error = float(rng.uniform(-1.0, 1.0))
        self._dark = float(rng.uniform(0.0, _DARK))
        self._warmth = 25.0 + float(rng.uniform(-0.5, 0.5))

    def current(self, t: float) -> float:
        """Photocurrent in A at run time `t`; nothing is seen outside 400 nm to 1100 nm."""
        nanometres = self._port.wavelength(t) * 1e9
        if not SHORTEST <= nanometres <= LONGEST:
            return self._dark
        limit = _INNER if 440.0 <= nanometres <= 980.0 else _OUTER
        true = responsivity(nanometres) * (1.0 + limit * self._error)
        return self._port.power(t) * true + self._dark

    def temperature(self, _t: float) -> float:
        """Temperature of the head in degC."""
        return self._warmth
