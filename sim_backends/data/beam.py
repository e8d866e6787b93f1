"""Parameters of diamond lasers and of the bench that images their beams: data only.

Stokes wavelengths: first order of diamond (1332.3 1/cm; Solin and Ramdas, Phys. Rev. B 1 (1970)
1687) from pumps at 1064 nm and 532 nm. Beam qualities of diamond Raman lasers 1.1 to 1.6: Williams
et al., IEEE J. Sel. Top. Quantum Electron. 24 (2018) 1602214; Bai et al., Opt. Lett. 43 (2018) 563.
The camera's figures are those of InGaAs sensors with pixels of 5 um for 0.4 to 1.7 um (Sony IMX990
data, remembered).
"""

from __future__ import annotations

SHIFT = 133230.0
"""Raman shift of diamond in 1/m."""

FIRST_STOKES = 1.0 / (1.0 / 1064.4e-9 - SHIFT)
"""First Stokes wavelength in m of a pump at 1064.4 nm: 1240 nm."""

CASCADE = tuple(1.0 / (1.0 / 532.2e-9 - order * SHIFT) for order in (1, 2, 3))
"""First to third Stokes wavelength in m of a pump at 532.2 nm: 573, 620 and 676 nm."""

SECOND_MODE = 0.2
"""Part of the second transverse mode for each part of the first, along one axis (assumed)."""

BREATHING, BREATHING_TIME, JITTER = 1.5e-3, 300.0, 3e-3
"""Relative: how the widths of a beam breathe with the crystal's thermal lens and in how many s;
how they differ from picture to picture (assumed)."""

POINTING = 20e-6
"""Standard deviation in rad by which the beam points otherwise from picture to picture."""

FOCAL, PLANE = 0.12, 0.0
"""Focal length in m of the focusing mirror as certified, and where in m on the stage's scale the
sensor stands in its focal plane as adjusted."""

ROWS = COLUMNS = 448
PITCH = 5e-6
"""Pixels of the window that is read, and their pitch in m as stated."""

PEDESTAL, SHADING, WANDER = 800.0, 60.0, 5.0
"""Counts of a dark picture, how much its last row has more than its first, and the standard
deviation by which a whole picture lies otherwise."""

HOT, HOTTEST = 4e-4, 3000.0
"""Part of the pixels that are hot, and the most counts that they have more."""

READ_NOISE, FULL_WELL = 12.0, 60000.0
"""Counts, and electrons at the largest count."""

PEAK, EXPOSING = 47000.0, 0.08
"""Counts over the dark to which the software sets the exposure, and relatively how it misses."""

EXPOSURE = 1e-3
"""Seconds of exposure at the waist of the nominal beam."""
