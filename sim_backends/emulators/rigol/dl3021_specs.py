"""Model DL3021 data: ranges, limits and limits of error.

Ranges: programming guide (April 2019), 2-22 and 2-30 to 2-33, and user's guide, 2-20 and 2-40.
Limits of error of current: data sheet DSJ01109, pages 3 and 4 (0.05 % + 0.05 % of full scale to
set and to read, read in one range of 40 A), of voltage 0.05 % + 0.02 % of full scale. Remembered,
not read from the sheet: resistance (0.5 %), power (1 % + 0.1 % of full scale), the slew rates and
the thresholds of the current and power protections; noise is assumed to be a tenth of the offset.
"""

from __future__ import annotations

from sim_backends.emulators.accuracy import Spec
from sim_backends.emulators.scpi.values import Numeric

LOW, HIGH = 0, 1
CURRENTS, VOLTAGES = (4.0, 40.0), (15.0, 150.0)
RESISTANCES = ((0.08, 15.0), (2.0, 15e3))
"""Settable values of the low and the high range, in ohm."""

POWER = 200.0
"""Rated power in W."""

OVERPOWER = 220.0
"""Power in W at which the input is switched off; no command sets it."""

MOST_VOLTS, MOST_AMPS = 155.0, 45.0
"""Highest thresholds of overvoltage in V and overcurrent in A, as delivered."""

SHORTED = 1.3 / 40.0
"""Ohms of the input at its lowest: 1.3 V at 40 A."""

INTEGRATION = 0.2
"""Seconds that a reading integrates over (`MEASure:TIME?`, programming guide 2-16)."""

SLEW = Numeric(0.001, 2.5, 0.001)
"""Rate of change in A/us."""

MODES = ("CURRent", "VOLTage", "RESistance", "POWer")
PRINTED = {"CURRent": "CC", "VOLTage": "CV", "RESistance": "CR", "POWer": "CP"}

SETTING = {
    "CURRent": tuple(Spec(full, 5e-4, 5e-4 * full) for full in CURRENTS),
    "VOLTage": tuple(Spec(full, 5e-4, 2e-4 * full) for full in VOLTAGES),
    "RESistance": tuple(Spec(high, 5e-3, 0.0) for _, high in RESISTANCES),
    "POWer": (Spec(POWER, 1e-2, 1e-3 * POWER),),
}
READ_CURRENT = (Spec(40.0, 5e-4, 5e-4 * 40.0, 2e-3),)
READ_VOLTAGE = (Spec(150.0, 5e-4, 2e-4 * 150.0, 3e-3),)


def limits(mode: str, index: int) -> Numeric:
    """What the level of a mode may be in its range `index`; the default is the guide's."""
    if mode == "CURRent":
        return Numeric(0.0, CURRENTS[index], 0.0)
    if mode == "VOLTage":
        return Numeric(0.0, VOLTAGES[index], VOLTAGES[index])
    if mode == "RESistance":
        low, high = RESISTANCES[index]
        return Numeric(low, high, high)
    return Numeric(0.0, POWER, 0.0)


def index_of(mode: str, value: float) -> int:
    """The range of `mode` that `value` asks for: the low one where it takes the value."""
    tops = {"CURRent": CURRENTS, "VOLTage": VOLTAGES}.get(mode, (RESISTANCES[LOW][1],))
    return LOW if value <= tops[LOW] else HIGH


def full_scale(mode: str, index: int) -> float:
    """The top of a range of `mode`, in its unit."""
    return limits(mode, index).high
