"""Ports of a bench on a grid of its own: grid simulator, site controller, wattmeter, oscilloscope.

An emulator holds such a port and knows nothing of what lies behind. SI units, angles in rad, times
in run time seconds that never go back. The wattmeter's port is `ac_circuit.AcPort`, the
oscilloscope's are `signal.SignalPort`, those of a UPS and of a storage inverter are
`ups_plant.UpsPort` and `battery_pack.StoragePlant`.
Powers of the cluster count positive when it feeds them into the grid (generation), reactive power
when it raises the voltage (over-excited).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Literal, Protocol

Function = Literal["frequency", "dispatch", "voltage", "schedule"]
"""Fast frequency regulation, automatic generation control, automatic voltage control, peak shaving
and valley filling."""

FUNCTIONS: tuple[Function, ...] = ("frequency", "dispatch", "voltage", "schedule")


@dataclass(frozen=True, slots=True)
class GridSegment:
    """The source for `duration` s: rms `voltage` in V to neutral of each phase and `frequency` in
    Hz at its beginning; both go straight to `voltage_end` and `frequency_end` where these are
    given. At the beginning the phase jumps by `phase_jump`. `harmonics` are fractions of the
    fundamental by order."""

    voltage: tuple[float, ...]
    frequency: float
    duration: float = inf
    voltage_end: tuple[float, ...] | None = None
    frequency_end: float | None = None
    phase_jump: float = 0.0
    harmonics: Mapping[int, float] = field(default_factory=dict[int, float])


@dataclass(frozen=True, slots=True)
class PhaseFlow:
    """One phase at the source's terminals, about the last period: rms `voltage` in V, rms `current`
    in A, `power` in W and `reactive_power` in var out of the source (negative: fed back)."""

    voltage: float
    current: float
    power: float
    reactive_power: float


class GridPort(Protocol):
    """What a grid simulator is wired to: it imposes true values, its own errors among them."""

    @property
    def phases(self) -> int:
        """How many phases: 1 or 3."""
        ...

    def play(self, segments: Sequence[GridSegment], t: float) -> None:
        """From `t` on these segments one after the other, in place of all that was to come; the
        last one stays (its end values) when its duration is over."""
        ...

    def connect(self, on: bool, t: float) -> None:
        """The source's output relay at `t`; open there is no voltage: a source that trips, is lost
        or loses its power opens it."""
        ...

    def trigger(self, high: bool, t: float) -> None:
        """The level of the event output (0 V or 5 V) from `t` on; `t` may lie ahead."""
        ...

    def flow(self, t: float) -> tuple[PhaseFlow, ...]:
        """What flows at `t`, by phase; zeros while the relay is open."""
        ...

    def frequency(self, t: float) -> float:
        """Frequency in Hz at `t`; 0 while the relay is open."""
        ...

    def capacity(self) -> float:
        """Apparent power in VA of all phases above which a source of this bench trips."""
        ...


@dataclass(frozen=True, slots=True)
class FrequencyDroop:
    """Power that answers the frequency: `gain` in W/Hz beyond `dead_band` in Hz to both sides of
    `nominal` in Hz."""

    gain: float
    dead_band: float
    nominal: float = 50.0


@dataclass(frozen=True, slots=True)
class VoltageDroop:
    """Reactive power that answers the voltage: `gain` in var/V beyond `dead_band` in V to both
    sides of `reference` in V."""

    gain: float
    dead_band: float
    reference: float = 230.0


@dataclass(frozen=True, slots=True)
class ScheduledPower:
    """From run time `start` in s on `power` in W is fed in (negative: taken in)."""

    start: float
    power: float


@dataclass(frozen=True, slots=True)
class UnitState:
    """One unit as the site controller knows it, by the unit's own meters: `power` in W and
    `reactive_power` in var at its grid terminals, `charge` 0..1 of its battery, whether it answers
    (`online`) and whether it is held back by battery, rating or reserve (`limited`)."""

    power: float
    reactive_power: float
    charge: float
    online: bool
    limited: bool


@dataclass(frozen=True, slots=True)
class SiteState:
    """The cluster as its controller knows it, by its own meters and those of the units: `power` in
    W and `reactive_power` in var of all units, `voltage` in V and `frequency` in Hz at the point of
    common coupling, `site_power` in W drawn there from the grid (load less what the units feed in),
    `target` in W that the controller asks of all units now, `charge` 0..1 (mean by energy)."""

    power: float
    reactive_power: float
    voltage: float
    frequency: float
    site_power: float
    target: float
    charge: float
    units: tuple[UnitState, ...]


class SitePort(Protocol):
    """What the communication of a site controller is wired to: its control, its units and meters.

    Commands take effect as the controller's own control has it. None is refused here: ranges are
    the business of who speaks the protocol. A controller that lacks a function takes the settings
    all the same.
    """

    @property
    def rated(self) -> float:
        """Rated active power in W of all units."""
        ...

    @property
    def rated_apparent(self) -> float:
        """Rated apparent power in VA of all units."""
        ...

    @property
    def units(self) -> int:
        """How many units answer to the controller."""
        ...

    def enable(self, function: Function, on: bool, t: float) -> None:
        """Let the controller carry out a function, or no longer. Several may run at once;
        "dispatch", else "schedule", gives the base power in place of `set_power`."""
        ...

    def enabled(self, function: Function) -> bool:
        """Whether the function is switched on."""
        ...

    def run(self, on: bool, t: float) -> None:
        """Let the units work or stop them: a stop takes all power back at the units' own ramp."""
        ...

    def set_power(self, watts: float, t: float) -> None:
        """Active power in W by hand."""
        ...

    def set_reactive_power(self, var: float, t: float) -> None:
        """Reactive power in var by hand; used while "voltage" is off."""
        ...

    def dispatch(self, watts: float, t: float) -> None:
        """The active power in W that the grid's control asks for; used while "dispatch" is on."""
        ...

    def set_frequency_droop(self, droop: FrequencyDroop, t: float) -> None:
        """How "frequency" answers."""
        ...

    def set_voltage_droop(self, droop: VoltageDroop, t: float) -> None:
        """How "voltage" answers."""
        ...

    def set_ramp(self, watts_per_second: float, t: float) -> None:
        """How fast the base power of all units may change, in W/s."""
        ...

    def set_reserve(self, share: float, t: float) -> None:
        """Charge 0..1 of each battery that stays for the units' own loads."""
        ...

    def set_schedule(self, entries: Sequence[ScheduledPower], t: float) -> None:
        """What "schedule" does, in the order of time; before the first entry it is 0 W."""
        ...

    def mark(self, t: float) -> None:
        """A command was taken at `t`: the controller's command output goes to 5 V for 50 ms."""
        ...

    def state(self, t: float) -> SiteState:
        """What the controller knows at `t`."""
        ...

    def clock_error(self) -> float:
        """The controller's clock less the true time, in s: how well this site keeps time."""
        ...
