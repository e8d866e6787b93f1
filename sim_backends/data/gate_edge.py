"""Off-state breakdown of lateral gallium oxide transistors: published values, data only.

Breakdown of 1.8 to 3 kV and above with gate field plates, current rising by decades within some
tens to hundreds of volts before it: K. Zeng, A. Vaidya, U. Singisetti, IEEE Electron Device Lett.
39 (2018) 1385 and Appl. Phys. Express 12 (2019) 081003. Leakage by field-assisted emission from
traps (Poole-Frenkel): S. Sze, K. Ng, Physics of Semiconductor Devices, 3rd ed., section 6.7.2.
Avalanche voltages of wide-gap semiconductors rise by 1e-4 to 1e-3 per kelvin. Shares of terminals,
wander and what a breakdown leaves behind are assumed.
"""

from __future__ import annotations

WIDTH = 100e-6
"""Gate width in m."""

LEAK = (0.5e-10, 2e-10)
"""A at 1 kV and 25 degC."""

FIELD = (0.04, 0.08)
"""1/sqrt(V) in the exponent of the leakage."""

LEAK_PER_KELVIN = 0.02
"""Relative, of the leakage."""

KNEE_CURRENT = 1e-7
"""A that flows at the knee (1 uA/mm)."""

STEEP = (13.0, 24.0)
"""V in which the current grows e-fold at the knee."""

BEND = (0.01, 0.05)
"""By how much its exponent grows with the square of the e-foldings beyond the knee."""

PER_KELVIN = (4e-4, 10e-4)
"""1/K of the knee."""

WANDER, WANDER_TIME = 0.01, 45.0
"""Relative and s: slow wander of all currents, as an Ornstein-Uhlenbeck process."""

GATE_SHARE, CHUCK_SHARE = (0.02, 0.2), (0.01, 0.1)
"""Parts of the current into the drain that leave by the gate and through the wafer."""

SCAR = 0.85
"""Part of its breakdown voltage that is left to a device that broke down once."""

NEIGHBOURS = (15.0, 90.0)
"""V by which one device of a row breaks down above the next lower one."""

DEVICES = 3
"""Devices of a row."""
