"""The electricity grid at a socket: voltage and frequency that change when told to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class MainsPort(Protocol):
    """What an instrument sees of the grid."""

    def voltage(self, t: float) -> float:
        """Root mean square voltage in V between line and neutral; 0 in an outage."""
        ...

    def frequency(self, t: float) -> float:
        """Frequency in Hz; 0 in an outage."""
        ...


class Mains:
    """A grid of `nominal` V and `hertz` Hz; `sway` is a slow relative disturbance of the voltage.

    Fits `MainsPort`. `schedule` holds what is to come: changes take effect at their time.
    """

    def __init__(
        self,
        nominal: float = 230.0,
        hertz: float = 50.0,
        *,
        sway: Callable[[float], float] = lambda t: 0.0,
    ) -> None:
        self._nominal, self._hertz = nominal, hertz
        self._sway = sway
        self._level, self._rate = 1.0, 1.0
        self._coming: list[tuple[float, float, float]] = []

    def schedule(self, t: float, *, voltage: float, frequency: float) -> None:
        """From `t` on `voltage` in V and `frequency` in Hz (0 V: outage)."""
        self._coming.append((t, voltage / self._nominal, frequency / self._hertz))
        self._coming.sort()

    def fail(self, t: float) -> None:
        """An outage begins at `t`."""
        self.schedule(t, voltage=0.0, frequency=0.0)

    def restore(self, t: float) -> None:
        """Nominal voltage and frequency from `t` on."""
        self.schedule(t, voltage=self._nominal, frequency=self._hertz)

    def voltage(self, t: float) -> float:
        """V, line to neutral."""
        self._advance(t)
        return self._nominal * self._level * (1.0 + self._sway(t))

    def frequency(self, t: float) -> float:
        """Hz."""
        self._advance(t)
        return self._hertz * self._rate

    def next_change(self, t: float) -> float | None:
        """When the next change that is known takes effect."""
        self._advance(t)
        return self._coming[0][0] if self._coming else None

    def _advance(self, t: float) -> None:
        while self._coming and self._coming[0][0] <= t:
            _, self._level, self._rate = self._coming.pop(0)
