"""One axis of an ESP301 with a UTS100CC stage: +-50 mm, 40 mm/s, encoder of 0.1 um.

The stage's figures are those of its data sheet (remembered): accuracy 4 um over the travel, home
repeatable within 1 um. Positions are in mm of the axis' own counter; the carriage itself is in the
world behind `AxisPort`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from math import copysign

import numpy as np

from sim_backends.emulators.newport import errors
from sim_backends.emulators.newport.errors import Refused
from sim_backends.emulators.newport.trajectory import Braking, Move
from sim_backends.models.linear_axis import AxisPort

MODEL = "UTS100CC"
RESOLUTION = 1e-4
"""mm, a step of the encoder."""

SCALE, HOME = 4e-5, 5e-4
"""Limit of the encoder's scale error, and standard deviation in mm of a home search."""

TOP_SPEED, TOP_ACCELERATION = 40.0, 160.0
"""mm/s and mm/s2."""

SETTINGS = {"VA": 20.0, "AC": 80.0, "AG": 80.0, "OH": 10.0, "OL": 1.0}
"""Velocity, acceleration, deceleration, and the two speeds of a home search, in mm and s."""

FOLLOWING = 1.0
"""mm between where the carriage should be and is, from which on the motor is switched off."""

OVERSHOOT = 0.5
"""mm that a home search goes past the home switch before it comes back."""

LOOK = 0.05
"""Seconds between two looks at the carriage while it moves."""

Leg = Move | Braking
Report = Callable[[int, float], None]


class Axis:
    """One axis at `port`; `report(code, t)` takes what goes wrong on the way."""

    def __init__(
        self, port: AxisPort, rng: np.random.Generator, report: Report, *, connected: bool = True
    ) -> None:
        self.connected = connected
        self.enabled = False
        self.homing = False
        self.settings = dict(SETTINGS)
        self.limits = [1e3 * side for side in port.travel]
        self.home_position = 0.0
        self._port = port
        self._rng = rng
        self._report = report
        self._scale = 1e3 * (1.0 + SCALE * float(rng.uniform(-1.0, 1.0)))
        # The controller counts from where the carriage stood when it was switched on.
        self._origin = self._scale * port.position(0.0)
        self._legs: deque[Leg] = deque()
        self._then: Callable[[], None] | None = None
        self.target = 0.0
        self._looked = 0.0

    # What stands

    @property
    def moving(self) -> bool:
        """Whether a trajectory is being executed."""
        return bool(self._legs)

    def due(self) -> float | None:
        """When the carriage is looked at next; None at rest."""
        return min(self._legs[0].end, self._looked + LOOK) if self._legs else None

    def position(self, t: float) -> float:
        """The encoder's reading in mm."""
        raw = self._scale * self._port.position(t) - self._origin
        return round(raw / RESOLUTION) * RESOLUTION

    def speed(self, t: float) -> float:
        """mm/s, with its sign."""
        return self._legs[0].speed(t) if self._legs else 0.0

    def at_limit(self, t: float) -> tuple[bool, bool]:
        """Whether the negative and the positive limit switch are actuated."""
        low, high = self._port.travel
        at = self._port.position(t)
        return at <= low, at >= high

    def home_signal(self, t: float) -> bool:
        """Level of the home switch: high on the negative side."""
        return self._port.position(t) < 0.0

    # Commands

    def enable(self) -> None:
        """Motor on."""
        if not self.connected:
            raise Refused(errors.NOT_CONNECTED, of_axis=True)
        self.enabled = True

    def disable(self) -> None:
        """Motor off: the carriage stays where it is."""
        self.enabled = self.homing = False
        self._then = None
        if self._legs:
            self._legs.clear()
            self.target = self.position(self._looked)

    def move(self, target: float, t: float) -> None:
        """Start to `target` in mm; a movement under way is braked first."""
        self._ready()
        low, high = self.limits
        if target > high:
            raise Refused(errors.POSITIVE_SOFTWARE, of_axis=True)
        if target < low:
            raise Refused(errors.NEGATIVE_SOFTWARE, of_axis=True)
        self._go(target, self.settings["VA"], t)

    def run(self, direction: float, t: float, *, to_switch: bool) -> None:
        """Move on to the software limit, or to the limit switch, on the side of `direction`."""
        self._ready()
        side = 1 if direction > 0 else 0
        self._go(self._switch(side) if to_switch else self.limits[side], self.settings["VA"], t)

    def stop(self, t: float) -> None:
        """Brake; a home search is aborted."""
        if self.homing:
            self.homing, self._then = False, None
            self._report(errors.HOMING_ABORTED, t)
        self._brake(t)

    def home(self, mode: int, t: float) -> None:
        """0: to counter 0; 1, 2: home switch; 3, 5: positive, 4, 6: negative limit switch."""
        self._ready()
        if mode == 0:
            self._go(0.0, self.settings["VA"], t)
            return
        self._brake(t)
        self.homing = True
        if mode in (1, 2):
            edge = -self._origin
            past = copysign(OVERSHOOT, 1.0 if self.home_signal(t) else -1.0)
            self._append(edge + past, self.settings["OH"], t)
        else:
            edge = self._switch(mode % 2)
            self._append(edge - OVERSHOOT * (1 if mode % 2 else -1), self.settings["OH"], t)
        missed = HOME * float(self._rng.standard_normal()) if mode in (1, 2) else 0.0
        self._append(edge + missed, self.settings["OL"], t)
        self._then = self._found_home

    def define(self, position: float, t: float) -> None:
        """The present position counts as `position` mm."""
        self._origin += self.position(t) - position
        self.target = position

    # On the way

    def advance(self, t: float) -> None:
        """Move the carriage as far as it has come by `t`."""
        while self._legs and self._legs[0].end <= t:
            leg = self._legs[0]
            self._drive(leg.target, leg.end)
            if self._legs:
                self._legs.popleft()
            if not self._legs and self._then is not None:
                then, self._then = self._then, None
                then()
        if self._legs and self._looked < t:
            self._drive(self._legs[0].position(t), t)
        self._looked = t

    def _drive(self, position: float, t: float) -> None:
        wanted = (position + self._origin) / self._scale
        low, high = self._port.travel
        self._port.drive(min(max(wanted, low), high), t)
        code = 0
        if abs(self._port.position(t) - wanted) * 1e3 > FOLLOWING:
            code = errors.FOLLOWING
        if wanted > high + RESOLUTION / 1e3:
            code = errors.POSITIVE_HARDWARE
        if wanted < low - RESOLUTION / 1e3:
            code = errors.NEGATIVE_HARDWARE
        if code:
            self._report(code, t)
            self.disable()

    def _found_home(self) -> None:
        here = self._scale * self._port.position(self._looked)
        self._origin = here - self.home_position
        self.homing, self.target = False, self.home_position

    def _ready(self) -> None:
        if not self.enabled:
            raise Refused(errors.NOT_ENABLED, of_axis=True)
        if self.homing:
            raise Refused(errors.HOMING, of_axis=True)

    def _switch(self, side: int) -> float:
        return self._scale * self._port.travel[side] - self._origin

    def _go(self, target: float, velocity: float, t: float) -> None:
        self._brake(t)
        self._append(target, velocity, t)

    def _brake(self, t: float) -> None:
        if self._legs:
            leg = self._legs[0]
            self._legs.clear()
            self._legs.append(Braking(leg.position(t), leg.speed(t), self.settings["AG"], t))
            self.target = self._legs[0].target

    def _append(self, target: float, velocity: float, t: float) -> None:
        last = self._legs[-1] if self._legs else None
        start, began = (last.target, last.end) if last else (self.position(t), t)
        move = Move(start, target, velocity, self.settings["AC"], self.settings["AG"], began)
        self._legs.append(move)
        self.target = target
        self._looked = min(self._looked, t) if last else t
