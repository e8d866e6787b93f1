"""A load of constant power behind a grid's impedance: voltage and current at the coupling point.

With the source's voltage E, series impedance R + jX and the power P + jQ that flows in, the voltage
U solves U^4 + (2 (R P + X Q) - E^2) U^2 + (R^2 + X^2)(P^2 + Q^2) = 0; the larger root is the
working point (Kundur, Power System Stability and Control, 1994, section 14.1.1). Vectorised.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Impedance:
    """Series `resistance` and `reactance` in ohm between source and coupling point."""

    resistance: float
    reactance: float


def voltage(source: Any, power: Any, reactive: Any, line: Impedance) -> Any:
    """Rms voltage in V at the coupling point; `source` in V, `power` in W and `reactive` in var
    flow in. Where the line cannot carry that, the voltage of the most that it can."""
    r, x = line.resistance, line.reactance
    half = 0.5 * np.square(source) - (r * power + x * reactive)
    rest = (r * r + x * x) * (np.square(power) + np.square(reactive))
    square = np.maximum(half, 0.0) + np.sqrt(np.maximum(np.square(half) - rest, 0.0))
    return np.sqrt(np.maximum(square, 0.0))


def lag(source: Any, volts: Any, power: Any, reactive: Any, line: Impedance) -> Any:
    """Angle in rad by which the coupling point's voltage `volts` lags the source's."""
    r, x = line.resistance, line.reactance
    safe = np.maximum(source * volts, 1e-9)
    return np.arcsin(np.clip((x * power - r * reactive) / safe, -1.0, 1.0))
