"""Correction of a current-voltage curve to other irradiance and temperature (IEC 60891:2021)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

STC_IRRADIANCE = 1000.0
"""Irradiance of standard test conditions in W/m2 (IEC TS 61836)."""

STC_TEMPERATURE = 25.0
"""Device temperature of standard test conditions in degC (IEC TS 61836)."""


class Coefficients(NamedTuple):
    """Parameters of procedure 1, each of shape (draws, 1) or a number.

    `alpha` in A/K of the short-circuit current and `beta` in V/K of the open-circuit voltage,
    `series_resistance` in ohm, `kappa` (curve correction factor) in ohm/K.
    """

    alpha: Array | float
    beta: Array | float
    series_resistance: Array | float = 0.0
    kappa: Array | float = 0.0


class State(NamedTuple):
    """Irradiance in W/m2 and device temperature in degC, shape (draws, 1) or a number."""

    irradiance: Array | float
    temperature: Array | float


STC = State(STC_IRRADIANCE, STC_TEMPERATURE)


def procedure_1(
    voltage: Array,
    current: Array,
    short_circuit: Array | float,
    *,
    measured: State,
    target: State = STC,
    coefficients: Coefficients,
) -> tuple[Array, Array]:
    """Voltage in V and current in A of the curve as it would be at `target`.

    I2 = I1 + Isc (G2 / G1 - 1) + alpha (T2 - T1)
    V2 = V1 - Rs (I2 - I1) - kappa I2 (T2 - T1) + beta (T2 - T1)

    Shapes (draws, n); `short_circuit` is Isc at the measured state in A. Source: IEC 60891:2021,
    procedure 1 (same as 2009); meant for irradiances within 20 % of each other.
    """
    warmer = np.asarray(target.temperature) - np.asarray(measured.temperature)
    brighter = np.asarray(target.irradiance) / np.asarray(measured.irradiance) - 1.0
    corrected = current + short_circuit * brighter + coefficients.alpha * warmer
    moved = (
        voltage
        - coefficients.series_resistance * (corrected - current)
        - coefficients.kappa * corrected * warmer
        + coefficients.beta * warmer
    )
    return moved, corrected
