"""How a potentiostat touches a cell."""

from __future__ import annotations

from typing import Protocol


class ElectrochemicalPort(Protocol):
    """A cell between working and reference electrode. V is the potential of the working electrode
    against the reference; current counts positive when it is anodic. Times are run time in s."""

    def current(self, voltage: float, t: float) -> float:
        """Current in A at `t`, with `voltage` in V applied from `t` on until the next call."""
        ...

    def voltage(self, current: float, t: float) -> float:
        """Potential in V when `current` in A is driven at `t` (0 A: open circuit potential)."""
        ...

    def impedance(self, frequency: float, voltage: float, t: float) -> complex:
        """Small-signal impedance in Ohm at `frequency` in Hz about `voltage` in V at `t`."""
        ...

    def disconnect(self, t: float) -> None:
        """The cell is switched off from `t` on and rests at open circuit."""
        ...
