"""Pulsed diamond lasers: how they are drawn and solved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim_backends.models.pulsed_laser import LONG, SHORT, PulsedLaser, energy, width
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

KIND = "pulsed diamond Raman laser"
FIRST_STOKES = 1240e-9
"""Wavelength in m of the first order from a pump of 1064 nm."""


def draw_long(rng: np.random.Generator) -> PulsedLaser:
    """A laser of pulses some 250 us long, many thermal times of its crystal."""
    return PulsedLaser(
        kind=LONG,
        watts=6e3,
        rate=1.0,
        wavelength=FIRST_STOKES,
        unit=float(rng.uniform(200e-6, 300e-6)),
        tau=float(rng.uniform(12e-6, 22e-6)),
        over=float(rng.uniform(0.05, 0.18)),
        slope=float(rng.uniform(-0.008, 0.008)),
        energy_scatter=float(rng.uniform(0.005, 0.02)),
        width_scatter=float(rng.uniform(0.0005, 0.002)),
    )


def draw_short(rng: np.random.Generator) -> PulsedLaser:
    """A laser of pulses 4 to 7 ns wide, with a pedestal and weak later pulses."""
    unit = float(rng.uniform(2.2e-9, 3.6e-9))
    return PulsedLaser(
        kind=SHORT,
        watts=1.2e6,
        rate=2.0,
        wavelength=FIRST_STOKES,
        unit=unit,
        tau=unit * float(rng.uniform(0.15, 0.3)),
        over=float(rng.uniform(0.2, 0.8)),
        pump=float(rng.uniform(2.5, 4.0)),
        pedestal=float(rng.uniform(0.002, 0.01)),
        after=float(rng.uniform(0.005, 0.03)),
        energy_scatter=float(rng.uniform(0.01, 0.03)),
        width_scatter=float(rng.uniform(0.005, 0.015)),
    )


def sheet(laser: PulsedLaser) -> dict[str, Stated]:
    """What comes with a laser: wavelength, rate, and about which energy and width its pulses
    have."""
    stated = {
        "stokes_wavelength": Stated(laser.wavelength * 1e9, "nm", 0.0),
        "repetition_rate": Stated(laser.rate, "Hz", 0.0),
        "pulse_energy": Stated(energy(laser), "J", 0.05),
        "pulse_width": Stated(width(laser), "s", 0.05),
    }
    return stated | ({"thermal_time": Stated(laser.tau, "s", 0.1)} if laser.kind == LONG else {})


def with_power(laser: PulsedLaser, watts: float) -> PulsedLaser:
    """`laser` with pulses of another power, of the same shape."""
    return replace(laser, watts=watts)


RECIPES: dict[str, Recipe] = {
    "9.8-04": one_figure(
        kind=KIND,
        key="peak_power",
        unit="kW",
        draw=draw_long,
        figure=lambda laser: 1e-3 * laser.watts,
        vary=with_power,
        low=1.0,
        high=9e3,
        stated=sheet,
        aspects={"state": "thermal equilibrium"},
    ),
    "9.8-05": one_figure(
        kind=KIND,
        key="peak_power",
        unit="MW",
        draw=draw_short,
        figure=lambda laser: 1e-6 * laser.watts,
        vary=with_power,
        low=1e3,
        high=9e6,
        stated=sheet,
    ),
}
"""By indicator id."""
