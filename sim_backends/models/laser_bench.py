"""The table of the laser bench: pump, shutter, the beam behind it and the head that stands in it.

A person puts the head into the pump beam before the cavity or into the output behind it. Fits the
ports of the pump (`emit`, `emitted`), of the shutter (`shutter`, `interlocked`), of the head's
absorber (`heat`, `wavelength`) and of people (`acted`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim_backends.models.diamond_laser import stokes_wavelength
from sim_backends.models.laser_light import Device, pump_power, stokes_lines
from sim_backends.models.noise import Drift
from sim_backends.models.thermal_absorber import ThermalAbsorber
from sim_backends.streams import stream

OUTPUT, PUMP = "output", "pump"
STEP = 10.0
"""Seconds after which the slow drift of the pump moves the warmth of the head anew."""


class LaserTable:
    """`laser` on the table of the bench of `seed` from run time `t0` in s on.

    `paths` is the true over the assumed transmission to the head by where it stands; `drift` the
    standard deviation of the pump's slow drift, `tau` in s that of the head's absorber. `filters`
    is the true over the assumed transmission of the separator of each order.
    """

    def __init__(
        self,
        laser: Device,
        *,
        paths: Mapping[str, float],
        drift: float,
        tau: float,
        filters: Sequence[float] = (),
        seed: int,
        t0: float,
    ) -> None:
        self.laser = laser
        self._paths = dict(paths)
        self._filters = tuple(filters)
        self._filter = 0
        self._drift = Drift(drift, 600.0, STEP, stream(seed, "laser bench", "pump drift"), t0)
        self._absorber = ThermalAbsorber(tau, t0)
        self._setting, self._is_open, self._tripped = 0.0, False, False
        self._place = OUTPUT
        self._seen = t0

    # The pump

    def emit(self, power: float, t: float) -> None:
        """From `t` on the pump is set to `power` in W (0: off)."""
        self._advance(t)
        self._setting = power
        self._lit(t)

    def emitted(self, t: float) -> float:
        """True pump power in W at `t`."""
        return pump_power(self.laser, self._setting) * (1.0 + self._drift.at(t))

    # The shutter

    def shutter(self, is_open: bool, t: float) -> None:
        """From `t` on light passes or not."""
        self._advance(t)
        self._is_open = is_open
        self._lit(t)

    def interlocked(self, t: float) -> bool:
        """Whether the interlock is tripped: a door of the table is open."""
        return self._tripped

    # The head

    def heat(self, t: float) -> float:
        """Power in W that the warmth of the head's absorber stands for at `t`."""
        self._advance(t)
        return self._absorber.warmth(t)

    def wavelength(self, t: float) -> float:
        """Wavelength in m of what falls on the head."""
        order = 0 if self._place == PUMP else max(self._filter, 1)
        return stokes_wavelength(self.laser.pump_wavelength, order)

    # People

    def acted(self, prompt: str, value: object, t: float) -> None:
        """`.../head`: where the head was put; `.../separator`: which order a separator sends to it
        alone, `none` for all; `.../door`: whether a door was opened."""
        what = prompt.rpartition("/")[2]
        if what == "head" and value in self._paths:
            self._advance(t)
            self._place = str(value)
            self._lit(t)
        elif what == "separator":
            self._advance(t)
            self._filter = int(str(value)) if str(value).isdecimal() else 0
            self._lit(t)
        elif what == "door":
            self._tripped = value == "open"
            if self._tripped:
                self.shutter(False, t)

    def light(self, t: float) -> float:
        """Power in W on the head at `t`."""
        pump = self.emitted(t) if self._is_open else 0.0
        return (pump if self._place == PUMP else self._output(pump)) * self._paths[self._place]

    def lines(self, t: float) -> tuple[tuple[float, float], ...]:
        """Wavelength in m and power in W of the lines of the output at `t`, by order."""
        return stokes_lines(self.laser, self.emitted(t)) if self._is_open else ()

    def _output(self, pump: float) -> float:
        powers = [power for _, power in stokes_lines(self.laser, pump)]
        if not self._filter:
            return sum(powers)
        if self._filter > len(powers):
            return 0.0
        return powers[self._filter - 1] * self._filters[self._filter - 1]

    def _lit(self, t: float) -> None:
        self._absorber.receive(self.light(t), t)
        self._seen = t

    def _advance(self, t: float) -> None:
        """Let the head follow the drift of the pump, in steps, up to `t`; a dark one needs none."""
        if not self._is_open or self._setting == 0.0:
            self._seen = max(self._seen, t)
            return
        while self._seen + STEP <= t:
            self._lit(self._seen + STEP)
