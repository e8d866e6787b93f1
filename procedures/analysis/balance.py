"""Power of a two-terminal tandem against the balance of its subcells' light. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

Array = NDArray[np.float64]


class Balance:
    """Power against x, the ln of the top subcell's light over the bottom one's.

    `power` (W at equal mean light) was read at the points `x` (shape (n,), n >= 3, all different).
    Between them it is a cubic that keeps the points' shape (F. N. Fritsch, J. Butland, SIAM J. Sci.
    Stat. Comput. 5 (1984) 300), beyond them a straight line.
    """

    def __init__(self, x: Sequence[float], power: Sequence[float]) -> None:
        order = np.argsort(x)
        self._x = np.asarray(x, dtype=np.float64)[order]
        self._curve = PchipInterpolator(self._x, np.asarray(power, dtype=np.float64)[order])
        self._slope = self._curve.derivative()

    def power(self, x: Array) -> Array:
        """Power in W at `x`, of its shape."""
        inside = np.clip(x, self._x[0], self._x[-1])
        return np.asarray(self._curve(inside) + self._slope(inside) * (x - inside))

    def ratio(self, true: Array, read: float) -> Array:
        """Power at `true` over that at the point `read`."""
        return self.power(true) / float(self.power(np.array(read)))
