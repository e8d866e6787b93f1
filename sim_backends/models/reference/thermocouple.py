"""Thermocouples and platinum resistors as reference devices.

Electromotive forces by the reference functions of ITS-90 (NIST Monograph 175, IEC 60584-1:2013);
resistance by Callendar and Van Dusen (IEC 60751:2022).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_POSITIVE: dict[str, Sequence[float]] = {
    "K": (-1.7600413686e-2, 3.8921204975e-2, 1.8558770032e-5, -9.9457592874e-8, 3.1840945719e-10,
          -5.6072844889e-13, 5.6075059059e-16, -3.2020720003e-19, 9.7151147152e-23,
          -1.2104721275e-26),
    "T": (0.0, 3.8748106364e-2, 3.3292227880e-5, 2.0618243404e-7, -2.1882256846e-9,
          1.0996880928e-11, -3.0815758772e-14, 4.5479135290e-17, -2.7512901673e-20),
    "J": (0.0, 5.0381187815e-2, 3.0475836930e-5, -8.5681065720e-8, 1.3228195295e-10,
          -1.7052958337e-13, 2.0948090697e-16, -1.2538395336e-19, 1.5631725697e-23),
    "S": (0.0, 5.40313308631e-3, 1.25934289740e-5, -2.32477968689e-8, 3.22028823036e-11,
          -3.31465196389e-14, 2.55744251786e-17, -1.25068871393e-20, 2.71443176145e-24),
    "N": (0.0, 2.5929394601e-2, 1.5710141880e-5, 4.3825627237e-8, -2.5261169794e-10,
          6.4311819339e-13, -1.0063471519e-15, 9.9745338992e-19, -6.0863245607e-22,
          2.0849229339e-25, -3.0682196151e-29),
    "E": (0.0, 5.8665508710e-2, 4.5032275582e-5, 2.8908407212e-8, -3.3056896652e-10,
          6.5024403270e-13, -1.9197495504e-16, -1.2536600497e-18, 2.1489217569e-21,
          -1.4388041782e-24, 3.5960899481e-28),
}  # fmt: skip
_NEGATIVE: dict[str, Sequence[float]] = {
    "K": (0.0, 3.9450128025e-2, 2.3622373598e-5, -3.2858906784e-7, -4.9904828777e-9,
          -6.7509059173e-11, -5.7410327428e-13, -3.1088872894e-15, -1.0451609365e-17,
          -1.9889266878e-20, -1.6322697486e-23),
    "T": (0.0, 3.8748106364e-2, 4.4194434347e-5, 1.1844323105e-7, 2.0032973554e-8,
          9.0138019559e-10, 2.2651156593e-11, 3.6071154205e-13, 3.8493939883e-15,
          2.8213521925e-17, 1.4251594779e-19, 4.8768662286e-22, 1.0795539270e-24,
          1.3945027062e-27, 7.9795153927e-31),
}  # fmt: skip
SPANS = {
    "K": (-200.0, 1372.0), "T": (-200.0, 400.0), "J": (-200.0, 760.0), "S": (0.0, 1064.0),
    "N": (0.0, 1300.0), "E": (0.0, 1000.0),
}  # fmt: skip
"""Temperatures in degC for which each type is modelled."""


def electromotive(kind: str, celsius: float) -> float:
    """Voltage in V of a thermocouple `kind` at `celsius`, its reference junction at 0 degC."""
    below = celsius < 0.0 and kind in _NEGATIVE
    coefficients = (_NEGATIVE if below else _POSITIVE)[kind]
    value = 0.0
    for coefficient in reversed(coefficients):
        value = value * celsius + coefficient
    if kind == "K" and not below:
        value += 0.1185976 * math.exp(-1.183432e-4 * (celsius - 126.9686) ** 2)
    return value * 1e-3


def temperature(kind: str, volts: float) -> float:
    """Temperature in degC at which `kind` gives `volts` in V; nan outside its span."""
    low, high = SPANS[kind]
    if not electromotive(kind, low) <= volts <= electromotive(kind, high):
        return math.nan
    for _ in range(60):
        middle = (low + high) / 2.0
        if electromotive(kind, middle) < volts:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


_A, _B, _C = 3.9083e-3, -5.775e-7, -4.183e-12


def platinum(celsius: float, nominal: float = 100.0) -> float:
    """Resistance in Ohm of a platinum resistor of `nominal` Ohm at 0 degC."""
    cold = _C * (celsius - 100.0) * celsius**3 if celsius < 0.0 else 0.0
    return nominal * (1.0 + _A * celsius + _B * celsius**2 + cold)


def platinum_temperature(ohms: float, nominal: float = 100.0) -> float:
    """Temperature in degC of a platinum resistor of `ohms` Ohm; nan outside -200 to 850 degC."""
    low, high = -200.0, 850.0
    if not platinum(low, nominal) <= ohms <= platinum(high, nominal):
        return math.nan
    for _ in range(60):
        middle = (low + high) / 2.0
        if platinum(middle, nominal) < ohms:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


@dataclass
class ReferenceThermocouple:
    """A thermocouple `kind` at `celsius` whose wires end at terminals of `terminal` degC.

    Fits `ElectricalPort`; `broken` is an open circuit.
    """

    kind: str
    celsius: float
    terminal: float = 24.0
    broken: bool = False
    ohms: float = 5.0

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V at the terminals with `current` in A."""
        if self.broken:
            return math.copysign(1e9, current) if current else 0.0
        emf = electromotive(self.kind, self.celsius) - electromotive(self.kind, self.terminal)
        return emf + current * self.ohms

    def current(self, voltage: float, t: float) -> float:
        """Current in A at `voltage` in V."""
        return 0.0 if self.broken else (voltage - self.voltage(0.0, t)) / self.ohms

    def disconnect(self, t: float) -> None:
        """Nothing to disconnect."""


@dataclass
class ReferencePlatinum:
    """A platinum resistor of `nominal` Ohm at `celsius`; fits `ElectricalPort`."""

    celsius: float
    nominal: float = 100.0

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V at `current` in A."""
        return current * platinum(self.celsius, self.nominal)

    def current(self, voltage: float, t: float) -> float:
        """Current in A at `voltage` in V."""
        return voltage / platinum(self.celsius, self.nominal)

    def disconnect(self, t: float) -> None:
        """Nothing to disconnect."""
