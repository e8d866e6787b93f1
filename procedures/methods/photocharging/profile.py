"""What the portable product gets and takes, as the method declares it. Pure.

The indicator says "stable" and no more. Declared is: light that changes in steps with two dark
times, a load that idles and bursts, and the voltage band of a USB port (USB 2.0, 7.2.2: 4.75 V to
5.25 V), which the output must not leave at any time of the profile, also not for microseconds.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """`phases` of irradiance in W/m2 (0: dark) and length in s; `idle` and `burst` current in A, a
    burst of `width` s at the begin of each `every` s; the output is read each `reading` s; it must
    stay inside `low` to `high` in V."""

    phases: tuple[tuple[float, float], ...]
    idle: float
    burst: float
    width: float
    every: float
    reading: float
    low: float
    high: float

    @property
    def seconds(self) -> float:
        """Length of the whole in s."""
        return sum(length for _, length in self.phases)

    @property
    def levels(self) -> tuple[float, ...]:
        """The irradiances in W/m2 that are not dark, each once, highest first."""
        return tuple(sorted({light for light, _ in self.phases if light > 0.0}, reverse=True))

    def light(self, elapsed: float) -> float:
        """Irradiance in W/m2 from `elapsed` s on."""
        begin = 0.0
        for light, length in self.phases:
            if elapsed < begin + length:
                return light
            begin += length
        return self.phases[-1][0]

    def bursts(self, elapsed: float) -> bool:
        """Whether a burst begins at `elapsed` s."""
        return elapsed < self.seconds and elapsed % self.every < 1e-6


PORTABLE = Profile(
    phases=((1000.0, 3600.0), (300.0, 3600.0), (0.0, 2640.0), (600.0, 2640.0), (0.0, 1920.0)),
    idle=0.10,
    burst=0.50,
    width=15.0,
    every=240.0,
    reading=120.0,
    low=4.75,
    high=5.25,
)
"""A small product of 0.5 W that takes 2.5 W for 15 s of each 4 min, for four hours."""
