"""A wafer with a thickness that changes with the radius, and with defects on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np


@dataclass(frozen=True)
class Defect:
    """At `x`, `y` in m from the centre (notch at -y), `size` in m, `kind` in words."""

    x: float
    y: float
    size: float
    kind: str


class WaferPort(Protocol):
    """A wafer on a chuck. Times are run time in s."""

    @property
    def diameter(self) -> float:
        """Diameter in m."""
        ...

    @property
    def defects(self) -> Sequence[Defect]:
        """What lies on it."""
        ...

    def thickness(self, x: Any, y: Any, t: float) -> Any:
        """Thickness in m at `x`, `y` in m from the centre."""
        ...


@dataclass(frozen=True)
class BowlWafer:
    """`mean` thickness in m over the whole disc of `diameter` in m; a bowl of the relative
    amplitude `bowl`: thickness = mean (1 + bowl (2 (r / R)^2 - 1))."""

    mean: float
    bowl: float
    diameter: float
    defects: tuple[Defect, ...] = ()

    def thickness(self, x: Any, y: Any, t: float) -> Any:
        """Thickness in m."""
        share = (np.asarray(x) ** 2 + np.asarray(y) ** 2) / (0.5 * self.diameter) ** 2
        return self.mean * (1.0 + self.bowl * (2.0 * share - 1.0))

    def mean_within(self, radius: float) -> float:
        """Mean thickness in m within `radius` in m."""
        return self.mean * (1.0 + self.bowl * ((radius / (0.5 * self.diameter)) ** 2 - 1.0))

    def half_range_within(self, radius: float) -> float:
        """Half of largest less smallest thickness within `radius` in m, relative to their mean."""
        edge = self.mean * self.bowl * (radius / (0.5 * self.diameter)) ** 2
        return abs(edge) / self.mean_within(radius)
