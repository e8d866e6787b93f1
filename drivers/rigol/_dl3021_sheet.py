"""Rigol DL3021: its ranges, its accuracy, and what its status word says of protections."""

from __future__ import annotations

from labctl.evidence import Accuracy

MAX_VOLTAGE, MAX_CURRENT, MAX_POWER = 150.0, 40.0, 200.0
"""Ratings in V, A and W (DL3000 data sheet, table of models)."""

TRIP_POWER = 1.1 * MAX_POWER
"""Most power in W that the load's own protection, which cannot be set, lets through: remembered."""

MIN_RESISTANCE, MAX_RESISTANCE = 0.08, 15e3
"""Constant resistance in ohm, both ranges (DL3000 user guide, 2-40)."""

MIN_FREQUENCY, MAX_FREQUENCY = 0.001, 15e3
"""Transients in Hz (DL3000 data sheet p. 3; the highest of a DL3021 is remembered)."""

MIN_DUTY, MAX_DUTY = 0.05, 0.95
"""Duty cycle of transients, in steps of 0.01 (DL3000 data sheet p. 3)."""

SHEET = (
    "Rigol DL3000 data sheet DSJ01109, p. 4, read-back, as another party quotes it for the "
    "DL3031A; the same fractions of the DL3021's full scale are remembered, not re-read"
)

VOLTAGE = Accuracy("voltage", MAX_VOLTAGE, "V", 5e-4, 2e-4 * MAX_VOLTAGE, SHEET)
CURRENT = Accuracy("current", MAX_CURRENT, "A", 5e-4, 5e-4 * MAX_CURRENT, SHEET)

UNREGULATED = 1024
"""Bit of the questionable status: the load cannot draw what it is asked for."""

TRIPS = {
    1: "voltage fault",
    2: "overcurrent",
    8: "overpower",
    512: "remote reverse voltage",
    2048: "local reverse voltage",
    4096: "overvoltage",
    8192: "protection shutdown",
}
"""Bits of the questionable status that switch the input off (programming guide, table 1-1)."""


def trips(status: int) -> str:
    """The protections that `status` names, joined by commas; empty where there is none."""
    return ", ".join(name for bit, name in TRIPS.items() if status & bit)
