"""How many independent readings a logged series is worth, whose errors hang together in time.

Plain standard errors assume independent readings. A series with memory carries fewer: its
effective sample size is n / (1 + 2 sum of autocorrelations). The uncertainty of its mean and of
its slope stands in `labctl.uncertainty.memory`. Sources:
C. J. Geyer, Statistical Science 7 (1992) 473 (initial positive sequence); JCGM 100 4.2.7.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]


def autocorrelation(series: ArrayLike, lags: int) -> Vector:
    """Autocorrelations of `series` (shape (n,)) for lags 0..`lags`, shape (lags + 1,)."""
    x = np.asarray(series, dtype=np.float64)
    x = x - x.mean()
    power = float(x @ x)
    if power == 0.0:
        return np.concatenate(([1.0], np.zeros(lags)))
    size = 1 << (2 * len(x) - 1).bit_length()
    spectrum = np.fft.rfft(x, size)
    return np.fft.irfft(spectrum * np.conj(spectrum), size)[: lags + 1] / power


def effective_size(series: ArrayLike) -> float:
    """Number of independent readings that a mean over `series` (shape (n,)) is worth, 1..n.

    Sums of neighbouring autocorrelations are added while they stay positive (Geyer 1992).
    """
    x = np.asarray(series, dtype=np.float64)
    n = len(x)
    if n < 4:
        return 1.0
    rho = autocorrelation(x, n // 2)
    pairs = rho[1:-1:2] + rho[2::2]
    negative = np.flatnonzero(pairs <= 0)
    stop = int(negative[0]) if len(negative) else len(pairs)
    tau = 1.0 + 2.0 * float(pairs[:stop].sum())
    return float(np.clip(n / tau, 1.0, n))
