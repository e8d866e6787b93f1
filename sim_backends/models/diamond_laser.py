"""A diamond Raman laser with its pump, continuous wave and steady: powers in W.

Below threshold no Stokes power; above it rises in proportion to the pump that is left over (the
usual model of an external-cavity Raman laser whose pump is not depleted below threshold: A. McKay
et al., Laser Photonics Rev. 11 (2017) 1600130; R. J. Williams et al., IEEE J. Sel. Top. Quantum
Electron. 24 (2018) 1602214). Beyond a pump power the thermal lens takes a part that
grows with the square of what is beyond (assumed shape).
"""

from __future__ import annotations

from dataclasses import dataclass

SPEED_OF_LIGHT = 299_792_458.0
RAMAN_SHIFT = 133_230.0
"""First-order Raman line of diamond in 1/m: 1332.3 1/cm (Zaitsev, Optical Properties of Diamond,
2001)."""


@dataclass(frozen=True)
class DiamondLaser:
    """`pump_wavelength` in m; `threshold` and `bend` (where roll-over begins) in W of pump;
    `coupler` transmission and round-trip `loss` of the cavity at the Stokes wavelength; `overlap`
    share of the pump that meets the mode; `lens` in 1/W; `rated` set point of the pump in W;
    `pump_gain` true over set pump power; `background` of spontaneous emission over the line's
    power, in 1/m. Of one line: `side_mode` power of the next longitudinal mode over that of the
    strongest, `mode_spacing` in Hz, full widths `lorentz` (white) and `gauss` (slow frequency
    noise) in Hz."""

    pump_wavelength: float
    threshold: float
    coupler: float
    loss: float
    overlap: float
    bend: float
    lens: float
    rated: float
    pump_gain: float
    background: float = 0.0
    side_mode: float = 0.003
    mode_spacing: float = 0.8e9
    lorentz: float = 3e3
    gauss: float = 1.5e3


def stokes_wavelength(pump: float, order: int) -> float:
    """Wavelength in m of the Stokes line of `order` for a `pump` in m; 0 is the pump itself."""
    return 1.0 / (1.0 / pump - order * RAMAN_SHIFT)


def pump_power(laser: DiamondLaser, setting: float) -> float:
    """True pump power in W at a `setting` in W."""
    return laser.pump_gain * setting


def slope(laser: DiamondLaser) -> float:
    """Stokes over pump power above threshold: quantum defect, overlap, and the share of the coupler
    in all losses (H. M. Pask, Prog. Quantum Electron. 27 (2003) 3)."""
    pump = laser.pump_wavelength
    defect = pump / stokes_wavelength(pump, 1)
    return defect * laser.overlap * laser.coupler / (laser.coupler + laser.loss)


def stokes_power(laser: DiamondLaser, pump: float) -> float:
    """Stokes power in W for a `pump` in W."""
    straight = slope(laser) * max(pump - laser.threshold, 0.0)
    return max(straight - laser.lens * max(pump - laser.bend, 0.0) ** 2, 0.0)


def rated_output(laser: DiamondLaser) -> float:
    """Stokes power in W at the rated setting."""
    return stokes_power(laser, pump_power(laser, laser.rated))


def conversion(laser: DiamondLaser) -> float:
    """Stokes power over pump power at the rated setting."""
    return rated_output(laser) / pump_power(laser, laser.rated)
