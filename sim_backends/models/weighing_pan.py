"""The pan of a balance, what lies on it, and the port of the weighing cell below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Loading:
    """What the cell carries: `mass` kg now, `before` kg until run time `since` s, when it was last
    changed at once, and the `rate` in kg/s at which it changes steadily."""

    mass: float
    before: float
    since: float
    rate: float


class PanPort(Protocol):
    """A weighing cell's load, as conventional mass in air."""

    def loading(self, t: float) -> Loading:
        """The load at time `t`."""
        ...


class WeighingPan:
    """A pan with `mass` kg on it, at rest for a long time; fits `PanPort`."""

    def __init__(self, mass: float = 0.0) -> None:
        self._mass = self._before = mass
        self._rate = 0.0
        self._since = float("-inf")
        self._t: float | None = None

    def put(self, mass: float, t: float) -> None:
        """Add `mass` kg at time `t`; negative: take away."""
        self._advance(t)
        self._before, self._since = self._mass, t
        self._mass += mass

    def pour(self, rate: float, t: float) -> None:
        """From `t` on `rate` kg/s flow onto the pan; negative: they evaporate."""
        self._advance(t)
        self._rate = rate

    def loading(self, t: float) -> Loading:
        """The load at time `t`."""
        self._advance(t)
        return Loading(self._mass, self._before, self._since, self._rate)

    def _advance(self, t: float) -> None:
        dt = 0.0 if self._t is None else max(t - self._t, 0.0)
        self._mass += self._rate * dt
        self._before += self._rate * dt
        self._t = t
