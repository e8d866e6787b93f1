"""Converters that follow set points together: each late by its own delay, with a first-order lag.

Active set points are straight between knots, reactive ones constant; so every output is known in
closed form at any time. What was is known for `grid_source.KEPT` seconds and the longest delay.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim_backends.models.first_order import area, follow
from sim_backends.models.grid_source import KEPT

Array = NDArray[np.float64]

_AT_REST = 40.0
"""Lags after which nothing is left of a change."""


class ConverterFleet:
    """`lags` and `delays` in s, of n converters, at rest at `t0`.

    Each knot is (time, active set points in W, their slopes in W/s, reactive set points in var,
    active outputs in W, reactive outputs in var, energies in J), all but the time of shape (n,);
    outputs and energies are those without the delay.
    """

    def __init__(self, lags: Sequence[float], delays: Sequence[float], t0: float) -> None:
        self._lags, self._delays = np.array(lags), np.array(delays)
        self._longest = float(self._delays.max())
        self._rest = self._longest + _AT_REST * float(self._lags.max())
        self._times = [t0]
        self._rows = [np.zeros((6, len(self._lags)))]

    def set(self, t: float, power: Array, slope: Array, reactive: Array) -> None:
        """From `t` on these set points in W, W/s and var; `t` never goes back."""
        row = self._undelayed(t)
        row[0], row[1], row[2] = power, slope, reactive
        if t == self._times[-1]:
            self._rows[-1] = row
        else:
            self._times.append(t)
            self._rows.append(row)
        self._forget(t)

    @property
    def asked(self) -> Array:
        """The last set points: powers in W, slopes in W/s, reactive powers in var; shape (3, n)."""
        return self._rows[-1][:3]

    def outputs(self, t: Array) -> tuple[Array, Array]:
        """Powers in W and reactive powers in var of each converter, shape (n, len(t))."""
        rows, s = self._pieces(t)
        lags = self._lags[:, None]
        power = follow(rows[3], rows[0], rows[1], lags, s)
        return power, follow(rows[4], rows[2], 0.0, lags, s)

    def totals(self, t: float) -> tuple[Array, Array] | None:
        """Powers in W and reactive powers in var, shape (n,), of a fleet that has come to rest by
        `t`; None while it moves."""
        row = self._rows[-1]
        if row[1].any() or t < self._times[-1] + self._rest:
            return None
        return row[0], row[2]

    def energy(self, t: float) -> Array:
        """Energy in J that each converter has fed in until `t`, shape (n,)."""
        rows, s = self._pieces(np.array([t]))
        moved = area(rows[3], rows[0], rows[1], self._lags[:, None], s)
        return (rows[5] + moved)[:, 0]

    def _pieces(self, t: Array) -> tuple[Array, Array]:
        """Rows of the knots before each of `t`, shape (6, n, len(t)), and the time since then."""
        late = t[None, :] - self._delays[:, None]
        times = np.array(self._times)
        index = np.maximum(np.searchsorted(times, late, side="right") - 1, 0)
        rows = np.array(self._rows)
        each = np.arange(len(self._lags))[:, None]
        found = rows[index, :, each].transpose(2, 0, 1)
        return found, np.maximum(late - times[index], 0.0)

    def _undelayed(self, t: float) -> Array:
        """The last knot's row as it has become by `t`."""
        row, s = self._rows[-1], t - self._times[-1]
        new = row.copy()
        new[5] = row[5] + area(row[3], row[0], row[1], self._lags, s)
        new[3] = follow(row[3], row[0], row[1], self._lags, s)
        new[4] = follow(row[4], row[2], 0.0, self._lags, s)
        return new

    def _forget(self, t: float) -> None:
        oldest = t - KEPT - self._longest
        while len(self._times) > 2 and self._times[1] <= oldest:
            del self._times[0], self._rows[0]
