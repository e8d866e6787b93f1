"""The controller behind both sides of SITE1: one state, one clock, one counter of commands.

Its control of the units is the site's (`SitePort`); here are commands, alarms, watchdog and time.
"""

from __future__ import annotations

import math

import numpy as np

from sim_backends.emulators.site1.settings import (
    BATTERY,
    DISPATCH,
    FALLBACK,
    FAULT,
    GRID,
    MQTT,
    RUNNING,
    STOPPED,
    STOPPING,
    WATCHDOG,
    Forgotten,
    Kept,
)
from sim_backends.emulators.site1.site_clock import SiteClock
from sim_backends.models.hybrid_ports import CycleStatus
from sim_backends.models.power_ports import Function, ScheduledPower, SitePort, SiteState

FUNCTIONS: tuple[Function, ...] = ("frequency", "voltage", "dispatch", "schedule")
"""By bit."""
DISPATCHED, SCHEDULED = 4, 8
WINDOW = 0.1
"""Seconds of the meters' windows."""
VOLTAGES, DEVIATION = (0.7, 1.2), 5.0
"""The units' range: voltage as shares of nominal, frequency in Hz to both sides of nominal."""


class Alarmed(Exception):
    """Not while an alarm is latched."""


class Core:
    """One controller wired to `port`; both its sides call `advance` before anything else."""

    def __init__(self, port: SitePort, rng: np.random.Generator) -> None:
        self.port = port
        self.clock = SiteClock(port.clock_error(), rng)
        self.kept, self.now = Kept(), Forgotten()
        self.boot, self.t = 1, 0.0
        # A fine step for a small site, a coarse one for a large one: 1e-4 of the rated power.
        self.step = 10.0 ** math.floor(math.log10(port.rated / 1e4))
        self.most = 1.5 * port.rated
        self._pushed = False
        self._began = 0.0
        self._window: tuple[int, SiteState] | None = None

    # Time

    def advance(self, t: float) -> None:
        """Do what is due until run time `t` in s."""
        if not self._pushed:
            self._start(t)
        while (due := self.event()) is not None and due <= t:
            self.t = max(self.t, due)
            self._run_out()
        self.t = max(self.t, t)

    def event(self) -> float | None:
        """When the watchdog or a dispatch runs out; None where neither can."""
        now = self.now
        if now.state in (FALLBACK, FAULT):
            return None
        due = now.beat + 0.1 * now.watchdog if now.watchdog and now.beat is not None else None
        return min((at for at in (due, now.valid) if at is not None), default=None)

    def microseconds(self) -> int:
        """The clock now in microseconds."""
        return self.clock.told(self.t)

    def _start(self, t: float) -> None:
        """Power comes on: stopped, and the port has what is kept here."""
        self._pushed, self._began, self.t = True, t, t
        self.port.run(False, t)
        self._enable(0)
        self.port.set_power(0.0, t)
        self.port.dispatch(0.0, t)
        self.port.set_reactive_power(0.0, t)
        self.keep()

    def restart(self, t: float) -> None:
        """It loses its power and starts anew."""
        self.now, self._window = Forgotten(), None
        self.boot += 1
        self._start(t)

    def _run_out(self) -> None:
        now = self.now
        if now.valid is not None and now.valid <= self.t:
            now.alarms |= DISPATCH
        else:
            now.alarms |= WATCHDOG
        now.valid = now.beat = None
        self._halt(FALLBACK)

    # Running

    def _halt(self, state: int) -> None:
        self.now.state = state
        self.port.run(False, self.t)

    def run(self, on: bool) -> None:
        """`Alarmed` where it may not run."""
        if not on:
            self.now.valid = None
            self._halt(STOPPED if not self.now.alarms else self.now.state)
            return
        if self.now.alarms:
            raise Alarmed
        # A program that a stop has held is no alarm of a battery.
        self.now.was_held = self.cycles().held
        self.now.state = RUNNING
        self.port.run(True, self.t)

    def switch(self, functions: int) -> None:
        """Switch on the functions of these bits, and no others."""
        before, self.now.functions = self.now.functions, functions
        self._enable(functions)
        if functions & SCHEDULED and not before & SCHEDULED:
            self.begin_schedule()
        if not functions & DISPATCHED:
            self.now.valid = None

    def _enable(self, functions: int) -> None:
        for bit, name in enumerate(FUNCTIONS):
            self.port.enable(name, bool(functions >> bit & 1), self.t)

    def begin_schedule(self) -> None:
        """The schedule begins now."""
        entries = [ScheduledPower(self.t + start, watts) for start, watts in self.now.schedule]
        self.port.set_schedule(entries, self.t)

    def keep(self) -> None:
        """Hand what is kept to the site's control."""
        kept, t = self.kept, self.t
        self.port.set_frequency_droop(kept.frequency, t)
        self.port.set_voltage_droop(kept.voltage, t)
        self.port.set_ramp(kept.ramp or math.inf, t)
        self.port.set_reserve(kept.reserve, t)

    # Alarms

    def beat(self) -> None:
        """The master is there."""
        self.now.beat = self.t

    def look(self) -> SiteState:
        """What the meters have in the window of now; alarms are raised by it."""
        window = math.floor((self.t - self._began) / WINDOW + 1e-9)
        if self._window is None or self._window[0] != window:
            self._window = (window, self.port.state(self.t))
            if self.now.state == RUNNING:
                self._raise(self._causes(self._window[1]))
        return self._window[1]

    def asked(self) -> float:
        """What is asked of all units now, in W."""
        return self.port.state(self.t).target

    @property
    def window(self) -> tuple[int, int]:
        """Number of the meters' last window, and its end in microseconds of the clock."""
        count = 0 if self._window is None else self._window[0]
        return count, self.clock.told(self._began + count * WINDOW)

    def _causes(self, state: SiteState) -> int:
        share = state.voltage / self.kept.voltage.reference
        steady = abs(state.frequency - self.kept.frequency.nominal) <= DEVIATION
        causes = 0 if steady and VOLTAGES[0] <= share <= VOLTAGES[1] else GRID
        held = self.cycles().held
        if held and not self.now.was_held:
            causes |= BATTERY
        self.now.was_held = held
        return causes

    def _raise(self, causes: int) -> None:
        self.now.alarms |= causes
        if causes & STOPPING:
            self.now.valid = None
            self._halt(FAULT)

    def acknowledge(self) -> None:
        """Clear the alarms whose cause is gone; the state is `stopped` without any."""
        if not self.now.alarms:
            return
        grid = self.now.alarms & GRID and self._causes(self.port.state(self.t)) & GRID
        self.now.alarms = GRID if grid else 0
        if not self.now.alarms:
            self.now.state = STOPPED

    def cycles(self) -> CycleStatus:
        """How far the program of cycles is; idle where there is none."""
        return CycleStatus(0, "idle", 0.0, 0.0, False)

    # Commands

    def rounded(self, power: float) -> float:
        """A set point as it is put in force."""
        return self.step * round(power / self.step)

    def command(self, number: int, active: float, reactive: float, source: int) -> None:
        """Set points in W and var by hand; `Alarmed` where one is not 0 while an alarm stands."""
        self._allow(active, reactive)
        self.now.active = self.rounded(active)
        self.port.set_power(self.now.active, self.t)
        self._react(reactive)
        self.took(number, source)

    def dispatch(self, number: int, active: float, reactive: float, valid: float) -> None:
        """Set points of the dispatch centre for `valid` s; `Alarmed` as of `command`."""
        self._allow(active, reactive)
        self.now.dispatched = self.rounded(active)
        self.port.dispatch(self.now.dispatched, self.t)
        self._react(reactive)
        self.now.valid = self.t + valid
        self.took(number, MQTT)

    def _allow(self, active: float, reactive: float) -> None:
        if self.now.alarms and (active or reactive):
            raise Alarmed

    def _react(self, reactive: float) -> None:
        self.now.reactive = self.rounded(reactive)
        self.port.set_reactive_power(self.now.reactive, self.t)

    def took(self, number: int, source: int) -> None:
        """A command was taken now: it is counted, kept and marked."""
        now = self.now
        now.commands += 1
        now.number, now.source, now.taken = number, source, self.microseconds()
        self.port.mark(self.t)

    @property
    def scheduled(self) -> bool:
        """Whether the schedule is on."""
        return bool(self.now.functions & SCHEDULED)

    @property
    def in_force(self) -> float:
        """The active set point in force in W."""
        return self.now.dispatched if self.now.functions & DISPATCHED else self.now.active
