"""Diamond lasers: how they are drawn and solved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import log10, sqrt
from typing import Any

import numpy as np

from sim_backends.models.diamond_laser import (
    DiamondLaser,
    conversion,
    rated_output,
    slope,
    stokes_wavelength,
)
from sim_backends.models.laser_light import signal_to_noise
from sim_backends.samples import laser_cascade
from sim_backends.samples.laser_cascade import REFERENCE_BANDWIDTH
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

LASER = "diamond Raman laser"
PUMP_WAVELENGTH = 1064e-9
SIDE = 0.05
"""A second mode of so much of the strongest makes a laser one of several modes."""


def draw_laser(rng: np.random.Generator) -> DiamondLaser:
    """A laser that is rated for some 320 W of pump, not solved for any figure."""
    rated = float(rng.uniform(300.0, 350.0))
    return DiamondLaser(
        pump_wavelength=PUMP_WAVELENGTH,
        threshold=float(rng.uniform(45.0, 65.0)),
        coupler=0.007,
        loss=float(rng.uniform(0.0025, 0.004)),
        overlap=float(rng.uniform(0.94, 0.97)),
        bend=rated * float(rng.uniform(0.75, 0.9)),
        lens=float(rng.uniform(2e-4, 6e-4)),
        rated=rated,
        pump_gain=1.0 + 0.01 * float(rng.standard_normal()),
    )


def draw_steep(rng: np.random.Generator) -> DiamondLaser:
    """A laser of low loss that is rated for some 190 W of pump."""
    drawn = draw_laser(rng)
    rated = float(rng.uniform(180.0, 200.0))
    return replace(
        drawn,
        rated=rated,
        threshold=float(rng.uniform(35.0, 50.0)),
        overlap=float(rng.uniform(0.97, 0.99)),
        bend=rated * float(rng.uniform(0.75, 0.9)),
    )


def draw_single(rng: np.random.Generator) -> DiamondLaser:
    """A laser in single-frequency operation, with its weak side mode and its frequency noise."""
    drawn = draw_laser(rng)
    lorentz = float(rng.uniform(2e3, 4e3))
    return replace(
        drawn,
        side_mode=float(10.0 ** rng.uniform(-4.0, -2.2)),
        mode_spacing=float(rng.uniform(0.7e9, 0.95e9)),
        lorentz=lorentz,
        gauss=lorentz * float(rng.uniform(0.3, 0.6)),
    )


def with_modes(laser: DiamondLaser, truth: Mapping[str, Any]) -> DiamondLaser:
    """`laser` in one mode, or with a second one of 13 to 45 % of it."""
    if truth["single_frequency_operation"]:
        return laser
    share = 0.1 + 40.0 * laser.side_mode**0.9
    return replace(laser, side_mode=min(share, 0.45))


def single_sheet(laser: DiamondLaser) -> dict[str, Stated]:
    """What comes with a laser in single-frequency operation: also the spacing of its modes."""
    return {**sheet(laser), "mode_spacing": Stated(1e-9 * laser.mode_spacing, "GHz", 0.01)}


def voigt_width(lorentz: float, gauss: float) -> float:
    """Full width at half maximum of a Voigt profile, in the unit of both (J. Olivero and R.
    Longbothum, J. Quant. Spectrosc. Radiat. Transfer 17 (1977) 233)."""
    return 0.5346 * lorentz + sqrt(0.2166 * lorentz**2 + gauss**2)


def sheet(laser: DiamondLaser) -> dict[str, Stated]:
    """What comes with a laser: its wavelengths, and the settings of its pump."""
    pump = laser.pump_wavelength
    return {
        "pump_wavelength": Stated(pump * 1e9, "nm", 0.0),
        "stokes_wavelength": Stated(stokes_wavelength(pump, 1) * 1e9, "nm", 0.0),
        "rated_pump_setting": Stated(laser.rated, "W", 0.0),
        "pump_threshold": Stated(laser.threshold, "W", 0.03),
    }


def with_coupler(laser: DiamondLaser, transmission: float) -> DiamondLaser:
    """`laser` with another output coupler; its roll-over and its threshold stay."""
    return replace(laser, coupler=transmission)


RECIPES: dict[str, Recipe] = {
    "9.8-03": one_figure(
        kind=LASER,
        key="output_power",
        unit="W",
        draw=draw_laser,
        figure=rated_output,
        vary=with_coupler,
        low=1e-4,
        high=0.2,
        stated=sheet,
    ),
    "9.8-07": one_figure(
        kind=LASER,
        key="optical_conversion_efficiency",
        unit="%",
        draw=draw_laser,
        figure=lambda laser: 100.0 * conversion(laser),
        vary=with_coupler,
        low=1e-4,
        high=0.2,
        stated=sheet,
    ),
    "9.8-08": one_figure(
        kind=LASER,
        key="slope_efficiency",
        unit="%",
        draw=draw_steep,
        figure=lambda laser: 100.0 * slope(laser),
        vary=with_coupler,
        low=1e-4,
        high=0.2,
        stated=sheet,
    ),
    "9.8-14": one_figure(
        kind=LASER,
        key="optical_snr",
        unit="dB",
        draw=draw_laser,
        figure=lambda laser: 10.0 * log10(signal_to_noise(laser, REFERENCE_BANDWIDTH)),
        vary=lambda laser, density: replace(laser, background=density),
        low=0.1,
        high=1e5,
        stated=sheet,
    ),
    "9.8-01": Recipe(
        kind=LASER,
        units={"single_frequency_operation": ""},
        draw=draw_single,
        solved=with_modes,
        figures=lambda laser: {"single_frequency_operation": laser.side_mode < SIDE},
        stated=single_sheet,
    ),
    "9.8-12": one_figure(
        kind=LASER,
        key="linewidth",
        unit="kHz",
        draw=draw_single,
        figure=lambda laser: 1e-3 * voigt_width(laser.lorentz, laser.gauss),
        vary=lambda laser, width: replace(
            laser, lorentz=width, gauss=width * laser.gauss / laser.lorentz
        ),
        low=300.0,
        high=60e3,
        stated=single_sheet,
    ),
    **laser_cascade.RECIPES,
}
"""By indicator id. The slope is that of the straight part, below the roll-over."""
