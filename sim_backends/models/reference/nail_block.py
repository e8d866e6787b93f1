"""A block of known stiffness under a nail press, behind a guard door (NailPort)."""

from __future__ import annotations


class NailBlock:
    """A spring of `stiffness` N/m below the surface; nothing breaks. `closed` is the guard door."""

    def __init__(self, stiffness: float, tip: float) -> None:
        """The tip stands at depth `tip` in m."""
        self.stiffness = stiffness
        self.closed = True
        self._tip, self._speed, self._since = tip, 0.0, 0.0

    def drive(self, depth: float, speed: float, t: float) -> None:
        """The tip moves with `speed` in m/s from `depth` in m on."""
        self._tip, self._speed, self._since = depth, speed, t

    def depth(self, t: float) -> float:
        """Where the tip is, in m."""
        return self._tip + self._speed * (t - self._since)

    def force(self, t: float) -> float:
        """Force in N of the spring."""
        return self.stiffness * max(self.depth(t), 0.0)

    def guard_closed(self, t: float) -> bool:
        """Whether the guard door is closed."""
        return self.closed
