"""Equivalent circuit of an electrochemical cell, fitted to its impedance. Pure.

Z = R + j w L + sum of arcs Ri / (1 + (j w ti)^ni): an inductance, what is in series with all arcs,
and depressed arcs (M. Orazem, B. Tribollet, Electrochemical Impedance Spectroscopy, 2nd ed.,
13.1 and 14.3). Least squares of real and imaginary parts together, each over its own uncertainty.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

Array = NDArray[np.float64]
Complex = NDArray[np.complex128]

FLAT = (0.6, 1.0)
"""Least and most exponent of an arc."""

WIDE = 12.0
"""Resistances lie within e^+-12 of the spectrum's median magnitude."""

FAR = 1e4
"""An arc's time constant lies within the measured ones, wider by this factor."""


@dataclass(frozen=True)
class Arc:
    """A depressed arc: `resistance` in ohm, `time` in s, `exponent`."""

    resistance: float
    time: float
    exponent: float


@dataclass(frozen=True, eq=False)
class Circuit:
    """A fitted circuit: `resistance` R in ohm with the standard uncertainty `u` that its
    residuals tell, `inductance` in H, `arcs`; `weights` (shape (2 n,)) change R in ohm by each
    ohm of the real parts, then of the imaginary parts; `misfit` is the residuals' root mean
    square over their uncertainties."""

    resistance: float
    u: float
    inductance: float
    arcs: tuple[Arc, ...]
    weights: Array
    misfit: float

    def impedance(self, frequency: Array) -> Complex:
        """Impedance in ohm at `frequency` in Hz."""
        return _model(_packed(self), 2.0j * np.pi * frequency.astype(np.complex128))


def fit(frequency: Array, impedance: Complex, sigma: Array, arcs: int) -> Circuit:
    """The circuit of `arcs` arcs for `impedance` in ohm (shape (n,)) at `frequency` in Hz.

    `sigma` in ohm, shape (2 n,), weighs real then imaginary parts. ValueError for fewer readings
    than parameters, or where no circuit is found.
    """
    count = 2 + 3 * arcs
    if 2 * len(frequency) <= count:
        raise ValueError(f"{len(frequency)} frequencies are too few for {arcs} arcs")
    omega: Complex = 2.0j * np.pi * frequency.astype(np.complex128)
    scale = float(np.median(np.abs(impedance)))

    def residual(x: Array) -> Array:
        return _apart(scale * _model(_unpacked(x), omega) - impedance) / sigma

    found = min(
        (_solve(residual, start, omega, arcs) for start in _starts(impedance / scale, omega, arcs)),
        key=lambda one: one.cost,
    )
    if not found.success:
        raise ValueError("no circuit fits this impedance")
    return _circuit(found, sigma, scale)


def _solve(residual: object, start: Array, omega: Complex, arcs: int) -> optimize.OptimizeResult:
    times = 1.0 / np.abs(omega)
    low, high = np.log(times.min() / FAR), np.log(times.max() * FAR)
    small, large = -WIDE, WIDE
    least = np.array([small, small + low, *((small, low, FLAT[0]) * arcs)])
    most = np.array([large, large + high, *((large, high, FLAT[1]) * arcs)])
    inside = np.clip(start, least + 1e-9, most - 1e-9)
    return optimize.least_squares(
        residual, inside, bounds=(least, most), x_scale="jac", max_nfev=400
    )  # pyright: ignore[reportArgumentType]


def _starts(z: Complex, omega: Complex, arcs: int) -> list[Array]:
    """Where to begin: the arcs' times spread over the measured ones, in two ways."""
    order = np.argsort(np.abs(omega))
    times = 1.0 / np.abs(omega[order])
    resistance = max(float(z.real.min()), 1e-3)
    width = max(float(z.real.max() - z.real.min()), 1e-3) / arcs
    reactance = float(z.imag[order][-1])
    inductance = max(reactance, 1e-4) * times[-1]
    out: list[Array] = []
    for spread in (0.5, 0.8):
        shares = 0.5 + spread * (np.arange(arcs) - (arcs - 1) / 2) / max(arcs, 2)
        at = np.exp(np.log(times[-1]) + shares * (np.log(times[0]) - np.log(times[-1])))
        each = [(np.log(width), np.log(time), 0.9) for time in at]
        out.append(np.array([np.log(resistance), np.log(inductance), *np.ravel(each)]))
    return out


def _circuit(found: optimize.OptimizeResult, sigma: Array, scale: float) -> Circuit:
    x = np.asarray(found.x, dtype=np.float64)
    jacobian, residuals = np.asarray(found.jac), np.asarray(found.fun)
    pseudo = np.linalg.pinv(jacobian)
    resistance = scale * float(np.exp(x[0]))
    weights = resistance * pseudo[0] / sigma
    freedom = max(len(residuals) - len(x), 1)
    misfit = float(np.sqrt(residuals @ residuals / freedom))
    u = misfit * float(np.linalg.norm(weights * sigma))
    values = _unpacked(x)
    arcs = tuple(Arc(scale * float(r), float(t), float(n)) for r, t, n in values[2:].reshape(-1, 3))
    return Circuit(resistance, u, scale * float(values[1]), arcs, weights, misfit)


def _unpacked(x: Array) -> Array:
    """Parameters themselves from their logarithms; exponents are as they are."""
    out = np.exp(x)
    out[4::3] = x[4::3]
    return out


def _packed(circuit: Circuit) -> Array:
    arcs = [(arc.resistance, arc.time, arc.exponent) for arc in circuit.arcs]
    return np.array([circuit.resistance, circuit.inductance, *np.ravel(arcs)])


def _model(values: Array, omega: Complex) -> Complex:
    z = values[0] + omega * values[1]
    for resistance, time, exponent in values[2:].reshape(-1, 3):
        z = z + resistance / (1.0 + (omega * time) ** exponent)
    return z


def _apart(z: Complex) -> Array:
    return np.concatenate((z.real, z.imag))
