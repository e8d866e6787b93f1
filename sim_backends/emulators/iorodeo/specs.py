"""Data of a Rodeostat v0.2, 10 V, microampere version, on an ItsyBitsy.

Ranges, resolutions, timer and filter: firmware FW0.1.0 (ps_constants.cpp, ps_analog_subsystem.h,
ps_hardware_defs.h). The maker states no accuracy in the documentation; taken: potential 0.2 % of
reading + 0.1 % of range, current 0.5 % of reading + 0.2 % of range, noise of half a count.
"""

from __future__ import annotations

from sim_backends.emulators.accuracy import Spec

FIRMWARE, HARDWARE, VARIANT = "FW0.1.0", "V0.2", "10V_microAmpV0.2"

VOLT_RANGES = {"1V": 1.0, "2V": 2.0, "5V": 5.0, "10V": 10.0}
CURRENT_RANGES = {"1uA": 1.0, "10uA": 10.0, "100uA": 100.0, "1000uA": 1000.0}
"""V and uA; both polarities."""

COUNTS = 4095
"""Of the 12-bit output and of the 12-bit input."""

TICK = 200
"""Microseconds between two looks of a running test at its waveform and at the current."""

SETTLING = 50e-6
"""Seconds from setting the output to the conversion of the current (assumed)."""

DEFAULT_PERIOD, SHORTEST_PERIOD, LONGEST_PERIOD = 10_000, 1_000, 1_000_000
"""Sample period in us."""

CUTOFF, ORDER = 200.0, 2
"""Of the low-pass filter on the current, Hz."""

BUFFER = 2000
"""Characters that wait for a line end."""

POTENTIAL = tuple(Spec(top, 2e-3, 1e-3 * top, 0.0, 1.0) for top in VOLT_RANGES.values())
REFERENCE = tuple(Spec(top, 2e-3, 1e-3 * top, top / COUNTS, 1.0) for top in VOLT_RANGES.values())
CURRENT = tuple(Spec(top, 5e-3, 2e-3 * top, top / COUNTS, 1.0) for top in CURRENT_RANGES.values())
