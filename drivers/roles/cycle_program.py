"""Role: program of full cycles that a storage station runs by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading

CyclePhase = Literal[
    "idle", "charge", "rest_after_charge", "discharge", "rest_after_discharge", "done"
]


@dataclass(frozen=True)
class CyclePlan:
    """`count` cycles of charge, rest, discharge, rest: powers in W (both positive), between `low`
    and `high` in % of state of charge (0 and 100: until the cells' own limits), rests in s."""

    charge_power: float
    discharge_power: float
    low: float
    high: float
    rest: float
    count: int


@dataclass(frozen=True)
class CycleStatus:
    """Cycles done since the plan began, its phase, and how long the last charge and the last
    discharge took in s by the controller's clock; `held`: an alarm has stopped it in this phase."""

    done: int
    phase: CyclePhase
    held: bool
    charge_time: Reading
    discharge_time: Reading


class CycleProgram(Driver, Protocol):
    """Cycles a storage station.

    A plan beyond the station's or the bench's limits is `LimitRefused`; a station that has no such
    program, or an alarm, is `InstrumentError`.
    """

    async def start_cycles(self, plan: CyclePlan) -> None:
        """The plan running from its first charge on, powers in W; read back."""
        ...

    async def resume_cycles(self) -> None:
        """The held plan going on in its phase, with its powers in W; `InstrumentError` for none."""
        ...

    async def stop_cycles(self) -> None:
        """No plan any more, power 0 W; read back."""
        ...

    async def cycles(self) -> CycleStatus:
        """How far the plan is, times in s."""
        ...
