"""Role: probe station."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class Die:
    """A die by column and row of the wafer map, the reference die being (0, 0)."""

    column: int
    row: int


class ProbeStation(Driver, Protocol):
    """Brings probes and the dies of a wafer together.

    A die outside the map, a chuck move with probes down, and positions and temperatures beyond the
    station's or the bench's limits are `LimitRefused`; a wafer that is not aligned or not held, and
    a contact that is not confirmed, are `InstrumentError`.
    """

    async def load_map(self, name: str) -> tuple[Die, ...]:
        """Wafer map in force by its name; its dies."""
        ...

    async def align(self) -> None:
        """Wafer aligned to its map and referenced; chuck separated."""
        ...

    async def go_to_die(self, die: Die) -> None:
        """Stand above `die`, separated; returns when it stands."""
        ...

    async def die(self) -> Die:
        """Die that the probes stand above."""
        ...

    async def contact(self, touching: bool) -> None:
        """Probes touching the pads, or separated; read back."""
        ...

    async def move_in_die(self, x: float, y: float) -> None:
        """Position in the die in m from its reference, separated; returns when it stands."""
        ...

    async def set_temperature(self, setpoint: float) -> None:
        """Target of the chuck in degC."""
        ...

    async def temperature(self) -> Reading:
        """Temperature of the chuck in degC."""
        ...

    async def vacuum(self, on: bool) -> None:
        """Wafer held by vacuum or released; `LimitRefused` off with probes down."""
        ...

    async def touchdowns(self) -> Reading:
        """Contacts made by the present probes, unit `cyc`."""
        ...

    async def is_closed(self) -> bool:
        """Whether the door or lid over the probes is closed."""
        ...
