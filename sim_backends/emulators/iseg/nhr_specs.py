"""Data of an iseg NHR 42 60 module in the mode of 4 kV: rating, ramps, accuracies.

The series has 2 kV and 6 mA, 4 kV and 3 mA or 6 kV and 2 mA by mode (remembered of its data sheet,
not re-read). Remembered likewise, for one year: voltage +-(0.01 % of it + 0.02 % of the nominal),
current +-(0.01 % of it + 0.02 % of the nominal), set points and readings alike. Assumed: noise of a
reading, and the time constant with which an output that is not driven discharges through its own
divider.
"""

from __future__ import annotations

from sim_backends.emulators.accuracy import Spec

VOLTS, AMPS = 4000.0, 3e-3
"""Nominal voltage in V and current in A of the mode."""

SLOWEST, FASTEST, DELIVERED = 0.004, 800.0, 200.0
"""Ramp in V/s: the slowest and fastest that are taken, and that after delivery."""

DISCHARGE = 0.4
"""Time constant in s of an output that is shut down without ramp."""

HIGH = 60.0
"""V above which the module says that high voltage is on (SCPI protocol, module status bit 3)."""

LONGEST_TRIP = 4095
"""Longest trip time in ms."""

SET = Spec(VOLTS, 1e-4, 2e-4 * VOLTS)
LIMIT = Spec(AMPS, 1e-4, 2e-4 * AMPS)
VOLTMETER = Spec(VOLTS, 1e-4, 2e-4 * VOLTS, 5e-6 * VOLTS)
AMMETER = Spec(AMPS, 1e-4, 2e-4 * AMPS, 5e-6 * AMPS)
