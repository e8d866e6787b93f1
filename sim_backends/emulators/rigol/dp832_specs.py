"""Model DP832 data: the three outputs, accuracy, protections.

DP800 programming guide, table of :APPLy (ranges and defaults: CH1 and CH2 0 V to 32 V and 0 A to
3.2 A, CH3 0 V to 5.3 V and 0 A to 3.2 A; 0 V and 3 A). Remembered from the data sheet: programming
0.05 % + 20 mV (CH3 0.1 % + 5 mV) and 0.2 % + 5 mA, readback 0.05 % + 10 mV (CH3 0.1 % + 5 mV) and
0.15 % + 5 mA, resolution 10 mV and 1 mA; protections up to 33 V, 5.5 V and 3.3 A. Noise, and the
time constant of the output, are assumed.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.emulators.accuracy import Spec
from sim_backends.emulators.keithley.k2450_output import StageData
from sim_backends.emulators.scpi.values import Numeric

RESOLUTION = {"VOLTage": 1e-2, "CURRent": 1e-3}
"""Steps of setting and of reading in V and A."""

SETTLING = 10e-3
"""Time constant in s of the output voltage."""

CHECKS = (0.0, 1e-3, 20e-3, 100e-3)
"""Seconds after a change at which the protections look."""


@dataclass(frozen=True, slots=True)
class OutputData:
    """One output: what may be set, and how well."""

    rating: str
    levels: dict[str, Numeric]
    protections: dict[str, Numeric]
    stage: StageData
    readback: dict[str, tuple[Spec, ...]]


def _output(rating: str, volts: float, top: float, gain: float, offset: float) -> OutputData:
    full = 3.2
    return OutputData(
        rating,
        {"VOLTage": Numeric(0, volts, 0, "V"), "CURRent": Numeric(0, full, 3, "A")},
        {"VOLTage": Numeric(0.01, top, top, "V"), "CURRent": Numeric(0.001, 3.3, 3.3, "A")},
        StageData(
            (Spec(volts, gain, offset, 1e-4),), (Spec(full, 2e-3, 5e-3, 1e-4),), 0.0, SETTLING
        ),
        {
            "VOLTage": (Spec(volts, gain, min(offset, 10e-3), 2e-4),),
            "CURRent": (Spec(full, 1.5e-3, 5e-3, 1e-4),),
        },
    )


OUTPUTS = (
    _output("30V/3A", 32.0, 33.0, 5e-4, 20e-3),
    _output("30V/3A", 32.0, 33.0, 5e-4, 20e-3),
    _output("5V/3A", 5.3, 5.5, 1e-3, 5e-3),
)
