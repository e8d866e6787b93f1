"""Measured values beside the true ones they should have come to: pure statistics."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np


class Comparison(msgspec.Struct, frozen=True):
    """One device: `true` and `measured` value with standard uncertainty `u`, and the interval
    `lo`..`hi` (95 %), all in the row's unit; `seed` made bench and device."""

    seed: int
    true: float
    measured: float
    u: float
    lo: float
    hi: float
    outcome: str

    @property
    def z(self) -> float:
        """(true - measured) / u, dimensionless; of a normal distribution METROLOGY's z."""
        return (self.true - self.measured) / self.u

    @property
    def covered(self) -> bool:
        """Whether the 95 % interval holds the true value."""
        return self.lo <= self.true <= self.hi


class Line(msgspec.Struct, frozen=True):
    """measured = `intercept` + `slope` x true: `intercept` in the row's unit, with their u."""

    slope: float
    u_slope: float
    intercept: float
    u_intercept: float


class Summary(msgspec.Struct, frozen=True):
    """Statistics of z over `count` devices: `misses` are true values outside the interval."""

    count: int
    rms_z: float
    mean_z: float
    misses: int


def line_through(points: Sequence[Comparison]) -> Line:
    """Weighted least-squares line of measured on true; the points' errors are independent.

    At least two true values. Source: JCGM 100, H.3, with weights 1/u2.
    """
    true = np.array([point.true for point in points])
    measured = np.array([point.measured for point in points])
    weights = np.array([point.u for point in points]) ** -2.0
    design = np.stack([np.ones_like(true), true], axis=1)
    covariance = np.linalg.inv(design.T @ (weights[:, None] * design))
    intercept, slope = covariance @ (design.T @ (weights * measured))
    u_intercept, u_slope = np.sqrt(np.diag(covariance))
    return Line(float(slope), float(u_slope), float(intercept), float(u_intercept))


def summary(points: Sequence[Comparison]) -> Summary:
    """Root mean square and mean of z, and the number of true values outside their interval."""
    z = np.array([point.z for point in points])
    misses = sum(not point.covered for point in points)
    return Summary(len(points), float(np.sqrt(np.mean(z**2))), float(z.mean()), misses)
