"""Parameters of lateral gallium oxide devices: published values, data only.

Lateral beta-Ga2O3 MOSFETs: M. Higashiwaki et al., Appl. Phys. Lett. 103 (2013) 123511 (on-currents
of tens of mA/mm, off-currents at the floor of the meter, ratios above 1e10); normally-off devices
by recess: K. Chabak et al., IEEE Electron Device Lett. 39 (2018) 67; breakdown above 2 kV with
field plates: K. Zeng, A. Vaidya, U. Singisetti, Appl. Phys. Express 12 (2019) 081003 and IEEE
Electron Device Lett. 39 (2018) 1385. Sheet resistances of implanted and epitaxial channels of 5 to
20 kOhm and contacts of 1 to 20 Ohm mm: the same. Subthreshold swings of 80 to 200 mV a decade.
Temperature coefficients of threshold of -1 to -4 mV/K: M. Wong et al., Appl. Phys. Lett. 109
(2016) 193503. Monolithic inverters of enhancement driver and depletion load: V. Khandelwal et al.,
Appl. Phys. Lett. 123 (2023) 202104. Where a range is given, devices are drawn from within it.
"""

from __future__ import annotations

BOLTZMANN_OVER_CHARGE = 8.617333e-5
"""V/K."""

CELSIUS = 273.15

HOME_TEMPERATURE = 25.0
"""degC at which every parameter below and every true figure stands."""

SWING_FACTOR = (1.5, 2.4)
"""n of the subthreshold swing n kT/q ln 10."""

MODULATION = (0.006, 0.02)
"""1/V, channel length modulation of the output conductance."""

THRESHOLD_PER_KELVIN = (-2.4e-3, -1.0e-3)
"""V/K."""

GAIN_PER_KELVIN = -2.5e-3
"""Relative, of the transconductance parameter with temperature (mobility as T^-0.75 near 300 K)."""

WANDER, WANDER_TIME = 1.0e-3, 45.0
"""V and s: slow trapping in the gate stack, as an Ornstein-Uhlenbeck wander of the threshold."""

SHEET_RESISTANCE = (6e3, 14e3)
"""Ohm of a square of the channel layer."""

SHEET_PER_KELVIN, CONTACT_PER_KELVIN = 3e-3, -2e-3
"""Relative, of sheet and contact resistance."""

PAD_SCATTER = 0.006
"""Relative: contact resistance from pad to pad of one structure."""

GAP_SCATTER = 0.02e-6
"""m: lithography from gap to gap of one structure."""

GAPS = (5e-6, 10e-6, 15e-6, 20e-6, 25e-6, 30e-6)
CONTACT_WIDTH = 100e-6
"""Designed transmission-line structure, in m."""

LEAK_PER_KELVIN = 0.02
"""Relative, of a leakage current: thermally activated by some 0.15 eV near room temperature."""

LEAK_WANDER, LEAK_WANDER_TIME = 3e-3, 60.0
"""Relative and s: a leakage current's slow wander, as an Ornstein-Uhlenbeck process."""

WIDTH = 100e-6
"""Gate width in m of the transistors."""

STEEP = (12.0, 25.0)
"""V, in which the current beyond the knee of a breakdown grows e-fold."""
