"""Joint normal errors of several quantities, real and complex (JCGM 101, 6.4.8; JCGM 102)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from labctl.errors import Defect
from labctl.uncertainty.shapes import Draws


def factor(covariance: ArrayLike) -> Draws:
    """A matrix A of shape (n, n) with A A' = `covariance`, which may be singular.

    `Defect` where it is not symmetric or not positive semidefinite beyond rounding.
    """
    matrix = np.asarray(covariance, dtype=np.float64)
    # Scaled to correlations, so that rounding means the same for quantities of unlike size.
    scale = np.sqrt(np.abs(np.diag(matrix)))
    unit = np.where(scale > 0, scale, 1.0)
    rho = matrix / np.outer(unit, unit)
    if not np.allclose(rho, rho.T, rtol=0, atol=1e-9):
        raise Defect("the covariance matrix is not symmetric")
    values, directions = np.linalg.eigh((rho + rho.T) / 2)
    if values[0] < -1e-9 * len(values):
        raise Defect(f"the covariance matrix is not positive: eigenvalue {values[0]:.3g}")
    return unit[:, None] * directions * np.sqrt(np.clip(values, 0.0, None))


def covariance_of(u: ArrayLike, correlation: ArrayLike) -> Draws:
    """The covariance matrix, shape (n, n), of standard uncertainties `u` (n,) and correlations."""
    deviations = np.asarray(u, dtype=np.float64)
    return np.outer(deviations, deviations) * np.asarray(correlation, dtype=np.float64)


def covariance_of_means(observations: ArrayLike) -> Draws:
    """Covariance matrix (k, k) of the means of `observations`, shape (n, k): n readings of all k.

    Source: JCGM 100, 5.2.3, equation 17.
    """
    read = np.asarray(observations, dtype=np.float64)
    return np.atleast_2d(np.cov(read, rowvar=False, ddof=1)) / len(read)


def apart(values: ArrayLike) -> Draws:
    """Real parts of complex `values` (n,) followed by the imaginary parts, shape (2 n,)."""
    numbers = np.asarray(values, dtype=np.complex128)
    return np.concatenate((numbers.real, numbers.imag))
