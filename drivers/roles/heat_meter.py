"""Role: heat meter."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class HeatMeter(Driver, Protocol):
    """Meters the heat that a liquid carries between flow and return (EN 1434).

    A sensor fault or a reversed temperature difference is `InstrumentError`. It takes no settings,
    so nothing is ever refused.
    """

    async def power(self) -> Reading:
        """Thermal power in W."""
        ...

    async def energy(self) -> Reading:
        """Heat since the meter's own zero, in J; wraps of its counter are added up."""
        ...

    async def volume_flow(self) -> Reading:
        """Flow of the liquid in m**3/s in its operating state."""
        ...

    async def total_volume(self) -> Reading:
        """Liquid passed since the meter's own zero, in m**3 in its operating state."""
        ...

    async def flow_temperature(self) -> Reading:
        """Temperature of the flow pipe in degC."""
        ...

    async def return_temperature(self) -> Reading:
        """Temperature of the return pipe in degC."""
        ...
