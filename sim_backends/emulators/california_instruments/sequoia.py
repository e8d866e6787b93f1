"""California Instruments Sequoia grid simulator (AMETEK) at the wire: SCPI, LF ends a message.

From the maker's "Sequoia Series Programming Manual" (231 pages) and user manual M447352-01, page
by page where a command is: measurement 57-65, output and trigger output 67-72, current 73-75,
regenerative 85-86, list 92-99, phase 101, hold of the relay 109, status 120-123, range 160,
transients and triggers 161-168. Status bits and the level after a transient are by the BPS/MX/RS
SCPI manual 7003-961 of the same command tree, pages 115 and 149. The model is the smallest of the
series that gives what the bench takes.
The protections look at each message and for 30 s after each change of the output; an overload that
comes later without a word to the source is found at the next message.
Not modelled: direct voltage, waveforms and harmonics, step and pulse transients, trigger-paced
lists, repeats and slews of list points, angles of B and C other than 240 and 120 degrees, output
impedance, the shut-down sequence by shifts of frequency and voltage when too much is fed back (the
output opens), automatic level control, stored states, over-temperature, remote inhibit (not wired).
"""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from sim_backends.emulators.california_instruments.sequoia_commands import build_table
from sim_backends.emulators.california_instruments.sequoia_lists import Lists
from sim_backends.emulators.california_instruments.sequoia_meter import Acquired, Meter
from sim_backends.emulators.california_instruments.sequoia_output import CL, Output
from sim_backends.emulators.california_instruments.sequoia_specs import (
    CHECKS,
    HOLD,
    LOOKS,
    PULSE,
    WINDOW,
    model_for,
)
from sim_backends.emulators.california_instruments.sequoia_transient import Point
from sim_backends.emulators.scpi import ScpiError, ScpiInstrument
from sim_backends.models.power_ports import GridPort

COMPLETED = 8
"""Bit of the operation register: a transient has come to its end."""

TEXTS = {
    -104: "Data type error",
    -109: "Missing parameter",
    -113: "Undefined header",
    -211: "Trigger ignored",
    -213: "Init ignored",
    -221: "Settings conflict",
    -222: "Data out of range",
    -226: "Lists not same length",
}
"""Texts of the error queue without detail; others are those of SCPI."""

Waiting = Generator[float, None, None]


class Sequoia(ScpiInstrument):
    """One Sequoia whose output is `port`; it comes on with the relay open."""

    TABLE = build_table()
    LATENCY = 5e-3

    def __init__(self, port: GridPort, *, serial: str, rng: np.random.Generator) -> None:
        rating = model_for(port.capacity())
        super().__init__(("AMETEK", rating.model, serial, "1.26"))
        self.output, self.meter = Output(rating, port, rng), Meter(rating, rng)
        self.acquired = Acquired()
        self._dark = True
        self._checks: list[float] = []
        self._ends: float | None = None
        self.defaults()

    def defaults(self) -> None:
        """Trigger system, lists and trigger output as after `*RST`."""
        self.lists = Lists()
        self.coupled, self.phase = True, 0
        self.armed, self.completed = False, False
        self.source = "IMM"
        self.pulses, self.pulse_at = False, "BOT"

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """What is due is done, protections look, then bytes are taken."""
        self._look(t)
        super().receive(data, t)

    def due(self) -> float | None:
        """As every instrument; also the end of a transient and looks of the protections."""
        times = [super().due(), self._ends, self.output.waits_until, *self._checks[:1]]
        return min((one for one in times if one is not None), default=None)

    def send(self, t: float) -> bytes:
        """What is due is done, protections look, then answers leave."""
        self._look(t)
        return super().send(t)

    def power_on(self, t: float) -> None:
        """Power comes back: the relay is open, all as after `*RST`, no protection latched."""
        self.clear(t)
        self.reset()
        self.status.clear()
        self.output.tripped, self.acquired = 0, Acquired()

    def _look(self, t: float) -> None:
        if self._dark:
            self._dark = False
            self.output.switch(False, t)
        if self._ends is not None and self._ends <= t:
            self._end(self._ends)
        while self._checks and self._checks[0] <= t:
            self._check(self._checks.pop(0))
        self._check(t)

    def _check(self, t: float) -> None:
        before = self.output.on
        self.output.check(t)
        if before and not self.output.on:
            self.abandon()

    # What commands use

    @property
    def running(self) -> bool:
        """Whether a transient is under way."""
        return self._ends is not None

    def changed(self) -> None:
        """The immediate levels have changed: they come out, unless a transient is under way."""
        if not self.running:
            self.output.apply(self.t)
            self.watch(self.t)

    def watch(self, t: float) -> None:
        """Let the protections look for some time after `t`."""
        self._checks = [t + after for after in CHECKS]

    def arm(self) -> None:
        """`INITiate`: -213 unless idle; with the source IMMediate it starts at once."""
        if self.armed or self.running:
            raise ScpiError(-213)
        self.lists.points(self.output.level())
        self.armed, self.completed = True, False
        if self.source == "IMM":
            self.trigger()

    def trigger(self) -> None:
        """`*TRG`: the transient begins; -211 unless armed."""
        if not self.armed:
            raise ScpiError(-211)
        self.armed = False
        points = self.lists.points(self.output.level())
        self._ends = self.output.transient(points, self.t)
        self._pulse(points, self.t, self._ends)
        self.watch(self.t)

    def _pulse(self, points: list[Point], begins: float, ends: float) -> None:
        if not self.pulses:
            return
        times = {"BOT": [begins], "EOT": [ends]}.get(self.pulse_at)
        for at in _marked(points, begins) if times is None else times:
            self.output.port.trigger(True, at)
            self.output.port.trigger(False, at + PULSE)

    def _end(self, t: float) -> None:
        """The transient is over; what was set meanwhile comes out."""
        self._ends, self.completed = None, True
        self.output.apply(t)
        self.watch(t)

    def abandon(self) -> None:
        """Idle: a transient that was armed or under way is no more."""
        was_running = self.running
        self._ends, self.armed = None, False
        if was_running and self.output.on:
            self.output.apply(self.t)

    def turn_on(self) -> None:
        """`OUTPut 1`: -221 while a protection is latched."""
        if self.output.tripped:
            raise ScpiError(-221)
        self.output.switch(True, self.t)
        self.watch(self.t)

    def turn_off(self) -> Waiting:
        """`OUTPut 0`: down to 0 V, held so, then the relay opens."""
        self.abandon()
        if self.output.on:
            self.output.dark(self.t)
            yield self.t + HOLD
        self.output.switch(False, self.t)
        self._checks = []

    def take_range(self, top: float) -> Waiting:
        """`VOLTage:RANGe`: an output that is on drops out for the hold time."""
        if self.output.on and top != self.output.top:
            self.output.dark(self.t)
            yield self.t + HOLD
        self.output.top = top
        self.output.volts = [min(volts, top) for volts in self.output.volts]
        protection, most = self.output.protection, self.output.rating.current(top).high
        protection.limits = [min(limit, most) for limit in protection.limits]
        self.changed()

    def acquire(self) -> Waiting:
        """New data of all phases: the flow over the window of the acquisition."""
        seen, hertz, port = [], [], self.output.port
        for _ in range(LOOKS):
            yield self.t + WINDOW / LOOKS
            seen.append(port.flow(self.t))
            hertz.append(port.frequency(self.t))
        self.acquired = self.meter.read(seen, hertz)

    @property
    def operation(self) -> int:
        """Operation condition register."""
        return COMPLETED * self.completed

    @property
    def questionable(self) -> int:
        """Questionable condition register."""
        return self.output.tripped | CL * self.output.limiting

    def error_text(self) -> str:
        """Answer to SYSTem:ERRor?"""
        event = self.status.errors.pop()
        if event is None:
            return '0,"No error"'
        return f'{event.code},"{TEXTS.get(event.code, event.text)}"'

    def reset(self) -> None:
        """`*RST`: output off, modes fixed, trigger idle, phases coupled."""
        super().reset()
        self.abandon()
        self.output.switch(False, self.t)
        self.output.defaults()
        self.defaults()
        self._checks = []


def _marked(points: list[Point], begins: float) -> list[float]:
    times, t = [], begins
    for point in points:
        if point.mark:
            times.append(t)
        t += point.dwell
    return times


EMULATOR = Sequoia
