"""Meters of a SITE1 site controller (docs/protocols/site1.md, Meters)."""

from __future__ import annotations

from labctl.evidence import Accuracy

SHEET = "docs/protocols/site1.md, Meters"
POWER_OF_READING, POWER_OF_RATED = 0.5e-2, 0.1e-2
"""Limits of error of power: fractions of the reading and of the rated apparent power."""

USUAL = 15e3
"""Rated apparent power in V*A for which the class states its lines; a reading has its site's."""

VOLTAGE = Accuracy("voltage", 500.0, "V", 0.5e-2, 0.0, SHEET)
FREQUENCY = Accuracy("frequency", 65.0, "Hz", 0.0, 0.010, SHEET)
CHARGE = Accuracy("state_of_charge", 100.0, "%", 0.0, 5.0, SHEET)


def power_line(function: str, unit: str, rated: float) -> Accuracy:
    """Active or reactive power of a site of `rated` V*A."""
    return Accuracy(function, rated, unit, POWER_OF_READING, POWER_OF_RATED * rated, SHEET)


ACCURACIES = (
    power_line("active_power", "W", USUAL),
    power_line("reactive_power", "var", USUAL),
    VOLTAGE,
    FREQUENCY,
    CHARGE,
)
