"""Disturbances that are functions of a seed and of time alone.

A reading that is taken or left out moves no later value, and a long step meets the same path as
many short ones.
"""

from __future__ import annotations

from math import exp, sqrt

import numpy as np


def ornstein_uhlenbeck(x: float, dt: float, tau: float, sigma: float, xi: float) -> float:
    """The process after `dt` s from `x`: exact for any step.

    `tau` correlation time in s, `sigma` stationary standard deviation in the unit of `x`, `xi` a
    standard normal number. Gillespie, Phys. Rev. E 54 (1996) 2084, eq. 2.
    """
    memory = exp(-dt / tau)
    return x * memory + sigma * sqrt(1.0 - memory * memory) * xi


class Drift:
    """A slow Ornstein-Uhlenbeck process of mean 0: exact at knots, straight between them.

    `sigma` stationary standard deviation, `tau` correlation time in s, `spacing` of the knots in
    s (small against `tau`), `rng` its own stream. Times never go back.
    """

    def __init__(
        self, sigma: float, tau: float, spacing: float, rng: np.random.Generator, t0: float = 0.0
    ) -> None:
        self._sigma, self._tau, self._spacing = sigma, tau, spacing
        self._rng = rng
        self._start = t0
        self._left = sigma * float(rng.standard_normal())
        self._right = self._next(self._left)

    def _next(self, x: float) -> float:
        xi = float(self._rng.standard_normal())
        return ornstein_uhlenbeck(x, self._spacing, self._tau, self._sigma, xi)

    def at(self, t: float) -> float:
        """Value at time `t` in s, in the unit of `sigma`."""
        while t >= self._start + self._spacing:
            self._start += self._spacing
            self._left, self._right = self._right, self._next(self._right)
        share = (t - self._start) / self._spacing
        return self._left + (self._right - self._left) * share


class Flicker:
    """Fast noise of mean 0: independent values at grid points, straight between them.

    `sigma` standard deviation at a grid point, `spacing` of the grid in s. Each value is hashed
    from its index, so that any time costs the same. Sum of four uniforms (Irwin-Hall): Gaussian
    to 0.02 in its distribution, bounded at 3.5 sigma.
    """

    def __init__(self, sigma: float, spacing: float, rng: np.random.Generator) -> None:
        self._scale = sigma * sqrt(3.0)
        self._spacing = spacing
        self._key = int(rng.integers(1 << 63))

    def _value(self, index: int) -> float:
        # splitmix64 (Steele, Lea, Flood, OOPSLA 2014)
        z = (self._key + index * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        z ^= z >> 31
        four = (z & 0xFFFF) + (z >> 16 & 0xFFFF) + (z >> 32 & 0xFFFF) + (z >> 48)
        return self._scale * ((four + 2.0) / 65536.0 - 2.0)

    def at(self, t: float) -> float:
        """Value at time `t` in s, in the unit of `sigma`."""
        position = t / self._spacing
        index = int(position)
        left = self._value(index)
        return left + (self._value(index + 1) - left) * (position - index)
