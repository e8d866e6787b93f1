"""Reduction of pairs of current-voltage curves to power at standard test conditions. Pure.

The measurand is the mean of both sweep directions, corrected to 1000 W/m2 and 25 degC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from labctl.i18n import N_
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis import iec60891, iv
from procedures.methods.photovoltaics.device import Device
from procedures.methods.photovoltaics.iv_sweep import Pair, Sweep

HOW = N_(
    "Each curve corrected to 1000 W/m2 and 25 degC (IEC 60891 procedure 1); maximum power by a "
    "polynomial of power in voltage (after ASTM E948); mean of both sweep directions."
)


@dataclass(frozen=True)
class Power:
    """Power in W at standard test conditions, draws of shape (draws + 1,), and the two directions'
    mean powers in W as read."""

    draws: Draws
    reverse: float
    forward: float

    @property
    def hysteresis(self) -> float:
        """Hysteresis index, dimensionless."""
        return float(iv.hysteresis_index(np.array(self.reverse), np.array(self.forward)))


def stc_power(mc: MonteCarlo, device: Device, pairs: Sequence[Pair], name: str) -> Power:
    """Power at standard test conditions; `name` tells this reading from others of the device.

    Contributions: instruments, reference cell, bench and sheet by their keys; half the difference
    of the directions, rectangular, common to all readings of the device; the scatter of the pairs.
    """
    reverse = [sweep_power(mc, device, pair.reverse) for pair in pairs]
    forward = [sweep_power(mc, device, pair.forward) for pair in pairs]
    return mean_power(mc, reverse, forward, name)


def mean_power(
    mc: MonteCarlo, reverse: Sequence[Draws], forward: Sequence[Draws], name: str
) -> Power:
    """The mean of both directions' powers in W, one of each a pair of sweeps, with what their
    difference and their scatter make unknown of it (as `stc_power`)."""
    each = np.array([(r[0] + f[0]) / 2 for r, f in zip(reverse, forward, strict=True)])
    back, forth = np.mean(reverse, axis=0), np.mean(forward, axis=0)
    half = float(abs(back[0] - forth[0])) / 2
    draws = (back + forth) / 2
    draws = draws + mc.rectangular("hysteresis", half, "half the difference of directions")[:, 0]
    draws = draws + repeatability(each) * mc.normal(f"repeatability/{name}")[:, 0]
    return Power(draws, float(back[0]), float(forth[0]))


def repeatability(each: Draws) -> float:
    """Standard uncertainty of the mean of `each` (shape (n,), n >= 4), in its unit.

    s / sqrt(n) times the standard deviation of Student's t, sqrt((n - 1) / (n - 3)). Source:
    JCGM 101, 6.4.9.4.
    """
    n = len(each)
    if n < 4:
        raise ValueError(f"{n} readings tell no standard deviation; at least 4 are needed")
    return float(each.std(ddof=1) / np.sqrt(n) * np.sqrt((n - 1) / (n - 3)))


def sweep_power(mc: MonteCarlo, device: Device, sweep: Sweep) -> Draws:
    """Maximum power of one sweep in W at standard test conditions, shape (draws + 1,)."""
    irradiance = device.irradiance(mc, mc.mean(sweep.reference.readings()))
    return power_from(mc, device, sweep, irradiance)


def power_from(mc: MonteCarlo, device: Device, sweep: Sweep, irradiance: Draws) -> Draws:
    """Maximum power of one sweep in W, brought from `irradiance` in W/m2, shape (draws + 1, 1), to
    1000 W/m2 and from the device's temperature to 25 degC."""
    volts, amperes = sweep.voltage.array, -sweep.current.array
    near = iv.window_around_maximum(volts, amperes)
    short = float(iv.short_circuit_current(volts[None, :], amperes[None, :])[0])
    chuck = mc.mean(sweep.temperature.readings())
    voltage, current = iec60891.procedure_1(
        mc.readings(sweep.voltage.chosen(near)),
        -mc.readings(sweep.current.chosen(near)),
        short,
        measured=iec60891.State(irradiance, device.temperature(mc, chuck, irradiance)),
        coefficients=device.coefficients(mc),
    )
    return iv.maximum_power(voltage, current).power
