"""The weighing cell of an analytical balance of 220 g with 0.1 mg: settling, stability, zero, tare.

Limits of an XS204 (data sheet, remembered): repeatability 0.07 mg, linearity 0.2 mg, drift of
sensitivity 1.5e-6/K, stabilisation in 2.5 s at the most. The cell follows its load with a lag; the
balance calls the value stable once it is within one digit for a time.
"""

from __future__ import annotations

from math import exp, log

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.models.weighing_pan import Loading, PanPort

CAPACITY, DIGIT = 220.0, 1e-4
"""Largest load and readability in g."""

OVERLOAD = CAPACITY + 90 * DIGIT
"""g, from which on the display shows overload; `I2` tells it as the capacity."""

UNDERLOAD = -0.02 * CAPACITY
"""g below the zero point, from which on the display shows underload (remembered)."""

ZERO_RANGE = 0.02 * CAPACITY
"""g about the zero of switching on within which zero may be set (remembered)."""

ACCURACY = Spec(range=CAPACITY, gain=1e-6, offset=2e-4, noise=7e-5)
DRIFT = 3e-6
"""Limit of what the sensitivity has drifted since it was last adjusted: 2 K of 1.5e-6/K."""

TAU, WINDOW = 0.25, 1.5
"""Time constant in s of the cell, and for how long a value must stand to be stable."""


class WeighingCell:
    """The cell below `port`; all weights are in g."""

    def __init__(self, port: PanPort, rng: np.random.Generator) -> None:
        self._port = port
        self._channel = Channel([ACCURACY], rng)
        self._drift = float(rng.uniform(-DRIFT, DRIFT))
        # Switched on with an empty pan: the cell's own offset is zeroed then.
        self._first = self.zero = self._channel.convert(0.0, 0, 0.0)
        self.tare = 0.0

    def gross(self, t: float) -> float:
        """Weight above the zero point, with noise, not rounded."""
        return self._weight(t) - self.zero

    def net(self, t: float) -> float:
        """Weight above zero point and tare."""
        return self.gross(t) - self.tare

    def beyond(self, t: float) -> str:
        """`+` in overload, `-` in underload, else empty."""
        gross = self.gross(t)
        if gross > OVERLOAD:
            return "+"
        return "-" if gross < UNDERLOAD else ""

    def stable_at(self, t: float) -> float | None:
        """When the value is stable as things stand at `t`; None while the load flows."""
        loading = self._port.loading(t)
        if abs(loading.rate) * 1e3 * WINDOW > DIGIT:
            return None
        step = abs(loading.mass - loading.before) * 1e3
        lag = TAU * log(step / DIGIT) if step > DIGIT else 0.0
        return loading.since + lag + WINDOW

    def is_stable(self, t: float) -> bool:
        """Whether the value stands."""
        at = self.stable_at(t)
        return at is not None and at <= t

    def set_zero(self, t: float) -> str:
        """The present load counts as 0 and the tare is gone; `+` or `-` outside the zero range."""
        weight = self._weight(t)
        if abs(weight - self._first) > ZERO_RANGE:
            return "+" if weight > self._first else "-"
        self.zero, self.tare = weight, 0.0
        return ""

    def set_tare(self, t: float) -> str:
        """The present load counts as tare; `+` or `-` outside the range of the tare."""
        gross = self.gross(t)
        if gross > OVERLOAD:
            return "+"
        if gross < -DIGIT:
            return "-"
        self.tare = round(gross / DIGIT) * DIGIT
        return ""

    def adjust(self) -> None:
        """The sensitivity is adjusted with the internal weight."""
        self._drift = 0.0

    def switch_on(self, t: float) -> None:
        """Whatever lies on the pan is the new zero; no tare."""
        self._first = self.zero = self._weight(t)
        self.tare = 0.0

    def _weight(self, t: float) -> float:
        true = _lagging(self._port.loading(t), t) * 1e3
        return self._channel.convert(true, 0) + true * self._drift


def _lagging(loading: Loading, t: float) -> float:
    """kg as the cell shows it: first order after a step, a lag of `TAU` behind a steady flow."""
    left = (loading.before - loading.mass) * exp(-(t - loading.since) / TAU)
    return loading.mass + left - loading.rate * TAU
