"""Parameters of metal-oxide gas sensors and of a gas mixing rig: published values, data only.

Power law of a film in several reducing gases: R = R0 (1 + K1 c1 + K2 c2 ...)^-b, P. Clifford and
D. Tuma, Sensors and Actuators 3 (1982/83) 233, with b from 0.3 to 0.8 (there, and N. Barsan and
U. Weimar, J. Electroceram. 7 (2001) 143). Humidity adds some tens of per cent to the conductance of
tin oxide between a dry and a moist air (the same); baselines drift by per cents over weeks (S. Di
Carlo and M. Falasconi, in Advances in Chemical Sensors, InTech 2012). Response times of micro
hotplates are seconds (I. Simon et al., Sens. Actuators B 73 (2001) 1). Sizes are typical, those of
no particular sensor.
"""

from __future__ import annotations

GASES = ("CO", "CH4", "C2H4", "C2H6", "C3H6", "H2")
"""In the order in which the indicator names them."""

TRACER = "C3H6"
"""What a photoionisation detector with a lamp of 10.6 eV sees of them (ionisation 9.73 eV; ethylene
10.51 eV, the others above: NIST Chemistry WebBook)."""

FILMS = 8

STRENGTH = (0.03, 0.08)
"""Lowest and highest 1/(umol/mol) of a film for its own gas."""

CROSS = (0.02, 0.25)
"""Part of that for another gas."""

EXPONENT = (0.45, 0.7)

CONDUCTANCE = (2e-6, 2e-5)
"""S in clean air of half the saturated humidity."""

WATER = (0.15, 0.5)
"""ln of the conductance between dry and saturated air."""

DRIFT, DRIFT_TIME = 1.5e-3, 3600.0
"""Relative standard deviation of a film's baseline about its mean, and s of its memory."""

AGEING = (0.5e-8, 3e-8)
"""Relative loss of conductance each second: 1 to 8 % a month."""

NOISE = 4e-4
"""Relative standard deviation of a reading of 20 ms."""

CYLINDER = 400.0
"""umol/mol of a gas in synthetic air."""

VAPOUR, VAPOUR_CYLINDER = "C2H5OH", 2000.0
"""Ethanol, to which metal oxides answer like to few other vapours, and its umol/mol in synthetic
air in a cylinder."""

DEAD_VOLUME, MIXING_VOLUME = 18e-6, 12e-6
"""m3 of the pipe between the controllers and the chamber, and of the chamber (volume of gas over
the array)."""

DIFFUSE = 0.03
"""s by which the way of one gas through the plumbing differs from the tracer's: dispersion hangs on
the diffusion coefficient (G. Taylor, Proc. R. Soc. A 219 (1953) 186)."""

PER_LINE = {"dry": 8e-5, "humid": 8e-5, "dosing": 1e-5}
"""m3/s (normal state) through each fully open valve."""
