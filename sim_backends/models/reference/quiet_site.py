"""A site of units that give at once what they are asked for (SitePort)."""

from __future__ import annotations

from collections.abc import Sequence

from sim_backends.models.hybrid_ports import CyclePlan, CycleStatus
from sim_backends.models.power_ports import (
    FrequencyDroop,
    Function,
    ScheduledPower,
    SiteState,
    UnitState,
    VoltageDroop,
)


class QuietSite:
    """`units` of `rated` W together on a grid of 230 V and 50 Hz, half charged, without a load.

    `voltage` and `charge` may be changed from outside; what was told last is kept.
    """

    def __init__(self, units: int, rated: float, apparent: float) -> None:
        self.units, self.rated, self.rated_apparent = units, rated, apparent
        self.voltage, self.charge = 230.0, 0.5
        self.running = False
        self.functions: set[Function] = set()
        self.power = self.reactive = self.dispatched = 0.0
        self.frequency_droop = FrequencyDroop(0.0, 0.0)
        self.voltage_droop = VoltageDroop(0.0, 0.0)
        self.ramp = self.reserve = 0.0
        self.schedule: tuple[ScheduledPower, ...] = ()
        self.marks: list[float] = []

    def enable(self, function: Function, on: bool, t: float) -> None:
        """Switch a function."""
        (self.functions.add if on else self.functions.discard)(function)

    def enabled(self, function: Function) -> bool:
        """Whether it is on."""
        return function in self.functions

    def run(self, on: bool, t: float) -> None:
        """Let the units work."""
        self.running = on

    def set_power(self, watts: float, t: float) -> None:
        """Set point in W."""
        self.power = watts

    def set_reactive_power(self, var: float, t: float) -> None:
        """Set point in var."""
        self.reactive = var

    def dispatch(self, watts: float, t: float) -> None:
        """Set point in W while "dispatch" is on."""
        self.dispatched = watts

    def set_frequency_droop(self, droop: FrequencyDroop, t: float) -> None:
        """Kept."""
        self.frequency_droop = droop

    def set_voltage_droop(self, droop: VoltageDroop, t: float) -> None:
        """Kept."""
        self.voltage_droop = droop

    def set_ramp(self, watts_per_second: float, t: float) -> None:
        """Kept."""
        self.ramp = watts_per_second

    def set_reserve(self, share: float, t: float) -> None:
        """Kept."""
        self.reserve = share

    def set_schedule(self, entries: Sequence[ScheduledPower], t: float) -> None:
        """Set points by run time."""
        self.schedule = tuple(entries)

    def mark(self, t: float) -> None:
        """A command was taken."""
        self.marks = [*self.marks[-9:], t]

    def asked(self, t: float) -> float:
        """W that are asked for at `t`."""
        if not self.running:
            return 0.0
        if "dispatch" in self.functions:
            return self.dispatched
        if "schedule" in self.functions:
            begun = [one.power for one in self.schedule if one.start <= t]
            return begun[-1] if begun else 0.0
        return self.power

    def state(self, t: float) -> SiteState:
        """The units give what is asked for, each its share."""
        watts, var = self.asked(t), self.reactive if self.running else 0.0
        share = min(max(watts, -self.rated), self.rated)
        unit = UnitState(share / self.units, var / self.units, self.charge, True, share != watts)
        return SiteState(
            share, var, self.voltage, 50.0, -share, watts, self.charge, (unit,) * self.units
        )

    def clock_error(self) -> float:
        """Its clock is true."""
        return 0.0


class CyclingSite(QuietSite):
    """As `QuietSite`, with programs of cycles that stay in their first charge (CyclingSitePort)."""

    def __init__(self, units: int, rated: float, apparent: float) -> None:
        super().__init__(units, rated, apparent)
        self.plan: CyclePlan | None = None
        self.held = False

    def run(self, on: bool, t: float) -> None:
        """A stop holds the plan."""
        super().run(on, t)
        self.held = self.held or (not on and self.plan is not None)

    def start_cycles(self, plan: CyclePlan, t: float) -> None:
        """Begin it, or go on."""
        self.plan, self.held = plan, False

    def stop_cycles(self, t: float) -> None:
        """No plan."""
        self.plan, self.held = None, False

    def cycles(self, t: float) -> CycleStatus:
        """In the first charge."""
        return CycleStatus(0, "charge" if self.plan else "idle", 0.0, 0.0, self.held)
