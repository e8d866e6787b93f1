"""Role: pressure transducer."""

from __future__ import annotations

from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class PressureTransducer(Driver, Protocol):
    """Reads an absolute, gauge or differential pressure.

    A pressure outside the calibrated range or a sensor fault is `InstrumentError`; an averaging
    time that it cannot do is `LimitRefused`.
    """

    async def reference(self) -> Literal["absolute", "gauge", "differential"]:
        """What the pressure in Pa is measured against."""
        ...

    async def pressure(self) -> Reading:
        """Pressure in Pa against `reference()`."""
        ...

    async def temperature(self) -> Reading:
        """Temperature of the transducer in degC."""
        ...

    async def set_averaging(self, seconds: float) -> None:
        """Averaging time in s: the shortest setting that is not below `seconds`."""
        ...

    async def set_zero(self) -> None:
        """The present pressure counts as 0 Pa; `InstrumentError` on an absolute transducer."""
        ...

    async def zero_offset(self) -> Reading:
        """Offset in Pa that the zero setting takes off."""
        ...
