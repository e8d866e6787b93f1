"""The output of a GENESYS+: constant voltage or constant current, and what protects it."""

from __future__ import annotations

import math

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.tdk_lambda.genesys_plus_specs import SETTLING, Rating
from sim_backends.models.ports import ElectricalPort

FOLD, OVER, UNDER = "FOLD", "OVP", "UVP"


class _Level:
    """A set level that its output follows with the settling time."""

    def __init__(self) -> None:
        self.set = self._from = 0.0
        self._since = -math.inf

    def put(self, value: float, t: float) -> None:
        self._from, self.set, self._since = self.at(t), value, t

    def start(self, t: float) -> None:
        """The output comes up from nothing at `t`."""
        self._from, self._since = 0.0, t

    def at(self, t: float) -> float:
        age = max(t - self._since, 0.0) / SETTLING
        return self.set + (self._from - self.set) * (math.exp(-age) if age < 40.0 else 0.0)


class Output:
    """The output of one supply with its own true errors, wired to `port`."""

    def __init__(self, rating: Rating, port: ElectricalPort, rng: np.random.Generator) -> None:
        self.rating = rating
        self._port = port
        self._true = [Channel((spec,), rng) for spec in rating.programming()]
        self._meters = [Channel((spec,), rng) for spec in rating.readback()]
        self.on = False
        self.defaults()

    def defaults(self) -> None:
        """Settings as after `*RST`: nothing set, no fold-back, protections at their ends."""
        self.voltage, self.current = _Level(), _Level()
        self.over, self.under = self.rating.over_voltage.default, 0.0
        self.under_trips = False
        self.fold, self.delay = "OFF", 0.25
        self.tripped: set[str] = set()
        self._standing: dict[str, float] = {}
        self._before = False

    def switch(self, on: bool, t: float) -> None:
        """Output on or off at `t`; off, the terminals are open."""
        if on == self.on:
            return
        self.on = on
        self._standing = {}
        if on:
            self.voltage.start(t)
            self.current.start(t)
        else:
            self._port.disconnect(t)

    def point(self, t: float) -> tuple[float, float, str]:
        """Voltage in V, current in A at the terminals and what holds them: CV, CC, OFF."""
        if not self.on:
            return self._port.voltage(0.0, t), 0.0, "OFF"
        limit = max(self._true[1].convert(self.current.at(t), 0), 0.0)
        volts = self._port.voltage(limit, t)
        level = max(self._true[0].convert(self.voltage.at(t), 0), 0.0)
        if volts <= level:
            return volts, limit, "CC"
        amps = self._port.current(level, t)
        if amps < 0.0:
            # It cannot take current: a device above the set voltage keeps its own.
            return self._port.voltage(0.0, t), 0.0, "CV"
        return level, amps, "CV"

    def read(self, t: float) -> tuple[float, float]:
        """Voltage in V and current in A as the supply's own meter has them, never negative."""
        volts, amps, _ = self.point(t)
        found = (self._meters[0].convert(volts, 0), self._meters[1].convert(amps, 0))
        return max(found[0], 0.0), max(found[1], 0.0) if self.on else 0.0

    @property
    def waits(self) -> bool:
        """Whether a protection is at work that trips after the delay."""
        return self.fold != "OFF" or self.under_trips

    def check(self, t: float) -> str:
        """Let the protections look; what trips turns the output off. What holds the output then, as
        of `point`."""
        if not self.on:
            return "OFF"
        volts, _, mode = self.point(t)
        if volts > self.over:
            self._trip(OVER, t)
        self._stand(FOLD, self.fold == mode, t)
        self._stand(UNDER, self.under_trips and volts < self.under, t)
        return mode if self.on else "OFF"

    def _stand(self, name: str, there: bool, t: float) -> None:
        if not there:
            self._standing.pop(name, None)
        elif t - self._standing.setdefault(name, t) >= self.delay:
            self._trip(name, t)

    def _trip(self, name: str, t: float) -> None:
        self.tripped.add(name)
        self._before = True
        self.switch(False, t)

    def release(self, t: float) -> None:
        """Clear the trips; the output goes back to what it was before (OUTPut:PROTection:CLEar)."""
        self.tripped = set()
        self.switch(self._before, t)
        self._before = False
