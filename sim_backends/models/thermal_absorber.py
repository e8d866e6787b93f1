"""The absorber of a thermal power head: it warms with one time constant.

Between changes of the light its warmth follows tau y' = P - y exactly (`first_order.follow`).
"""

from __future__ import annotations

from sim_backends.models.first_order import follow


class ThermalAbsorber:
    """Warmth in W of an absorber with the time constant `tau` in s, cold at `t0` in s."""

    def __init__(self, tau: float, t0: float) -> None:
        self._tau = tau
        self._warm, self._power, self._since = 0.0, 0.0, t0

    def receive(self, power: float, t: float) -> None:
        """From `t` in s on `power` in W falls on it."""
        self._warm, self._since, self._power = self.warmth(t), t, power

    def warmth(self, t: float) -> float:
        """Power in W that its warmth stands for at `t` in s, not before the last change."""
        s = max(t - self._since, 0.0)
        return float(follow(self._warm, self._power, 0.0, self._tau, s))
