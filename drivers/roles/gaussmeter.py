"""Role: gaussmeter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class FieldProbe:
    """The Hall probe: model, serial, certificate number, calibration date (ISO 8601)."""

    model: str
    serial: str
    certificate: str
    calibrated: str


class Gaussmeter(Driver, Protocol):
    """Reads magnetic flux density along the axis of its probe, signed.

    Over-range and a probe that is absent or was exchanged are `InstrumentError`; a range that it
    does not have is `LimitRefused`.
    """

    async def probe(self) -> FieldProbe:
        """Which probe is connected; fields in T follow its calibration."""
        ...

    async def set_mode(self, mode: Literal["dc", "rms", "peak"]) -> None:
        """What of the field in T is read."""
        ...

    async def set_range(self, field: float | None) -> None:
        """The smallest range that holds `field` in T; None: autorange."""
        ...

    async def zero(self) -> None:
        """Zero with the probe in its zero chamber."""
        ...

    async def field(self) -> Reading:
        """Magnetic flux density in T."""
        ...

    async def temperature(self) -> Reading:
        """Temperature of the probe in degC; `InstrumentError` for one without sensor."""
        ...
