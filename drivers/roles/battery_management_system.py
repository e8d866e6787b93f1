"""Role: battery management system (storage system controller)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class Pack:
    """The whole store: voltage in V, current in A and power in W (discharge positive), coldest and
    warmest cell in degC, lowest and highest cell voltage in V."""

    voltage: Reading
    current: Reading
    power: Reading
    temperature_low: Reading
    temperature_high: Reading
    cell_low: Reading
    cell_high: Reading


@dataclass(frozen=True)
class PackLimits:
    """What the system allows at this moment: charge and discharge current in A."""

    charge: Reading
    discharge: Reading


class BatteryManagementSystem(Driver, Protocol):
    """Watches and steers a battery store.

    A value that is not available, a latched alarm where a command needs none, and a command that
    reads back otherwise are `InstrumentError`. Power beyond the system's present or the bench's
    limits is `LimitRefused`. Without a heartbeat the system opens its contactor.
    """

    async def state(self) -> Literal["off", "standby", "charge", "discharge", "fault"]:
        """What the system is doing."""
        ...

    async def state_of_charge(self) -> Reading:
        """State of charge in % as the system estimates it."""
        ...

    async def state_of_health(self) -> Reading:
        """State of health in % as the system estimates it."""
        ...

    async def pack(self) -> Pack:
        """Voltages in V, current in A, power in W, temperatures in degC."""
        ...

    async def cell_voltages(self) -> tuple[Reading, ...]:
        """Voltage of each cell in V, in the system's order."""
        ...

    async def limits(self) -> PackLimits:
        """Allowed charge and discharge current in A."""
        ...

    async def connect(self, on: bool) -> None:
        """Contactor closed or open, read back."""
        ...

    async def set_power(self, power: float) -> None:
        """Target active power in W at the terminals, discharge positive."""
        ...

    async def heartbeat(self) -> None:
        """Tell the system that its master is there."""
        ...

    async def alarms(self) -> tuple[str, ...]:
        """Alarms that stand or are latched, in the words of the register map."""
        ...

    async def acknowledge(self) -> None:
        """No alarm latched; `InstrumentError` where its cause stands."""
        ...
