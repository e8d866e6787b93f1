"""Shape of a delayed self-heterodyne beat, and its fit. Pure.

With white frequency noise of full width D and a delay T the phase of the beat walks as far as
either copy does within the delay, so that its autocorrelation is exp(-2 pi D min(|t|, T)) (L.
Richter et al., IEEE J. Quantum Electron. 22 (1986) 2070); slow noise and the analyser's filter
multiply it by the transform of a Gaussian. The spectrum is its Fourier transform: for long delays a
Lorentzian of 2D, for short ones a carrier on a pedestal with ripples of 1/T.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

Array = NDArray[np.float64]

TIME_STEP, TIMES = 0.25e-6, 1 << 17
"""Seconds and number of the points of the autocorrelation: to 2 MHz, so that what is folded back
there is small at 100 kHz, in steps of 31 Hz."""

UNIT = 1e3
"""Hz in which widths are fitted, and squares of them."""


@dataclass(frozen=True)
class Fitted:
    """`lorentz` full width of the laser in Hz and `square` of the Gaussian's full width in the
    beat, without the filter, in Hz2, with their `covariance`, (2, 2); `quality` chi-square over
    degrees of freedom; `centre` in Hz."""

    lorentz: float
    square: float
    covariance: Array
    quality: float
    centre: float


def shape(offset: Array, lorentz: float, delay: float, gauss: float) -> Array:
    """Spectrum in 1/Hz at each `offset` in Hz from the shift, of unit power: a laser of `lorentz`
    in Hz, `delay` in s, all Gaussian widths together `gauss` in Hz (full, at half maximum)."""
    t = TIME_STEP * np.arange(TIMES)
    slow = (np.pi * gauss * t) ** 2 / (4.0 * np.log(2.0))
    walk = np.exp(-2.0 * np.pi * lorentz * np.minimum(t, delay) - slow)
    walk[0] *= 0.5
    density = 2.0 * TIME_STEP * np.fft.rfft(walk).real
    grid = np.fft.rfftfreq(TIMES, TIME_STEP)
    return np.interp(np.abs(offset), grid, density)


def fit(frequency: Array, watts: Array, resolution: float, delay: float, count: float) -> Fitted:
    """The beat in a trace of `watts` at each `frequency` in Hz, both of shape (n,), that was swept
    with a Gaussian filter of `resolution` in Hz and averaged over `count` independent sweeps.

    Least squares of logarithms, whose standard deviation is 1 / sqrt(count) at every point; the
    covariance is scaled by the chi-square that is left.
    """
    start = _start(frequency, watts)
    data = np.log(watts)
    total = float(np.sum(watts) * (frequency[1] - frequency[0]))

    def model(p: Array) -> Array:
        gauss = np.sqrt(p[3] * UNIT**2 + resolution**2)
        beat = shape(frequency - p[1] * UNIT, np.exp(p[2]) * UNIT, delay, float(gauss))
        return np.log(total * np.exp(p[0]) * beat + np.exp(p[4]) * watts.min())

    def left(p: Array) -> Array:
        return (data - model(p)) * np.sqrt(count)

    least = -0.5 * (resolution / UNIT) ** 2
    away = np.array([5.0, 20.0, 4.0, 400.0, 10.0])
    low, high = start - away, start + away
    low[3] = least
    found = least_squares(left, start, bounds=(low, high), x_scale=[0.1, 0.1, 0.1, 1.0, 0.3])
    freedom = len(data) - len(start)
    quality = float(2.0 * found.cost / freedom)
    covariance = np.linalg.inv(found.jac.T @ found.jac) * quality
    lorentz = float(np.exp(found.x[2]) * UNIT)
    turn = np.diag([lorentz, UNIT**2])
    chosen = covariance[np.ix_([2, 3], [2, 3])]
    square = float(found.x[3] * UNIT**2)
    return Fitted(lorentz, square, turn @ chosen @ turn, quality, float(found.x[1] * UNIT))


def _start(frequency: Array, watts: Array) -> Array:
    """Where the fit begins: the middle and the width of what lies above half of the highest."""
    smooth = np.convolve(watts, np.ones(5) / 5.0, mode="same")
    high = frequency[smooth > 0.5 * smooth.max()]
    width = max(float(high[-1] - high[0]), 3.0 * float(frequency[1] - frequency[0]))
    square = (0.4 * width / UNIT) ** 2
    middle = 0.5 * float(high[0] + high[-1]) / UNIT
    return np.array([0.0, middle, np.log(0.35 * width / UNIT), square, -0.3])


def voigt_width(lorentz: Array, gauss: Array) -> Array:
    """Full width at half maximum of a Voigt profile of both full widths, in their unit (J. Olivero,
    R. Longbothum, J. Quant. Spectrosc. Radiat. Transfer 17 (1977) 233; within 0.02 %)."""
    return 0.5346 * lorentz + np.sqrt(0.2166 * lorentz**2 + gauss**2)
