"""A linear stage as a controller's amplifier sees it: a carriage between two limit switches."""

from __future__ import annotations

from typing import Protocol


class AxisPort(Protocol):
    """A motorised carriage. Positions are in m from the edge of the home switch."""

    @property
    def travel(self) -> tuple[float, float]:
        """Positions in m of the negative and of the positive limit switch."""
        ...

    def position(self, t: float) -> float:
        """Where the carriage stands at time `t`, in m."""
        ...

    def drive(self, position: float, t: float) -> None:
        """The motor pulls the carriage to `position` in m, reached at time `t`."""
        ...


class LinearAxis:
    """A carriage at `position` m between limit switches at `travel` m; fits `AxisPort`.

    `block` puts an obstacle in its way, which it does not pass: a stall.
    """

    def __init__(
        self, position: float = 0.0, *, travel: tuple[float, float] = (-0.05, 0.05)
    ) -> None:
        self._position = position
        self._travel = travel
        self._obstacle: float | None = None

    @property
    def travel(self) -> tuple[float, float]:
        """Limit switches in m."""
        return self._travel

    def block(self, obstacle: float | None) -> None:
        """An obstacle at `obstacle` m; None takes it away."""
        self._obstacle = obstacle

    def position(self, t: float) -> float:
        """Where the carriage stands, in m."""
        return self._position

    def drive(self, position: float, t: float) -> None:
        """Pull the carriage, as far as the obstacle."""
        wall = self._obstacle
        if wall is not None and (self._position - wall) * (position - wall) <= 0.0:
            position = wall
        self._position = position
