"""A pulsed diamond Raman laser: the power of its pulses against time, and what varies from one to
the next.

Two kinds. Nanosecond pulses: the Stokes field grows from noise while the pump p(t), a Gaussian, is
above threshold, overshoots and then follows what the pump has above it (depletion):
S = max(p - 1, 0) * turn-on * (1 + overshoot * exp(-(t - t_on) / t_s)), the turn-on logistic; plus a
weak pedestal and two pulses after the main one. Quasi-continuous pulses: a damped relaxation
oscillation at the start, a droop by the thermal lens with the crystal's thermal time (for a mode of
radius w in a medium of diffusivity a of the order of w**2 / 4a), and a slight slope of the pump.

Their `watts` is what the indicators of direction 9.8 ask for: of a nanosecond pulse the mean
of its highest power; of a quasi-continuous one the mean power in the last quarter of the pulse
between its half maxima, where the crystal's heat no longer changes it. Shots vary in energy and
width about these means.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

SHORT, LONG = "nanosecond", "quasi-continuous"


@dataclass(frozen=True)
class PulsedLaser:
    """Powers in W, times in s. `unit` is the scale of time of its shape: the pump's standard
    deviation of a short pulse, the length of a long one. `tau` is the turn-on of a short pulse,
    the thermal time of a long one, both in s; `over` the overshoot, a part; `pedestal` and `after`
    parts of the highest power; `slope` the pump's, over a long pulse."""

    kind: str
    watts: float
    rate: float
    wavelength: float
    unit: float
    tau: float
    over: float
    pump: float = 3.0
    pedestal: float = 0.0
    after: float = 0.0
    slope: float = 0.0
    energy_scatter: float = 0.02
    width_scatter: float = 0.01


def span(laser: PulsedLaser) -> tuple[float, float, int]:
    """First and last time in s of a shape about its trigger, and how many points it needs."""
    if laser.kind == SHORT:
        return -8.0 * laser.unit, 22.0 * laser.unit, 6001
    return -0.05 * laser.unit, 1.1 * laser.unit, 9201


def shape(laser: PulsedLaser) -> tuple[FloatArray, FloatArray]:
    """Times in s and power over `watts` of the mean pulse, each of shape (n,)."""
    low, high, count = span(laser)
    t = np.linspace(low, high, count)
    return (t, _short(laser, t)) if laser.kind == SHORT else (t, _long(laser, t))


def _short(laser: PulsedLaser, t: FloatArray) -> FloatArray:
    above = np.maximum(laser.pump * np.exp(-0.5 * (t / laser.unit) ** 2) - 1.0, 0.0)
    began = -0.9 * laser.unit
    grown = 1.0 / (1.0 + np.exp(-(t - began) / laser.tau))
    spike = 1.0 + laser.over * np.exp(-np.maximum(t - began, 0.0) / (4.0 * laser.tau)) * grown
    main = above * grown * spike
    main = main / main.max()
    floor = laser.pedestal * np.exp(-0.5 * ((t - 3.0 * laser.unit) / (3.0 * laser.unit)) ** 2)
    later = (8.0 * laser.unit, 12.0 * laser.unit)
    echoes = sum(
        laser.after * 0.6**n * np.exp(-0.5 * ((t - at) / (0.6 * laser.unit)) ** 2)
        for n, at in enumerate(later)
    )
    whole = main + floor + echoes
    return whole / whole.max()


def _long(laser: PulsedLaser, t: FloatArray) -> FloatArray:
    edge, length = 0.004 * laser.unit, laser.unit
    on = 0.5 * (np.tanh((t - 2.0 * edge) / edge) - np.tanh((t - length + 2.0 * edge) / edge))
    since = np.maximum(t, 0.0)
    ringing = 0.4 * np.exp(-since / (2.0 * edge)) * np.cos(1.5 * since / edge)
    heat = laser.over * np.exp(-since / laser.tau)
    tilt = laser.slope * (since / length - 0.875)
    whole = on * (1.0 + heat + ringing + tilt)
    return whole / _settled(t, whole)


def _settled(t: FloatArray, power: FloatArray) -> float:
    """Mean over the last quarter between the half maxima of the flat part."""
    inside = np.flatnonzero(power > 0.5)
    first, last = t[inside[0]], t[inside[-1]]
    chosen = (t >= last - 0.25 * (last - first)) & (t <= last - 0.02 * (last - first))
    return float(power[chosen].mean())


def energy(laser: PulsedLaser) -> float:
    """Energy in J of the mean pulse, all that belongs to a shot."""
    t, power = shape(laser)
    return laser.watts * float(np.trapezoid(power, t))


def width(laser: PulsedLaser) -> float:
    """Full width at half maximum of the mean pulse, in s."""
    t, power = shape(laser)
    inside = np.flatnonzero(power >= 0.5 * power.max())
    return float(t[inside[-1]] - t[inside[0]])
