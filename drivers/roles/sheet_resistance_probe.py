"""Role: sheet resistance probe (four-point, eddy current)."""

from __future__ import annotations

from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class SheetResistanceProbe(Driver, Protocol):
    """Reads sheet resistance at a place; maps are the method's work, with a motion stage.

    A current beyond the probe's or the bench's limits is `LimitRefused`; no contact, no sample and
    over-range are `InstrumentError`.
    """

    async def principle(self) -> Literal["four_point", "eddy_current"]:
        """How the sheet resistance in ohm is found."""
        ...

    async def contact(self, touching: bool) -> None:
        """Probe on the sample at its set force, or lifted."""
        ...

    async def set_current(self, current: float) -> None:
        """Test current in A of a four-point probe."""
        ...

    async def set_geometry_factor(self, factor: float) -> None:
        """Factor for sample size and position, dimensionless (infinite sheet: 1)."""
        ...

    async def sheet_resistance(self) -> Reading:
        """Sheet resistance in ohm (per square), mean of both current directions."""
        ...

    async def temperature(self) -> Reading:
        """Temperature of the sample's chuck in degC."""
        ...
