"""Role: step attenuator."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class StepAttenuator(Driver, Protocol):
    """Weakens a radio-frequency signal in steps. An attenuation between its steps or beyond them is
    `LimitRefused`; a section that reads back otherwise is `InstrumentError`."""

    async def steps(self) -> tuple[float, ...]:
        """Attenuations in dB that can be set, insertion loss not counted."""
        ...

    async def set_attenuation(self, attenuation: float) -> None:
        """Attenuation in dB, one of `steps`; returns when it is settled."""
        ...

    async def attenuation(self) -> Reading:
        """Attenuation in dB that is in force, insertion loss not counted."""
        ...

    async def insertion_loss(self, frequency: float) -> Reading:
        """Loss in dB at 0 dB and `frequency` in Hz, by the certificate."""
        ...
