"""Role: site controller (of a cluster of UPS units, or of a storage station)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.roles.power_dispatch import PowerDispatch
from labctl.evidence import Reading

SiteFunction = Literal["frequency", "voltage", "dispatch", "schedule"]
"""Fast frequency regulation (droop of active power), voltage control (droop of reactive power),
following a dispatch centre, peak shaving by a schedule."""

UnitCondition = Literal["absent", "standby", "running", "limited", "fault"]
"""State of one unit; `limited`: held back by its battery, its rating or the reserve."""


@dataclass(frozen=True)
class FrequencyDroop:
    """Active power by frequency: beyond `nominal` +- `dead_band` in Hz, `slope` in W/Hz (positive:
    the units deliver more below)."""

    nominal: float
    dead_band: float
    slope: float


@dataclass(frozen=True)
class VoltageDroop:
    """Reactive power by voltage: beyond `nominal` +- `dead_band` in V, `slope` in var/V (positive:
    the units deliver more below)."""

    nominal: float
    dead_band: float
    slope: float


@dataclass(frozen=True)
class ScheduleEntry:
    """From `start` in s after the schedule was switched on: active power in W out of the units."""

    start: float
    power: float


@dataclass(frozen=True)
class SiteSettings:
    """What is set in the controller: droops, fastest change of the base power in W/s (0: as fast as
    the units can), reserve in %; and what its plate says: rated active power in W, rated apparent
    power in V*A and the step of a set point in W and var."""

    frequency_droop: FrequencyDroop
    voltage_droop: VoltageDroop
    ramp: float
    reserve: float
    rated_active: float
    rated_apparent: float
    step: float


@dataclass(frozen=True)
class SiteState:
    """What the site does: `state` (`fallback`: its watchdog or a dispatch has run out, and it gives
    0 W), functions switched on, `alarms` that stand or are latched, units that answer, commands
    taken since its start, and the active power in W that it asks of all units now."""

    state: Literal["stopped", "running", "fallback", "fault"]
    functions: frozenset[SiteFunction]
    alarms: tuple[str, ...]
    units_online: int
    commands: int
    target: Reading


@dataclass(frozen=True)
class UnitState:
    """A unit by `number` from 1: active power in W and reactive power in var out of it, state of
    charge in %."""

    number: int
    state: UnitCondition
    active: Reading
    reactive: Reading
    state_of_charge: Reading


class SiteController(PowerDispatch, Protocol):
    """Steers the units of a site together.

    A setting that reads back otherwise, or a command that a latched alarm forbids, is
    `InstrumentError`; one beyond the site's or the bench's limits is `LimitRefused`.
    """

    async def run(self, on: bool, functions: Collection[SiteFunction] = ()) -> None:
        """Units working with these functions and no others, or stopped; read back.

        Without any they give the set points. `schedule` begins when it is switched on.
        """
        ...

    async def set_droop(self, droop: FrequencyDroop | VoltageDroop) -> None:
        """Droop in W/Hz or var/V, read back."""
        ...

    async def set_ramp(self, rate: float) -> None:
        """Fastest change of the base power in W/s, 0 for as fast as the units can; read back."""
        ...

    async def set_schedule(self, entries: Collection[ScheduleEntry], *, reserve: float) -> None:
        """Schedule by rising start, 0 W before the first, and the charge in % of each battery that
        is never taken; read back."""
        ...

    async def heartbeat(self) -> None:
        """Tell the controller that its master is there."""
        ...

    async def state(self) -> SiteState:
        """State, functions, alarms and target in W, of one reading."""
        ...

    async def site_settings(self) -> SiteSettings:
        """What is set and what the plate says, in W, W/Hz, var/V, W/s and %."""
        ...

    async def units(self) -> tuple[UnitState, ...]:
        """Each unit of the site, by number: W, var and %."""
        ...

    async def acknowledge(self) -> None:
        """No alarm latched; `InstrumentError` where its cause stands."""
        ...
