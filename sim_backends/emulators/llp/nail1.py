"""Nail press LLP-NAIL1 (docs/protocols/llp-nail1.md).

The world hears of each change of the tip's speed. While the tip moves, load cell and guard door are
read as the page says; what they find is acted on at that reading. A cut of its power is not heard
of here: what moves stands when the power is back, its encoder knows the depth still.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.llp.dog import Dog
from sim_backends.emulators.llp.line import (
    Command,
    Later,
    LlpInstrument,
    Query,
    Refusal,
    Refused,
    number,
    within,
)
from sim_backends.models.abuse_ports import NailPort

SPEEDS, DEPTHS, LIMITS = (0.1, 100.0), (0.5, 100.0), (10.0, 5000.0)
HOME, RETRACTING = -20.0, 10.0
"""Where the tip stands at home in mm, and how fast it goes there in mm/s."""
CONTACT = 5.0
"""Force in N that counts as having met the sample."""
HALT = 10e-3
"""Seconds until the drive stands."""
STEP, FASTEST, SLOWEST = 0.02, 1e-3, 50e-3
"""Way in mm between two readings of load cell and guard; bounds of the time between them in s."""

ENCODER = Spec(range=200.0, gain=1e-3, offset=0.02)
CELL = Spec(range=5000.0, gain=1e-2, offset=1.0, noise=0.2)
TRUE_SPEED = Spec(range=100.0, gain=1e-2, offset=0.0)
CLOCK = Spec(range=math.inf, gain=100e-6, offset=0.0)

STANDING, STROKE, BACK = 0, 1, 2
NO_TRIP, BY_GUARD, BY_FORCE = 0, 1, 2


class Nail1(LlpInstrument):
    """One nail press whose nail and guard are `port`."""

    def __init__(self, port: NailPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(("labctl", "LLP-NAIL1", serial, "1.0"))
        self.port = port
        self._set_defaults()
        self._encoder, self._cell = Channel([ENCODER], rng), Channel([CELL], rng)
        self._drive, self._clock = Channel([TRUE_SPEED], rng), Channel([CLOCK], rng)
        self._going = STANDING
        self._tip, self._rate, self._since = self._true_depth(HOME), 0.0, 0.0
        self._end = self._next = self._halt = math.inf
        self._queries = self._make_queries()
        self._commands = self._make_commands()

    def _set_defaults(self) -> None:
        """As at power-on."""
        self._speed, self._depth, self._limit = 25.0, 20.0, 5000.0
        self._trip, self._began, self._largest = NO_TRIP, 0.0, 0.0
        self._contact: float | None = None

    def power_on(self, t: float) -> None:
        """Power comes back: it stands, with its settings as at power-on and the watchdog off."""
        if self._going != STANDING:
            self._stand(t)
        self._set_defaults()
        self._dog = Dog()

    def _make_queries(self) -> dict[str, Query]:
        return {
            "SPEED": lambda: f"{self._speed:.2f}",
            "DEPTH": lambda: f"{self._depth:.2f}",
            "LIMIT": lambda: f"{self._limit:.1f}",
            "RUN": lambda: str(self._going),
            "POS": lambda: f"{self._encoder.convert(self._at(self.t), 0):.2f}",
            "FORCE": lambda: f"{self._force(self.t):.1f} {self._largest:.1f}",
            "CONTACT": self._tell_contact,
            "DOOR": lambda: str(int(self.port.guard_closed(self.t))),
            "TRIP": lambda: str(self._trip),
        }

    def _make_commands(self) -> dict[str, tuple[int, Command]]:
        return {
            "SPEED": (1, lambda a: self._set_speed(within(number(a[0]), *SPEEDS))),
            "DEPTH": (1, lambda a: self._set_depth(within(number(a[0]), *DEPTHS))),
            "LIMIT": (1, lambda a: self._set_limit(within(number(a[0]), *LIMITS))),
            "START": (0, lambda _: self._start()),
            "HOME": (0, lambda _: self._go_home()),
            "CLEAR": (0, lambda _: self._clear_trip()),
        }

    def queries(self) -> Mapping[str, Query]:
        """Queries by keyword."""
        return self._queries

    def commands(self) -> Mapping[str, tuple[int, Command]]:
        """Commands by keyword."""
        return self._commands

    def event(self) -> float | None:
        """The next reading of load cell and guard, or the end of the movement."""
        return None if self._going == STANDING else min(self._next, self._end, self._halt)

    def work(self, t: float) -> None:
        """Read and act, each in its time, until `t`."""
        while (due := self.event()) is not None and due <= t:
            if due == self._next:
                self._read(due)
            if due >= min(self._end, self._halt):
                self._stand(due)

    def stop(self) -> Later | None:
        """Stand where the tip is."""
        if self._going == STANDING:
            return None
        self._brake(self.t)
        return Later(min(self._halt, self._end), self.work)

    # Settings

    def _set_speed(self, speed: float) -> None:
        self._standing()
        self._speed = speed

    def _set_depth(self, depth: float) -> None:
        self._standing()
        self._depth = depth

    def _set_limit(self, newtons: float) -> None:
        self._standing()
        self._limit = newtons

    def _standing(self) -> None:
        if self._going != STANDING:
            raise Refused(Refusal.STATE)

    # Movement

    def _start(self) -> None:
        self._may_move()
        if self._at(self.t) >= self._true_depth(self._depth):
            raise Refused(Refusal.STATE)
        self._began, self._contact, self._largest = self.t, None, 0.0
        speed = self._drive.convert(self._speed, 0)
        self._move(STROKE, speed, self._true_depth(self._depth), min(self._speed, SPEEDS[1]))

    def _go_home(self) -> None:
        self._may_move()
        self._move(BACK, -RETRACTING, self._true_depth(HOME), RETRACTING)

    def _may_move(self) -> None:
        self._standing()
        if self._trip != NO_TRIP or not self.port.guard_closed(self.t):
            raise Refused(Refusal.STATE)

    def _move(self, going: int, rate: float, to: float, nominal: float) -> None:
        """Go at `rate` in mm/s to true depth `to` in mm."""
        t, here = self.t, self._at(self.t)
        self._going, self._tip, self._rate, self._since = going, here, rate, t
        self._period = min(max(STEP / nominal, FASTEST), SLOWEST)
        self._end, self._next, self._halt = t + (to - here) / rate, t + self._period, math.inf
        self.port.drive(here * 1e-3, rate * 1e-3, t)

    def _read(self, t: float) -> None:
        self._next = t + self._period
        if not self.port.guard_closed(t):
            self._fall(BY_GUARD, t)
        if self._going != STROKE:
            return
        force = self._force(t)
        self._largest = max(self._largest, force)
        if self._contact is None and force >= CONTACT:
            self._contact = t
        if force > self._limit:
            self._fall(BY_FORCE, t)

    def _fall(self, reason: int, t: float) -> None:
        if self._trip == NO_TRIP:
            self._trip = reason
        self._brake(t)

    def _brake(self, t: float) -> None:
        self._halt = min(self._halt, t + HALT)

    def _stand(self, t: float) -> None:
        self._tip, self._rate, self._since = self._at(t), 0.0, t
        self._going = STANDING
        self._end = self._next = self._halt = math.inf
        self.port.drive(self._tip * 1e-3, 0.0, t)

    def _clear_trip(self) -> None:
        if not self.port.guard_closed(self.t):
            raise Refused(Refusal.STATE)
        self._trip = NO_TRIP

    # What it knows

    def _at(self, t: float) -> float:
        return self._tip + self._rate * (t - self._since)

    def _true_depth(self, shown: float) -> float:
        """Where the encoder reads `shown` in mm: its errors have no noise and are a line."""
        zero = self._encoder.convert(0.0, 0)
        return (shown - zero) / (self._encoder.convert(1.0, 0) - zero)

    def _force(self, t: float) -> float:
        return self._cell.convert(self.port.force(t), 0)

    def _tell_contact(self) -> str:
        if self._contact is None:
            return "0 0.000 0.000"
        reached = self._clock.convert(self._contact - self._began, 0)
        ago = self._clock.convert(self.t - self._contact, 0)
        return f"1 {reached:.3f} {ago:.3f}"


EMULATOR = Nail1
