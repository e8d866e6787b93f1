"""Role: flow meter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class VolumeFlow:
    """A volume flow in m**3/s, and the state it stands for: `operating` is the state in the pipe;
    otherwise the gas's reference state, `temperature` in degC and `pressure` in Pa (absolute)."""

    flow: Reading
    operating: bool
    temperature: float | None
    pressure: float | None


class FlowMeter(Driver, Protocol):
    """Meters a gas or a liquid; what the meter does not have is `InstrumentError`.

    A flow outside the metering range, a pipe not full and a wrong direction are `InstrumentError`
    as well. A damping that the meter cannot do is `LimitRefused`.
    """

    async def mass_flow(self) -> Reading:
        """Mass flow in kg/s."""
        ...

    async def volume_flow(self) -> VolumeFlow:
        """Volume flow in m**3/s with the state that it stands for."""
        ...

    async def density(self) -> Reading:
        """Density in the pipe in kg/m**3."""
        ...

    async def temperature(self) -> Reading:
        """Temperature in the pipe in degC."""
        ...

    async def total_mass(self) -> Reading:
        """Mass passed since the meter's own zero, in kg; wraps of its counter are added up."""
        ...

    async def total_volume(self) -> Reading:
        """Volume passed since the meter's own zero, in m**3 of the state of `volume_flow`."""
        ...

    async def set_damping(self, seconds: float) -> None:
        """Time constant of the shown flow in s: the shortest setting not below `seconds`."""
        ...

    async def faults(self) -> tuple[str, ...]:
        """Faults and warnings that stand, in the meter's words; none is a quantity."""
        ...
