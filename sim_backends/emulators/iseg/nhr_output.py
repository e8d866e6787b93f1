"""The output of one channel of an NHR: ramps, current limit, trip, safety loop."""

from __future__ import annotations

import math

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.iseg import nhr_specs as specs
from sim_backends.models.high_voltage_port import HighVoltagePort

RAMP_OFF, SHUT_OFF, NEVER = 1, 2, 4
"""Actions of a trip: off with ramp, off without, the trip disabled (0: only told)."""


class Output:
    """One channel with its own true errors at `port`, positive, just switched on: off, at 0 V.

    What happens between two looks is done at the later one.
    """

    def __init__(self, port: HighVoltagePort, rng: np.random.Generator) -> None:
        self._port = port
        self._source = Channel((specs.SET,), rng)
        self._limit = Channel((specs.LIMIT,), rng)
        self._meters = Channel((specs.VOLTMETER,), rng), Channel((specs.AMMETER,), rng)
        self.on = self.emergency = False
        self.set_voltage, self.set_current = 0.0, specs.AMPS
        self.ramp, self.trip_time, self.trip_action = specs.DELIVERED, 0, NEVER
        self.limited = self.tripped = self.loop_opened = False
        self._level, self._since = 0.0, 0.0
        self._free = False
        self._limited_since = math.inf

    # State at a time

    @property
    def target(self) -> float:
        """V to which the ramp goes."""
        return self.set_voltage if self.on else 0.0

    def ramping(self, t: float) -> bool:
        """Whether a ramp is running at `t`."""
        return not self._free and self._at(t) != self.target

    def due(self) -> float | None:
        """When a limit that stands now trips; None where none does."""
        if not self.limited or self.tripped or self.trip_action == NEVER:
            return None
        return self._limited_since + self.trip_time * 1e-3 + 1e-6

    def look(self, t: float) -> tuple[float, float]:
        """True voltage in V and current in A at `t`; loop, limit and trip act."""
        if not self._port.loop_closed(t) and (self.on or self._level > 0.0):
            self.loop_opened = True
            self._shut(t)
        level = self._at(t)
        if level <= 0.0 and not self.on:
            self._port.rest(t)
            self._limited_since, self.limited = math.inf, False
            return 0.0, 0.0
        volts = max(self._source.convert(level, 0), 0.0) if not self._free else level
        most = max(self._limit.convert(self.set_current, 0), 0.0)
        amps = self._port.drive(volts, t)
        self.limited = amps > most
        if self.limited:
            volts, amps = self._port.yields(most, t), most
        self._stand(t)
        return volts, amps

    def read(self, t: float) -> tuple[float, float]:
        """Voltage in V and current in A by the channel's own meters."""
        volts, amps = self.look(t)
        return self._meters[0].convert(volts, 0), self._meters[1].convert(amps, 0)

    # Orders

    def put_voltage(self, volts: float, t: float) -> None:
        """A new set point; an output that is on ramps to it."""
        self._rest(t)
        self.set_voltage = volts

    def put_ramp(self, rate: float, t: float) -> None:
        """A new speed in V/s, also for a ramp that is running."""
        self._rest(t)
        self.ramp = rate

    def switch(self, on: bool, t: float) -> bool:
        """On or off with ramp; false where an event, an emergency or the loop keeps it off."""
        refused = self.emergency or self.tripped or self.loop_opened
        if on and (refused or not self._port.loop_closed(t)):
            return False
        self._rest(t)
        self._free = self._free and not on
        self.on = on
        return True

    def emergency_off(self, t: float) -> None:
        """Off without ramp; it stays so until it is cleared."""
        self.emergency = True
        self._shut(t)

    def clear(self) -> None:
        """Events cleared."""
        self.tripped = self.loop_opened = False

    # Inside

    def _at(self, t: float) -> float:
        age = t - self._since
        if self._free:
            left = self._level * math.exp(-age / specs.DISCHARGE) if age < 20.0 else 0.0
            return left if left > 1e-3 else 0.0
        way = self.target - self._level
        return self._level + math.copysign(min(abs(way), self.ramp * age), way)

    def _rest(self, t: float) -> None:
        self._level, self._since = self._at(t), t

    def _shut(self, t: float) -> None:
        self._rest(t)
        self._free, self.on = True, False

    def _stand(self, t: float) -> None:
        """The trip after its time in the current limit."""
        if not self.limited:
            self._limited_since = math.inf
            return
        self._limited_since = min(self._limited_since, t)
        late = t - self._limited_since >= self.trip_time * 1e-3
        if self.trip_action == NEVER or not late or self.tripped:
            return
        self.tripped = True
        if self.trip_action == RAMP_OFF:
            self._rest(t)
            self.on = False
        elif self.trip_action >= SHUT_OFF:
            self._shut(t)
