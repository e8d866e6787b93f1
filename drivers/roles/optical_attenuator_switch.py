"""Role: what optical attenuators and switches have in common."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class OpticalAttenuatorSwitch(Driver, Protocol):
    """Moves optics in a beam or fibre, and takes time to do so.

    A wavelength or position that it does not have is `LimitRefused`; a movement that does not end
    is `InstrumentError`.
    """

    async def set_wavelength(self, wavelength: float) -> None:
        """Wavelength in m that losses are calibrated for."""
        ...

    async def shutter(self, is_open: bool) -> None:
        """Light passing or blocked; returns when it has moved."""
        ...

    async def is_settled(self) -> bool:
        """Whether nothing moves."""
        ...

    async def insertion_loss(self) -> Reading:
        """Loss in dB at the wavelength set and at no attenuation, on the present way."""
        ...
