"""Ports of the hybrid storage bench beyond those of `power_ports`: banks, cycles, energy.

The grid simulator has a `power_ports.GridPort` of three phases, the site controller a
`CyclingSitePort`, a wattmeter on the alternating or on a bank's direct side an `EnergyPort`. SI
units, times in run time seconds that never go back. Power counts positive when the system feeds
it into the grid, a bank's current and power in discharge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from sim_backends.models.ac_circuit import AcPort
from sim_backends.models.battery_pack import Array
from sim_backends.models.power_ports import SitePort

Phase = Literal["idle", "charge", "rest after charge", "discharge", "rest after discharge", "done"]
"""What a program of cycles is doing. Each cycle is charge, rest, discharge, rest."""


@dataclass(frozen=True, slots=True)
class CyclePlan:
    """`count` full cycles at `charge_power` and `discharge_power` in W (both positive) between the
    states of charge `low` and `high` 0..1, as the banks' management systems tell them, with `rest`
    in s after each half. 0 and 1: until the cells' own limits of voltage."""

    charge_power: float
    discharge_power: float
    low: float
    high: float
    rest: float
    count: int


@dataclass(frozen=True, slots=True)
class CycleStatus:
    """Cycles `done` since the start of the plan, what is being done, and how long the last charge
    and the last discharge took in s of the controller's own clock. `held`: an alarm of a bank has
    stopped the plan in this phase; no power flows until it is started again."""

    done: int
    phase: Phase
    charge_seconds: float
    discharge_seconds: float
    held: bool


@runtime_checkable
class CyclingSitePort(SitePort, Protocol):
    """A site controller that runs full cycles by itself."""

    def start_cycles(self, plan: CyclePlan, t: float) -> None:
        """Begin `plan` with its first charge; the same plan while it is held: go on with it."""
        ...

    def stop_cycles(self, t: float) -> None:
        """No plan any more: no power, idle."""
        ...

    def cycles(self, t: float) -> CycleStatus:
        """How far the plan is at `t`."""
        ...


@dataclass(frozen=True, slots=True)
class Passed:
    """What has passed a wattmeter since the world began: active energy `taken` by the load and
    `given` back by it in J, both positive; `charge` in C, source to load positive (of a direct
    current; 0 of an alternating one)."""

    taken: float
    given: float
    charge: float


@runtime_checkable
class EnergyPort(AcPort, Protocol):
    """A wattmeter's place of which is known what has passed, however far apart the looks at it."""

    def passed(self, t: float) -> Passed:
        """Energy and charge until `t`."""
        ...


@dataclass(frozen=True, slots=True)
class BankSheet:
    """What a bank's nameplate says: `cells` in series in `modules` of equal size, `capacity` in Ah,
    `energy` in Wh, `power` in W in both directions, cell voltage limits `low` and `high` in V,
    `current` in A in both directions, `maker`'s name of the bank."""

    cells: int
    modules: int
    capacity: float
    energy: float
    power: float
    low: float
    high: float
    current: float
    maker: str


@dataclass(frozen=True, slots=True)
class BankTold:
    """What a bank's management system knows at one time, by its own sensors and its estimator:
    `voltage` V, `current` A, `cells` V each, `modules` degC each, state of `charge` and of `health`
    0..1, `throughput` in Ah (both ways), `alarms` and `warnings` that stand now by bit of Evt1 of
    SunSpec model 802."""

    voltage: float
    current: float
    cells: Array
    modules: Array
    charge: float
    health: float
    throughput: float
    alarms: frozenset[int]
    warnings: frozenset[int]


class BankPort(Protocol):
    """What the communication of a bank's management system is wired to. The bank is charged and
    discharged by the site's converters, not through this port."""

    @property
    def rated(self) -> BankSheet:
        """The nameplate."""
        ...

    def told(self, t: float) -> BankTold:
        """What the management system knows at `t`."""
        ...

    def connect(self, closed: bool, t: float) -> None:
        """Close or open the contactor at `t`; open, the bank carries no current and the site's plan
        is held."""
        ...

    def connected(self) -> bool:
        """Whether the contactor is closed."""
        ...
