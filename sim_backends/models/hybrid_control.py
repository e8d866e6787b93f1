"""The controller of a hybrid system: set points that take effect after its delay, and programs of
full cycles, of which long ones are gone through in blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, inf

from sim_backends.models.hybrid_block import OneCycle, after_cycles, one_cycle, within
from sim_backends.models.hybrid_plant import LONGEST, UNWATCHED, HybridPlant
from sim_backends.models.hybrid_ports import CyclePlan, CycleStatus, Phase

STEP, MOST = 0.02, 500
"""Seconds between the steps of a ramp at the least, and their number at the most."""

MOMENT = 0.5
"""Seconds within which what flows is taken for the same."""

LEAST = 3
"""Cycles that are left out at the least when nobody looks at them."""

_NEXT: dict[Phase, Phase] = {
    "charge": "rest after charge",
    "rest after charge": "discharge",
    "discharge": "rest after discharge",
    "rest after discharge": "charge",
}


@dataclass(slots=True)
class Program:
    """A `plan` under way: cycles `done`, its `phase` since `begun` (s), the seconds that the last
    charge and discharge took."""

    plan: CyclePlan
    begun: float
    done: int = 0
    phase: Phase = "charge"
    charged: float = 0.0
    discharged: float = 0.0
    held: bool = False

    @property
    def resting(self) -> bool:
        """Whether no power is asked for by now."""
        return self.phase in ("rest after charge", "rest after discharge")

    @property
    def running(self) -> bool:
        """Whether it goes on by itself."""
        return not self.held and self.phase not in ("idle", "done")


class HybridControl:
    """The controller of `plant`. `works` tells whether the grid is there at a time in s; `jitter`
    how long in s a command waits for the controller's next turn."""

    def __init__(
        self,
        plant: HybridPlant,
        *,
        works: Callable[[float], bool] = lambda t: True,
        jitter: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self.plant = plant
        self.program: Program | None = None
        self.running = True
        self.base = 0.0
        self.ramp = inf
        self._works, self._jitter = works, jitter
        self._pending: list[tuple[float, float]] = []

    def command(self, power: float, t: float) -> None:
        """Ask for `power` in W at the point of coupling; a program ends."""
        self.advance(t)
        self.program, self.base = None, power
        self._release()
        self._pending = self._towards(power, t + self.plant.design.delay + self._jitter())

    def _towards(self, power: float, t: float) -> list[tuple[float, float]]:
        """The set points on the way to `power` from `t` on: the controller's ramp goes in steps."""
        before = self.plant.power
        seconds = abs(power - before) / self.ramp
        count = min(max(ceil(seconds / STEP), 1), MOST)
        change, pause = (power - before) / count, seconds / count
        return [(t + n * pause, before + (n + 1) * change) for n in range(count)]

    def run(self, on: bool, t: float) -> None:
        """Let the converters work, or stop them."""
        self.advance(t)
        if on == self.running:
            return
        self.running = on
        if not on:
            self.hold()
            self._pending.clear()
        elif self.program is None or not self.program.held:
            self.command(self.base, t)

    def hold(self) -> None:
        """No power, whatever was asked for; a program waits in its phase."""
        self.plant.ask(0.0)
        if self.program is not None and self.program.running:
            self.program.held = True

    def start(self, plan: CyclePlan, t: float) -> None:
        """Begin `plan`, or go on with it where it is held."""
        self.advance(t)
        self._pending.clear()
        held = self.program
        if held is None or not held.held or held.plan != plan:
            self.program = Program(plan, t)
        else:
            held.held = False
        self._ask()

    def stop(self, t: float) -> None:
        """No program and no power."""
        self.advance(t)
        self.program = None
        self._release()
        self.plant.ask(0.0)

    def _release(self) -> None:
        """No program keeps a window any more."""
        self.plant.window, self.plant.longest = (0.0, 1.0), LONGEST

    def status(self, t: float) -> CycleStatus:
        """How far the program is at `t`."""
        self.glance(t)
        found = self.program
        if found is None:
            return CycleStatus(0, "idle", 0.0, 0.0, False)
        return CycleStatus(found.done, found.phase, found.charged, found.discharged, found.held)

    def glance(self, t: float) -> None:
        """Go on to `t` unless nothing has changed since a moment ago, so that looks that follow
        each other closely do not cut time into pieces."""
        due = any(at <= t for at, _ in self._pending)
        if due or self.plant.asked or self.plant.sagging or t - self.plant.t > MOMENT:
            self.advance(t)

    def advance(self, t: float) -> None:
        """Go on to `t`; an earlier time changes nothing."""
        while self.plant.t < t:
            self._take_due()
            if not self._ready() and self.plant.power:
                self.hold()
            program = self.program
            if program is None or not program.running:
                self.plant.advance(min([t, *(at for at, _ in self._pending)]))
            elif program.resting:
                self._rest(program, t)
            else:
                self._half(program, t)
        self._take_due()

    def _ready(self) -> bool:
        return self.running and all(self.plant.closed) and self._works(self.plant.t)

    def _take_due(self) -> None:
        for at, power in [*self._pending]:
            if at <= self.plant.t:
                self._pending.remove((at, power))
                self.plant.ask(power if self._ready() else 0.0)

    def _ask(self) -> None:
        """Ask for what the phase of the program is about."""
        program, plant = self.program, self.plant
        if program is None or not program.running or not self._ready():
            return
        plan = program.plan
        plant.window = (plan.low, plan.high)
        plant.longest = UNWATCHED if plan.count > LEAST else LONGEST
        asked = {"charge": -plan.charge_power, "discharge": plan.discharge_power}
        plant.ask(asked.get(program.phase, 0.0))

    def _rest(self, program: Program, t: float) -> None:
        end = program.begun + program.plan.rest
        self.plant.advance(min(t, end))
        if self.plant.t >= end:
            self._next(program)

    def _half(self, program: Program, t: float) -> None:
        if program.phase == "charge" and program.begun == self.plant.t and self._skip(program, t):
            return
        self.plant.advance(t, until_stopped=True)
        if not self.plant.stopped():
            return
        took = self.plant.t - program.begun
        if program.phase == "charge":
            program.charged = took
        else:
            program.discharged = took
        for bank in self.plant.banks:
            bank.age()
        self._next(program)

    def _next(self, program: Program) -> None:
        if program.phase == "rest after discharge":
            program.done += 1
        program.phase = _NEXT[program.phase]
        if program.done >= program.plan.count:
            program.phase = "done"
        program.begun = self.plant.t
        self._ask()

    def _skip(self, program: Program, t: float) -> bool:
        """Go through the cycles that end before `t`, but the last, in blocks; whether there were
        enough of them."""
        plant, plan = self.plant, within(program.plan)
        wears = plant.banks[0].wear, plant.banks[1].wear
        period = one_cycle(plant.design, wears, plan, plant.banks[0].air).period
        count = min(plan.count - program.done - 1, int((t - plant.t) / period) - 1)
        if count < LEAST:
            return False
        start = plant.t
        after, blocks = after_cycles(
            plant.design, wears, plan, float(count), lambda s: plant.air(start + s)
        )
        plant.skip(after, blocks, plan)
        self._told(program, count, blocks[-1][1])
        return True

    def _told(self, program: Program, count: int, last: OneCycle) -> None:
        program.done += count
        program.charged, program.discharged = last.charging, last.discharging
        program.begun = self.plant.t
        self._ask()
