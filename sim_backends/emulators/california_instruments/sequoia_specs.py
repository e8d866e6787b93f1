"""Data of the Sequoia grid simulators: ratings, limits of the settings, accuracy, timing.

Frequency up to 905 Hz: user manual page 299; ranges of 166 V and 333 V: programming manual page
160; dwell times of 0.001 s to 90000 s and 100 points: pages 92 and 93; trigger output of 550 us:
user manual page 49; acquisition of 4096 samples of 31.2 us with three phases: page 175; hold of
0.1 s before the relay opens: page 109. Remembered from the data sheet: accuracies, currents, slew
rate. Assumed: delay of a transient after its trigger, noise of a reading.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.emulators.accuracy import Spec
from sim_backends.emulators.scpi.values import Numeric

RANGES = (166.0, 333.0)
"""Voltage ranges in V rms to neutral."""

PHASES = 3
ANGLES = (0.0, 240.0, 120.0)
"""Phases B and C against A in degrees."""

FREQUENCY = Numeric(16.0, 905.0, 60.0, "HZ")
ANGLE = Numeric(-360.0, 360.0, 0.0)
DWELL = Numeric(1e-3, 9e4, 1.0, "S")
DELAY = Numeric(0.1, 5.0, 0.1, "S")
COUNT = Numeric(1, 2e8, 1)
POINTS = 100

SLEW = 0.2e6
"""Voltage slew in V/s; a step takes `RISE` seconds at least (bandwidth of the amplifier)."""
RISE = 0.2e-3
LATE = 0.1e-3
"""Seconds by which a transient may come after its trigger output, drawn for each."""
PULSE = 550e-6
HOLD = 0.1
WINDOW = 4096 * 31.2e-6
"""Seconds of an acquisition."""
LOOKS = 4
"""How often the flow is taken in an acquisition; its mean is the reading."""

VOLTAGE_SPECS = tuple(Spec(top, 0.0, 1e-3 * top) for top in RANGES)
"""How truly a set voltage comes out: 0.1 % of the range."""
FREQUENCY_SPEC = Spec(905.0, 1e-4, 0.0)
"""How truly frequency and times come out."""
ANGLE_SPEC = Spec(360.0, 0.0, 0.1)
"""How truly a step of the phase comes out, in degrees (1 degree is the limit between phases)."""

CHECKS = (1e-3, 20e-3, 60e-3, 0.2, 1.0, 5.0, 30.0)
"""Seconds after a change at which the protections look, beside each message."""
FED_BACK = 0.01
"""Share of the rated power that may flow back where regeneration is off: the losses take it."""


@dataclass(frozen=True, slots=True)
class Rating:
    """One model: rated apparent power `va` of all phases, `amps` a phase in the 333 V range."""

    model: str
    va: float
    amps: float

    def current(self, top: float) -> Numeric:
        """What the current limit in A may be set to in the range `top` in V."""
        most = self.amps * RANGES[1] / RANGES[0] if top == RANGES[0] else self.amps
        return Numeric(0.0, round(most), round(most), "A")

    def meters(self) -> tuple[Spec, Spec, Spec, Spec]:
        """How truly voltage, current, power and frequency are measured."""
        volts, watts = RANGES[1], RANGES[1] * self.amps
        return (
            Spec(volts, 0.0, 1e-3 * volts, 5e-3),
            Spec(self.amps, 0.0, 2e-3 * self.amps, 1e-5 * self.amps),
            Spec(watts, 0.0, 3e-3 * watts, 1e-5 * watts),
            Spec(905.0, 1e-4, 0.01, 1e-3),
        )


SERIES = (Rating("SQ0090", 90e3, 125.0), Rating("SQ0540", 540e3, 750.0))
"""The models of the series that are simulated, by size."""


def model_for(va: float) -> Rating:
    """The smallest model of the series that gives `va`; the largest where none does."""
    return next((rating for rating in SERIES if rating.va >= va), SERIES[-1])
