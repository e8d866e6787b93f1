"""The output of a Sequoia: relay, immediate levels, transients, and what protects it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.california_instruments.sequoia_specs import (
    FED_BACK,
    FREQUENCY,
    PHASES,
    RANGES,
    Rating,
)
from sim_backends.emulators.california_instruments.sequoia_transient import Making, Point
from sim_backends.models.power_ports import GridPort, GridSegment, PhaseFlow

VF, CF, OT, RI, CL = 1, 2, 8, 512, 4096
"""Bits of the questionable register: voltage fault, current protection, over-temperature, remote
inhibit, current limit at work."""


class Protection:
    """Limits of current and of what is fed back; settings as after `*RST`."""

    def __init__(self, rating: Rating, top: float) -> None:
        self.limits = [rating.current(top).default] * PHASES
        self.trips, self.delay = True, 0.1
        self.regenerates = False
        self.fed_back = rating.amps
        self.under, self.over = 0.0, RANGES[1]


class Output:
    """The output of one source of `rating` with its own true errors, wired to `port`."""

    def __init__(self, rating: Rating, port: GridPort, rng: np.random.Generator) -> None:
        self.rating, self.port = rating, port
        self.making = Making(port.phases, rng)
        sense = Spec(rating.amps, 0.0, 2e-3 * rating.amps)
        self._sense = [Channel([sense], rng) for _ in range(PHASES)]
        self.on, self.tripped = False, 0
        self._standing: float | None = None
        self.defaults()
        self._now = self.making.true(self.level(), self.index)
        self._phase = 0.0

    def defaults(self) -> None:
        """Settings as after `*RST`: 0 V, 60 Hz, 166 V range."""
        self.top = RANGES[0]
        self.volts, self.frequency, self.phase = [0.0] * PHASES, FREQUENCY.default, 0.0
        self._lowered = [1.0] * PHASES
        self.protection = Protection(self.rating, self.top)

    @property
    def index(self) -> int:
        """Which voltage range is set."""
        return RANGES.index(self.top)

    def level(self) -> Point:
        """The immediate levels."""
        pairs = zip(self.volts, self._lowered, strict=True)
        return Point(tuple(v * share for v, share in pairs), self.frequency, self.phase)

    def apply(self, t: float) -> None:
        """The immediate levels come out from `t` on."""
        self._lowered = [1.0] * PHASES
        self._play([self.level()], 0.0, t)

    def transient(self, points: Sequence[Point], t: float) -> float:
        """Play `points` and then the immediate levels; run time in s at which that is over."""
        late = self.making.late()
        made = self._play([*points, self.level()], late, t)
        return t + late + sum(one.duration for one in made if one.duration < math.inf)

    def _play(self, points: Sequence[Point], late: float, t: float) -> list[GridSegment]:
        made = self.making.segments(self._now, self._phase, points, self.index)
        still = GridSegment(self._now.voltage, self._now.frequency, late)
        self.port.play([still, *made] if late else made, t)
        self._now, self._phase = made[-1], points[-1].phase
        return made

    def switch(self, on: bool, t: float) -> None:
        """Close or open the relay at `t`; closing, the levels come up from 0 V."""
        if on and not self.on:
            dark = Point((0.0,) * PHASES, self.frequency, self.phase)
            self._now, self._phase = self.making.true(dark, self.index), self.phase
            self.apply(t)
        self.on, self._standing = on, None
        self.port.connect(on, t)

    def dark(self, t: float) -> None:
        """0 V at the output, the relay still closed."""
        dark = Point((0.0,) * PHASES, self.frequency, self.phase)
        self._play([dark], 0.0, t)

    # Protection

    @property
    def waits_until(self) -> float | None:
        """When an over-current that stands now has stood for the delay."""
        return None if self._standing is None else self._standing + self.protection.delay

    @property
    def limiting(self) -> bool:
        """Whether the voltage is lowered to hold the current."""
        return self.on and min(self._lowered) < 1.0

    def check(self, t: float) -> None:
        """Let the protections look at `t`; what trips opens the output and is latched."""
        if not self.on:
            return
        flows = self.port.flow(t)
        if self._feeds_back(flows):
            self._trip(VF, t)
        elif not self._over(flows):
            self._standing = None
        elif self._standing is None:
            self._standing = t
        elif t - self._standing >= self.protection.delay - 1e-9:
            self._act(flows, t)

    def _feeds_back(self, flows: Sequence[PhaseFlow]) -> bool:
        watts = sum(flow.power for flow in flows)
        return not self.protection.regenerates and watts < -FED_BACK * self.rating.va

    def _over(self, flows: Sequence[PhaseFlow]) -> bool:
        if sum(flow.voltage * flow.current for flow in flows) > self.most():
            return True
        return any(amps > limit for amps, limit in self._loads(flows))

    def most(self) -> float:
        """Apparent power in VA of all phases that this source gives on this bench."""
        return min(self.rating.va, self.port.capacity())

    def _loads(self, flows: Sequence[PhaseFlow]) -> list[tuple[float, float]]:
        """Current as sensed and its limit, in A, by phase; fed back it has a limit of its own."""
        found = []
        for flow, sense, limit in zip(flows, self._sense, self.protection.limits, strict=False):
            allowed = min(limit, self.protection.fed_back) if flow.power < 0.0 else limit
            found.append((sense.convert(flow.current, 0), allowed))
        return found

    def _act(self, flows: Sequence[PhaseFlow], t: float) -> None:
        loads = self._loads(flows)
        if self.protection.trips or not any(amps > limit for amps, limit in loads):
            self._trip(CF, t)
            return
        for phase, (amps, limit) in enumerate(loads):
            if amps > limit:
                self._lowered[phase] *= limit / amps
        self._standing = t
        self._play([self.level()], 0.0, t)

    def _trip(self, bit: int, t: float) -> None:
        self.tripped |= bit
        self.switch(False, t)
