"""Data of an EL-FLOW Select for 500 mln/min of nitrogen.

Accuracy 0.5 % of reading + 0.1 % of full scale and a settling time of 1 to 2 s: data sheet of the
EL-FLOW Select, from memory. Conversion factors against nitrogen: Bronkhorst's gas conversion table,
from memory, rounded; noise is assumed.
"""

from __future__ import annotations

from sim_backends.emulators.accuracy import Spec

FULL = 32000
"""Measure and setpoint at 100 %."""

MOST = 41942
"""The highest measure, 131.07 % (EL-FLOW Prestige manual 9.17.084, 3.9.2)."""

CAPACITY = 500.0
"""mln/min of nitrogen at 100 %."""

MLN_PER_MIN = 1e-6 / 60.0
"""m3/s, both at 0 degC and 101325 Pa."""

ACCURACY = Spec(range=1.0, gain=5e-3, offset=1e-3, noise=1e-4)
"""Of the flow as a fraction of full scale."""

LAG = 0.3
"""Time constant in s of the controlled flow: 98 % after 1.2 s."""

VALVE_FULL, VALVE_MOST = 16777215, 0.6167
"""Valve output at 100 %, and its highest value in practice (a user's report of an F-201CV)."""

FLUIDS = (
    ("N2", 1.00), ("AIR", 1.00), ("O2", 0.98), ("AR", 1.40), ("CO2", 0.74), ("H2", 1.01),
    ("HE", 1.41), ("CH4", 0.76),
)  # fmt: skip
"""Fluid sets 0 to 7: name, and conversion factor against nitrogen."""

FACTORS = dict(FLUIDS)
"""By the formula in capitals."""
