"""Data of the GENESYS+ supplies: ratings, limits of the settings, accuracy, response, protections.

From the series' tables: settings reach 105 % of the rating; over-voltage protection 5 % to 120 % of
the rated voltage; under-voltage limit up to 95 %; the delay of the fold-back and under-voltage
protections 0.1 s to 25.5 s. Remembered from the data sheet of the 10 V models: programming 0.05 %
of the rated voltage and 0.2 % of the rated current, read-back 0.1 % and 0.2 % of the ratings,
resolution 0.002 %, response 25 ms up at full load. The noise of a reading is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.emulators.accuracy import Spec
from sim_backends.emulators.scpi.values import Numeric

SETTLING = 8e-3
"""Time constant in s of output voltage and current: 25 ms within 5 % of the step."""

DELAY = Numeric(0.1, 25.5, 0.25, "S")
"""Seconds for which a fold-back or an under-voltage may stand before the output is turned off."""

CHECKS = (1e-3, 20e-3, 60e-3, 200e-3)
"""Seconds after a change at which the protections look, and after the delay once more."""


@dataclass(frozen=True, slots=True)
class Rating:
    """One model: its name, rated voltage in V and current in A."""

    model: str
    volts: float
    amps: float

    @property
    def voltage(self) -> Numeric:
        """What the voltage in V may be set to."""
        return Numeric(0.0, 1.05 * self.volts, 0.0, "V")

    @property
    def current(self) -> Numeric:
        """What the current in A may be set to."""
        return Numeric(0.0, 1.05 * self.amps, 0.0, "A")

    @property
    def over_voltage(self) -> Numeric:
        """What the over-voltage protection in V may be set to."""
        return Numeric(0.05 * self.volts, 1.2 * self.volts, 1.2 * self.volts, "V")

    @property
    def under_voltage(self) -> Numeric:
        """What the under-voltage limit in V may be set to."""
        return Numeric(0.0, 0.95 * self.volts, 0.0, "V")

    def programming(self) -> tuple[Spec, Spec]:
        """How truly voltage and current come out."""
        return (
            Spec(self.volts, 0.0, 5e-4 * self.volts),
            Spec(self.amps, 0.0, 2e-3 * self.amps),
        )

    def readback(self) -> tuple[Spec, Spec]:
        """How truly voltage and current are read back."""
        return (
            Spec(self.volts, 0.0, 1e-3 * self.volts, 5e-5 * self.volts),
            Spec(self.amps, 0.0, 2e-3 * self.amps, 1e-4 * self.amps),
        )

    def shown(self, value: float, rated: float) -> str:
        """A reading as five digits, as many places as the rating leaves."""
        places = max(0, 4 - (len(str(int(rated))) - 1))
        return f"{value:.{places}f}"


GSP10_1500 = Rating("GSP10-1500", 10.0, 1500.0)
"""The 15 kW model of the GSP series with 10 V."""
