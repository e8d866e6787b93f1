"""Least-squares polynomials, one for each draw, solved together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


BLOCK = 256
"""Draws that are worked on at a time: their arrays stay in the processor's cache."""


def fit(x: Array, y: Array, degree: int) -> Array:
    """Coefficients of the least-squares polynomials of `y` on `x`, lowest power first.

    `x` and `y` have the shape (draws, n), the result (draws, degree + 1). `x` should lie about
    within -1..1: the normal equations are solved, which square the condition of the problem.
    """
    sums = np.empty((x.shape[0], 2 * degree + 1))
    right = np.empty((x.shape[0], degree + 1))
    for start in range(0, x.shape[0], BLOCK):
        rows = slice(start, start + BLOCK)
        _moments(x[rows], y[rows], sums[rows], right[rows])
    row = np.arange(degree + 1)
    matrix = sums[:, row[:, None] + row]
    return np.asarray(np.linalg.solve(matrix, right[..., None])[..., 0], dtype=np.float64)


def _moments(x: Array, y: Array, sums: Array, right: Array) -> None:
    """Put the sums of x^k into `sums` and those of x^k y into `right`, one column a power."""
    # Sums of powers are a handful of passes over the data; a stack of small matrix products is not.
    power = np.ones_like(x)
    for exponent in range(sums.shape[1]):
        sums[:, exponent] = power.sum(axis=-1)
        if exponent < right.shape[1]:
            right[:, exponent] = np.einsum("ij,ij->i", power, y)
        power *= x


def value(coefficients: Array, x: Array) -> Array:
    """Polynomials (draws, degree + 1) at `x` (draws,), by Horner's rule; shape (draws,)."""
    out = np.zeros_like(x)
    for power in range(coefficients.shape[-1] - 1, -1, -1):
        out = out * x + coefficients[..., power]
    return out


def derivative(coefficients: Array) -> Array:
    """Coefficients of the derivatives: shape (draws, degree + 1) -> (draws, degree)."""
    return coefficients[..., 1:] * np.arange(1, coefficients.shape[-1])


def maximum(coefficients: Array, low: float, high: float) -> tuple[Array, Array]:
    """Place and value of each polynomial's maximum on [`low`, `high`], each of shape (draws,).

    The best of 65 equidistant places is refined by Newton's rule on the derivative, kept within
    one spacing of it.
    """
    start = _highest(coefficients, np.linspace(low, high, 65))
    x = start.copy()
    first, second = derivative(coefficients), derivative(derivative(coefficients))
    for _ in range(8):
        curvature = value(second, x)
        step = np.divide(value(first, x), curvature, out=np.zeros_like(x), where=curvature < 0)
        x = np.clip(x - step, start - (high - low) / 64, start + (high - low) / 64)
    x = np.clip(x, low, high)
    return x, value(coefficients, x)


def _highest(coefficients: Array, places: Array) -> Array:
    """Which of `places` (k,) each polynomial is highest at, shape (draws,)."""
    powers = places[:, None] ** np.arange(coefficients.shape[-1])
    out = np.empty(coefficients.shape[0])
    for start in range(0, len(out), BLOCK):
        rows = slice(start, start + BLOCK)
        out[rows] = places[np.argmax(coefficients[rows] @ powers.T, axis=-1)]
    return out
