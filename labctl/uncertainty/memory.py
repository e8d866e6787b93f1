"""Uncertainty of means and slopes of logged series, whose errors hang together in time.

A moving-block bootstrap of what a first-order autoregression leaves (post-blackened: A. Davison,
D. Hinkley, Bootstrap Methods and their Application, 1997, 8.2.3), with the automatic block length
of D. Politis, H. White, Econometric Reviews 23 (2004) 53, as corrected by A. Patton, D. Politis,
H. White, ibid. 28 (2009) 372. Its variance is written down, not drawn. Plain blocks understate
slow memory, since a block of b readings sees no correlation over more than b. The
autoregression's coefficient is corrected for its own bias in short series (M. Kendall, Biometrika
41 (1954) 403). Beside it stand the effective sample size, and the scatter of slow memory under the
noise of single readings; the largest of the three is taken.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from labctl.errors import Defect
from labctl.series import autocorrelation, effective_size
from labctl.uncertainty.shapes import Draws

LONGEST = 20_000
"""Readings beyond which a series is taken as means of neighbours."""


@dataclass(frozen=True)
class Scatter:
    """Standard uncertainty `u` of a linear estimate by the scatter of its series, in its unit.

    `freedom` are its degrees of freedom: what is added to a figure is a t of them, scaled by `u`.
    `readings` is how many independent readings the series is worth.
    """

    u: float
    freedom: float
    readings: float


def mean_of(series: ArrayLike) -> tuple[float, Scatter]:
    """Mean of an evenly logged `series` (shape (n,), n >= 8), in its unit, and its scatter."""
    y = _checked(series)
    residual = y - y.mean()
    return float(y.mean()), scatter_of(residual, np.full(len(y), 1.0 / len(y)), 1)


def slope_of(time: ArrayLike, series: ArrayLike) -> tuple[float, Scatter]:
    """Least-squares slope of `series` on `time` (shape (n,), n >= 8, evenly logged), and its
    scatter, in the unit of the series per unit of time."""
    y = _checked(series)
    centred = np.asarray(time, dtype=np.float64)
    centred = centred - centred.mean()
    by = centred / float(centred @ centred)
    gradient = float(by @ y)
    return gradient, scatter_of(y - y.mean() - gradient * centred, by, 2)


def block_length(series: ArrayLike) -> int:
    """Length of the blocks, in readings, that suits the mean of `series` (shape (n,)).

    Politis and White 2004, 3.2, with the constants of the circular and the moving block bootstrap.
    """
    x = np.asarray(series, dtype=np.float64)
    n = len(x)
    reach = _reach(x)
    lags = np.arange(-reach, reach + 1)
    taper = np.clip(2.0 * (1.0 - np.abs(lags) / reach), 0.0, 1.0)
    covered = taper * autocorrelation(x, reach)[np.abs(lags)]
    level, bend = float(covered.sum()), float((np.abs(lags) * covered).sum())
    if level <= 0.0:
        return 1
    best = (1.5 * (bend / level) ** 2 * n) ** (1 / 3)
    return int(min(max(1, math.ceil(best)), math.ceil(min(3 * math.sqrt(n), n / 3))))


def _reach(x: Draws) -> int:
    """Lags up to which autocorrelations are counted: twice that after which they are noise."""
    n = len(x)
    quiet = max(5, math.ceil(math.sqrt(math.log10(n))))
    most = min(math.ceil(math.sqrt(n)) + quiet, n - 1)
    noise = np.abs(autocorrelation(x, most)[1:]) < 2.0 * math.sqrt(math.log10(n) / n)
    runs = (j for j in range(most - quiet + 1) if noise[j : j + quiet].all())
    return min(2 * max(next(runs, most), 1), most)


def scatter_of(residual: Draws, by: Draws, fitted: int) -> Scatter:
    """Scatter of `by` @ y, where `fitted` parameters were fitted to y to leave `residual`.

    Both have shape (n,); u is in the unit of their product.
    """
    residual, by = _shorter(residual, by)
    n = len(residual)
    spread = float(residual @ residual) / max(n - fitted, 1)
    if spread == 0.0:
        return Scatter(0.0, math.inf, float(n))
    single = math.sqrt(spread * float(by @ by))
    worth = effective_size(residual)
    corrected = single * math.sqrt(n / max(worth - fitted, 1.0))
    u = max(corrected, _bootstrapped(residual, by, fitted), _mixed(residual, by, fitted))
    readings = min(worth, n * (single / u) ** 2)
    return Scatter(u, max(readings - fitted, 1.0), readings)


def _shorter(residual: Draws, by: Draws) -> tuple[Draws, Draws]:
    """Means of neighbours and the sums of their weights, where the series is long."""
    k = -(-len(residual) // LONGEST)
    whole = len(residual) // k * k
    kept, weights = residual[:whole].reshape(-1, k), by[:whole].reshape(-1, k)
    return kept.mean(axis=1), weights.sum(axis=1)


def _bootstrapped(residual: Draws, by: Draws, fitted: int) -> float:
    """Standard deviation of `by` @ y over post-blackened moving-block resamples of `residual`."""
    n = len(residual)
    memory = _memory(residual, fitted)
    left = residual[1:] - memory * residual[:-1]
    left = left - left.mean()
    # What one innovation adds to the estimate by itself and by all that follows it.
    effect = _followed(by[::-1], memory)[::-1]
    length = block_length(left)
    variance = _block_variance(left, effect[1:], length)
    before = float(left @ left) / n * float(effect[0]) ** 2 / (1.0 - memory**2)
    return math.sqrt((variance + before) * n / max(n - fitted - 1, 1))


def _mixed(residual: Draws, by: Draws, fitted: int) -> float:
    """Standard deviation of `by` @ y where slow memory lies under the noise of single readings.

    The noise lowers all autocorrelations alike, so their decay tells the memory and their level
    tells how much of the scatter has it.
    """
    n = len(residual)
    rho = autocorrelation(residual, 3)[1:]
    if rho[0] < 4.0 / math.sqrt(n) or rho[1] <= 0.0:
        return 0.0
    decay = float((rho[1] + rho[2]) / (rho[0] + rho[1]))
    memory = _unbiased(decay, n, fitted)
    share = min(_unbiased(float(rho[0]), n, fitted) / max(memory, 1e-9), 1.0)
    slow = float(by @ (2.0 * _followed(by, memory) - by))
    variance = share * slow + (1.0 - share) * float(by @ by)
    # A residual holds less of slow scatter than the series did, by what the fit took of it.
    held = 1.0 - share * slow / (n * float(by @ by))
    spread = float(residual @ residual) / (n - fitted) / max(held, 0.5)
    return math.sqrt(max(variance, 0.0) * spread)


def _followed(by: Draws, memory: float) -> Draws:
    """`by` with `memory` to the power of the distance of all that came before added."""
    # It loads for most of a second, and who lists procedures filters nothing.
    from scipy import signal  # pyright: ignore[reportMissingTypeStubs]

    followed = signal.lfilter([1.0], [1.0, -memory], by)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return np.asarray(followed, dtype=np.float64)


def _memory(residual: Draws, fitted: int) -> float:
    """Coefficient of the first-order autoregression of `residual`."""
    rho = float(residual[1:] @ residual[:-1]) / float(residual @ residual)
    return _unbiased(rho, len(residual), fitted)


def _unbiased(rho: float, n: int, fitted: int) -> float:
    """Autocorrelation without the bias of a short series, within 0 to 1 - 2 / n."""
    bias = (1.0 + 3.0 * rho) if fitted == 1 else (2.0 + 4.0 * rho)
    return min(max(rho + bias / n, 0.0), 1.0 - 2.0 / n)


def _block_variance(left: Draws, effect: Draws, length: int) -> float:
    """Variance of `effect` @ e over moving-block resamples e of `left` in blocks of `length`."""
    n = len(left)
    covariance = autocorrelation(left, length) * float(left @ left) / n
    number = np.arange(n) // length
    total = covariance[0] * float(effect @ effect)
    for lag in range(1, length):
        same = number[lag:] == number[:-lag]
        total += 2.0 * covariance[lag] * float(effect[lag:][same] @ effect[:-lag][same])
    return max(total, 0.0)


def _checked(series: ArrayLike) -> Draws:
    y = np.asarray(series, dtype=np.float64)
    if len(y) < 8:
        raise Defect(f"{len(y)} readings tell no memory; at least 8 are needed")
    return y
