"""How a high-voltage source touches the world."""

from __future__ import annotations

from typing import Protocol


class HighVoltagePort(Protocol):
    """Two terminals and the contact of a safety loop. Times are run time in s."""

    def drive(self, voltage: float, t: float) -> float:
        """Current in A that flows at `voltage` in V, which stands there from `t` on."""
        ...

    def yields(self, current: float, t: float) -> float:
        """Voltage in V that a source in its limit of `current` in A holds from `t` on."""
        ...

    def rest(self, t: float) -> None:
        """From `t` on nothing stands at the terminals."""
        ...

    def loop_closed(self, t: float) -> bool:
        """Whether the safety loop is closed at `t`."""
        ...
