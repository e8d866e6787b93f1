"""The flow controller behind ProPar: sensor, valve, set point and its slope, counter."""

from __future__ import annotations

from math import inf

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.bronkhorst import specs
from sim_backends.models.flowing import FlowingPort
from sim_backends.models.gas import lagged
from sim_backends.models.gas_line import LinePort

BUS, ANALOG, CLOSED, IDLE, FULL, PURGE, KEYBOARD, ZERO, RS232, STEERING = (
    0,
    1,
    3,
    4,
    7,
    8,
    11,
    12,
    18,
    20,
)
"""Control modes (parameter values of the maker's library bronkhorst-propar)."""

OF_THE_VALVE = (CLOSED, PURGE)
"""Modes of the valve, not of the set point: "close valve", "purge valve" (the same library). Those
of a set point are named "setpoint = 100%" and "setpoint = 0%" there, and follow the slope."""

STEP = 0.1
"""Seconds between two looks at a flow that changes."""

AT_REST = 1e-5


class Controller:
    """One controller in the line at `port`. Flows inside are fractions of full scale.

    The inner control loop is not modelled: the flow follows the set point with a first-order lag,
    up to what the open valve lets through. Its own sensor decides, so the sensor's error is in the
    true flow. Modes that close or open the valve itself overrule the slope, which is the set
    point's: no printed sentence was found that says so, nor the contrary. The port is told the
    valve's opening each time that it changes.
    """

    def __init__(self, port: LinePort, rng: np.random.Generator) -> None:
        self._port = port
        self._flowing = port if isinstance(port, FlowingPort) else None
        self._sensor = Channel([specs.ACCURACY], rng)
        self.mode = BUS
        self.slope = 0.0
        self.fluid = 0
        self.counting = True
        self.counter = 0.0
        self._setpoint = 0.0
        self._ramp = 0.0
        self._flow = 0.0
        self._opened = 0.0
        self._t = 0.0

    # What the protocol sees

    @property
    def setpoint(self) -> float:
        """Set point as a fraction of full scale."""
        return self._setpoint

    @property
    def factor(self) -> float:
        """Conversion factor of the chosen fluid."""
        return specs.FLUIDS[self.fluid][1]

    def set_setpoint(self, fraction: float, t: float) -> None:
        """A new set point from `t` on; the ramp starts where it stands."""
        self.advance(t)
        self._setpoint = fraction

    def set_mode(self, mode: int, t: float) -> None:
        """Another control mode from `t` on."""
        self.advance(t)
        self.mode = mode

    def measure(self, t: float) -> float:
        """The measured flow at `t`, as a fraction of full scale, with the sensor's noise."""
        self.advance(t)
        line = self._port.state(self._opened, t)
        return self._sensor.convert(line.flow / _scale(line.gas), 0)

    def temperature(self, t: float) -> float:
        """Temperature in degC of the housing."""
        return self._port.state(self._opened, t).temperature

    def opening(self, t: float) -> float:
        """How far the valve is open, 0..1."""
        self.advance(t)
        return self._opened

    def next_step(self) -> float | None:
        """When a flow that changes is looked at again; None at rest."""
        resting = abs(self._ramp - self._aim()) < AT_REST and (
            abs(self._flow - self._target(self._ramp, self._t)) < AT_REST
        )
        return None if resting else self._t + STEP

    def advance(self, t: float) -> None:
        """Let time pass until `t`."""
        while t - self._t > 1e-12:
            aim = self._aim()
            left = self._left(aim)
            if left == inf:
                self._ramp = aim
            duration = min(t - self._t, left)
            start = self._target(self._ramp, self._t)
            self._ramp = self._moved(aim, duration)
            end = self._target(self._ramp, self._t + duration)
            flow = lagged(self._flow, start, end, duration, specs.LAG)
            self._count((start + end) / 2.0 * duration - specs.LAG * (flow - self._flow))
            self._flow = 0.0 if end == 0.0 and flow < AT_REST else flow
            self._t += duration
        self._tell()

    # Inside

    def _aim(self) -> float:
        """Where the ramp goes."""
        if self.mode in (BUS, KEYBOARD, RS232, STEERING):
            return self._setpoint
        if self.mode == IDLE:
            return self._ramp
        return 1.0 if self.mode in (FULL, PURGE) else 0.0

    def _left(self, aim: float) -> float:
        """Seconds until the ramp is at `aim`; infinite when it is there or nothing ramps."""
        distance = abs(aim - self._ramp)
        ramps = self.slope > 0.0 and distance > 0.0 and self.mode not in OF_THE_VALVE
        return distance * self.slope if ramps else inf

    def _moved(self, aim: float, duration: float) -> float:
        left = self._left(aim)
        if left == inf or duration >= left:
            return aim
        return self._ramp + (aim - self._ramp) * duration / left

    def _most(self, t: float) -> float:
        """Flow of the open valve as a fraction of full scale."""
        line = self._port.state(1.0, t)
        return line.flow / _scale(line.gas)

    def _target(self, ramp: float, t: float) -> float:
        """The flow at which the sensor reads the set point, as far as the valve lets it."""
        most = self._most(t)
        if self.mode == PURGE:
            return most
        if ramp <= 0.0:
            return 0.0
        if self.mode == STEERING:
            return ramp * most
        at_zero = self._sensor.convert(0.0, 0, 0.0)
        gain = self._sensor.convert(1.0, 0, 0.0) - at_zero
        return min(max((ramp - at_zero) / gain, 0.0), most)

    def _count(self, area: float) -> None:
        """Add `area`, fractions of full scale times s, to the counter in ln."""
        if self.counting:
            self.counter += area * specs.CAPACITY * self.factor / 60.0 / 1000.0

    def _tell(self) -> None:
        """Let the line know how far the valve is open."""
        most = self._most(self._t)
        share = self._flow / most if most > 0.0 else float(self._aim() > 0.0)
        opened = 1.0 if self.mode == PURGE else min(share, 1.0)
        if opened != self._opened:
            self._opened = opened
            self._port.state(opened, self._t)
            if self._flowing is not None:
                self._flowing.passes(opened, self._t)


def _scale(gas: str) -> float:
    """m3/s of `gas` that the sensor takes for full scale, whichever fluid is chosen."""
    return specs.CAPACITY * specs.MLN_PER_MIN * specs.FACTORS.get(gas.upper(), 1.0)
