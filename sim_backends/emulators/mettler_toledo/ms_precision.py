"""A Mettler-Toledo precision balance (MS4002S, 4.2 kg, 10 mg) with the MT-SICS command set.

As `mt_sics`, with another weighing cell. Limits of an MS4002S (data sheet of the MS-S precision
balances, remembered): repeatability 10 mg, linearity 20 mg, drift of sensitivity 3e-6/K,
stabilisation in 1.5 s. Weights are told in steps of 10 mg.
"""

from __future__ import annotations

from math import log

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.mettler_toledo.cell import TAU, WINDOW, WeighingCell
from sim_backends.emulators.mettler_toledo.line import quoted
from sim_backends.emulators.mettler_toledo.mt_sics import MtSics
from sim_backends.models.weighing_pan import PanPort

MODEL = "MS4002S"
CAPACITY, DIGIT = 4200.0, 1e-2
"""Largest load and readability in g."""

OVERLOAD = CAPACITY + 9 * DIGIT
"""g, from which on the display shows overload; `I2` tells it as the capacity."""

NEAR_ZERO = 0.02 * CAPACITY
"""g about the zero of switching on within which zero may be set, and below which is underload
(remembered)."""

ACCURACY = Spec(range=CAPACITY, gain=3e-6, offset=2e-2, noise=8e-3)
DRIFT = 6e-6
"""Limit of what the sensitivity has drifted since it was last adjusted: 2 K of 3e-6/K."""


class PrecisionCell(WeighingCell):
    """The cell below `port`; all weights are in g."""

    def __init__(self, port: PanPort, rng: np.random.Generator) -> None:
        super().__init__(port, rng)
        self._channel = Channel([ACCURACY], rng)
        self._drift = float(rng.uniform(-DRIFT, DRIFT))
        self._first = self.zero = self._channel.convert(0.0, 0, 0.0)

    def net(self, t: float) -> float:
        """Weight above zero point and tare, in steps of the display."""
        return round(super().net(t) / DIGIT) * DIGIT

    def beyond(self, t: float) -> str:
        """`+` in overload, `-` in underload, else empty."""
        gross = self.gross(t)
        if gross > OVERLOAD:
            return "+"
        return "-" if gross < -NEAR_ZERO else ""

    def stable_at(self, t: float) -> float | None:
        """When the value is stable as things stand at `t`; None while the load flows."""
        loading = self._port.loading(t)
        if abs(loading.rate) * 1e3 * WINDOW > DIGIT:
            return None
        step = abs(loading.mass - loading.before) * 1e3
        lag = TAU * log(step / DIGIT) if step > DIGIT else 0.0
        return loading.since + lag + WINDOW

    def set_zero(self, t: float) -> str:
        """The present load counts as 0 and the tare is gone; `+` or `-` outside the zero range."""
        weight = self._weight(t)
        if abs(weight - self._first) > NEAR_ZERO:
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


class MsPrecision(MtSics):
    """One balance whose pan is `port`, switched on for a long time with an empty pan."""

    def __init__(self, port: PanPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(port, serial=serial, rng=rng)
        self._cell = PrecisionCell(port, rng)
        self._commands["I2"] = lambda _: [f'I2 A "{MODEL} Precision {OVERLOAD:.2f} g"']
        self._commands["I11"] = lambda _: [f"I11 A {quoted(MODEL)}"]


EMULATOR = MsPrecision
