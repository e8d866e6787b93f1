"""Role: steam generator (controlled evaporation)."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class SteamGenerator(Driver, Protocol):
    """Evaporates a metered flow of water into a carrier gas.

    A flow or temperature beyond the generator's or the bench's limits, and heat without flow, are
    `LimitRefused`; an evaporator too cold for its flow is `InstrumentError`.
    """

    async def set_water_flow(self, flow: float) -> None:
        """Target of the liquid water in kg/s."""
        ...

    async def set_carrier_flow(self, flow: float) -> None:
        """Target of the carrier gas in m**3/s at 0 degC and 101325 Pa."""
        ...

    async def set_temperature(self, setpoint: float) -> None:
        """Target of the evaporator in degC."""
        ...

    async def output(self, on: bool) -> None:
        """Evaporating, or water closed and evaporator off with the carrier flowing on."""
        ...

    async def water_flow(self) -> Reading:
        """Flow of liquid water in kg/s."""
        ...

    async def carrier_flow(self) -> Reading:
        """Flow of carrier gas in m**3/s at 0 degC and 101325 Pa."""
        ...

    async def temperature(self) -> Reading:
        """Temperature of the vapour at the outlet in degC."""
        ...
