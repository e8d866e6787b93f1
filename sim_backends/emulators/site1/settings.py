"""What a SITE1 controller keeps over a restart, and what a restart forgets."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim_backends.models.hybrid_ports import CyclePlan
from sim_backends.models.power_ports import FrequencyDroop, VoltageDroop

STOPPED, RUNNING, FALLBACK, FAULT = 0, 1, 2, 3
STATES = ("stopped", "running", "fallback", "fault")

WATCHDOG, DISPATCH, GRID, UNIT, BATTERY, METER = (1 << bit for bit in range(6))
ALARMS = ("watchdog", "dispatch", "grid", "unit", "battery", "meter")
STOPPING = GRID | UNIT | BATTERY | METER
"""Alarms that make the state `fault`."""

MODBUS, MQTT = 1, 2
"""Where a command came from."""


@dataclass(slots=True)
class Kept:
    """Kept over a restart: droops, `ramp` in W/s (0: none), `reserve` 0..1."""

    frequency: FrequencyDroop = field(default_factory=lambda: FrequencyDroop(0.0, 0.05, 50.0))
    voltage: VoltageDroop = field(default_factory=lambda: VoltageDroop(0.0, 2.3, 230.0))
    ramp: float = 0.0
    reserve: float = 0.2


@dataclass(slots=True)
class Forgotten:
    """As delivered at each start. Powers in W and var, times in run time s.

    `beat` is the last heartbeat, None once the watchdog has acted; `valid` when the last dispatch
    runs out, None without one; `schedule` is (start in s after switching on, W); `asked` the number
    and answer of each client's last dispatch; `plan` what was written, `begun` what was
    started.
    """

    state: int = STOPPED
    functions: int = 0
    alarms: int = 0
    active: float = 0.0
    reactive: float = 0.0
    dispatched: float = 0.0
    valid: float | None = None
    heartbeat: int = 0
    watchdog: int = 0
    beat: float | None = None
    schedule: tuple[tuple[float, float], ...] = ()
    commands: int = 0
    refusals: int = 0
    source: int = 0
    number: int = 0
    taken: int = 0
    plan: CyclePlan | None = None
    begun: CyclePlan | None = None
    was_held: bool = False
    asked: dict[str, tuple[int, dict[str, object]]] = field(
        default_factory=dict[str, tuple[int, dict[str, object]]]
    )
