"""Role: optical attenuator."""

from __future__ import annotations

from typing import Protocol

from drivers.roles.optical_attenuator_switch import OpticalAttenuatorSwitch
from labctl.evidence import Reading


class OpticalAttenuator(OpticalAttenuatorSwitch, Protocol):
    """Weakens light by a set ratio. `LimitRefused` beyond its range or the power that it bears."""

    async def set_attenuation(self, attenuation: float) -> None:
        """Attenuation in dB, insertion loss not counted; returns when it is settled."""
        ...

    async def attenuation(self) -> Reading:
        """Attenuation in dB by the position, insertion loss not counted."""
        ...
