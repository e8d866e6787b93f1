"""Cascaded diamond lasers: how they are drawn and solved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import log10
from typing import Any

import numpy as np

from sim_backends.models.diamond_laser import stokes_wavelength
from sim_backends.models.laser_light import signal_to_noise
from sim_backends.models.raman_cascade import (
    RamanCascade,
    circulating,
    order_powers,
    rated_powers,
    spread,
)
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

CASCADE = "cascaded diamond Raman laser"
PUMP_WAVELENGTH = 976e-9
REFERENCE_BANDWIDTH = 0.1e-9
"""Bandwidth in m in which the background counts."""

DARK = 5.0
"""Loss of an order for which there are no mirrors."""


def draw_cascade(rng: np.random.Generator) -> RamanCascade:
    """A laser of three orders of nearly equal power, not solved for any figure."""
    rated = float(rng.uniform(310.0, 340.0))
    coupler = (0.003, 0.33 * float(rng.uniform(0.97, 1.03)), 0.0045, 0.0)
    drawn = RamanCascade(
        pump_wavelength=PUMP_WAVELENGTH,
        gain=1e-4 * float(rng.uniform(0.98, 1.02)),
        coupler=coupler,
        loss=(0.002, 0.01, 0.0035, DARK),
        transport=(1.0, 1.0, 1.0, 1.0),
        widths=_widths(rng),
        background=1.0,
        rated=rated,
        pump_gain=1.0 + 0.01 * float(rng.standard_normal()),
    )
    middle = float(rng.uniform(0.2, 0.8))
    pattern = tuple(float(x) for x in rng.permutation([0.0, middle, 1.0]))
    return with_background(with_spread(drawn, pattern, 0.06), 50.0)


def _widths(rng: np.random.Generator) -> tuple[float, ...]:
    """Widths of the lines in Hz of which one is the widest, the others 70 to 92 % of it."""
    shares = rng.uniform(0.7, 0.92, 3)
    shares[int(rng.integers(3))] = 1.0
    return (*(2e10 * float(share) for share in shares), 2e10)


def with_spread(laser: RamanCascade, pattern: tuple[float, ...], relative: float) -> RamanCascade:
    """`laser` whose optics let through what spreads its orders along `pattern` (0 to 1) by
    `relative`, largest less smallest over their sum."""
    bare = rated_powers(replace(laser, transport=(1.0,) * len(laser.transport)))
    middle = sum(pattern) / len(pattern)
    shares = [1.0 / len(bare) + relative * (one - middle) for one in pattern]
    wanted = [share / power for share, power in zip(shares, bare, strict=True)]
    transport = tuple(0.97 * one / max(wanted) for one in wanted)
    return replace(laser, transport=(*transport, 1.0))


def scaled_spread(laser: RamanCascade, relative: float) -> RamanCascade:
    """`laser` with its orders spread by `relative`, in the order of strength that they have."""
    powers = rated_powers(laser)
    low, high = min(powers), max(powers)
    pattern = tuple((one - low) / (high - low) for one in powers)
    return with_spread(laser, pattern, relative)


def with_background(laser: RamanCascade, density: float) -> RamanCascade:
    """`laser` with a background of `density` in 1/m over the power of all lines."""
    return replace(laser, background=density)


def with_widths(laser: RamanCascade, widest: float) -> RamanCascade:
    """`laser` whose lines are wider or narrower, so that the widest has `widest` in Hz."""
    factor = widest / max(laser.widths[:3])
    return replace(laser, widths=tuple(width * factor for width in laser.widths))


def with_orders(laser: RamanCascade, truth: Mapping[str, Any]) -> RamanCascade:
    """`laser` whose mirrors hold no more orders than are asked for, 1 to 3."""
    count = round(float(truth["cascade_orders"]))
    loss = tuple(DARK if n >= count else one for n, one in enumerate(laser.loss))
    return replace(laser, loss=loss)


def lasing(laser: RamanCascade) -> int:
    """How many orders lase at the rated pump."""
    return len(circulating(laser, laser.pump_gain * laser.rated))


def threshold(laser: RamanCascade) -> float:
    """Pump power in W at which the first order begins."""
    return (laser.coupler[0] + laser.loss[0]) / laser.gain


def sheet(laser: RamanCascade) -> dict[str, Stated]:
    """What comes with a laser: its wavelengths, and the settings of its pump."""
    pump = laser.pump_wavelength
    return {
        "pump_wavelength": Stated(pump * 1e9, "nm", 0.0),
        "stokes_wavelength": Stated(stokes_wavelength(pump, 1) * 1e9, "nm", 0.0),
        "rated_pump_setting": Stated(laser.rated, "W", 0.0),
        "pump_threshold": Stated(threshold(laser), "W", 0.03),
    }


def output(laser: RamanCascade) -> float:
    """Power in W of all orders at the rated setting."""
    return sum(order_powers(laser, laser.pump_gain * laser.rated))


RECIPES: dict[str, Recipe] = {
    "9.8-02": Recipe(
        kind=CASCADE,
        units={"cascade_orders": "order"},
        draw=draw_cascade,
        solved=with_orders,
        figures=lambda laser: {"cascade_orders": float(lasing(laser))},
        stated=sheet,
        reach=lambda _: {"cascade_orders": (1.0, 3.0)},
    ),
    "9.8-06": one_figure(
        kind=CASCADE,
        key="relative_spread",
        unit="%",
        draw=draw_cascade,
        figure=lambda laser: 100.0 * spread(laser),
        vary=scaled_spread,
        low=1e-3,
        high=0.4,
        stated=sheet,
    ),
    "9.8-13": one_figure(
        kind=CASCADE,
        key="linewidth",
        unit="GHz",
        draw=draw_cascade,
        figure=lambda laser: 1e-9 * max(laser.widths[:3]),
        vary=with_widths,
        low=5e9,
        high=1.2e11,
        stated=sheet,
    ),
    "9.8-15": one_figure(
        kind=CASCADE,
        key="optical_snr",
        unit="dB",
        draw=draw_cascade,
        figure=lambda laser: 10.0 * log10(signal_to_noise(laser, REFERENCE_BANDWIDTH)),
        vary=with_background,
        low=1.0,
        high=1e6,
        stated=sheet,
    ),
}
"""By indicator id. The widest line and the weakest one decide."""
