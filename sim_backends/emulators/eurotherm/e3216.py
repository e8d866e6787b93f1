"""Eurotherm 3216 temperature controller on Modbus RTU.

Written from the engineering handbook HA028651 (3116 and 3200 series). Modelled: process value with
input filter and calibration error, set points with limits and rate limit, PID in automatic and
manual mode, standby, sensor break. Not modelled: alarms, timer, programmer, autotune, recipes.

The control loop runs every second while it works. Once the temperature stays at the set point the
period grows by a third each step up to 900 s, and falls back to one second on the first deviation
and whenever something is set, so that weeks of holding cost little; a real 3216 samples its input
every 250 ms all the time. A look at the process value is a step of the loop too, unless the last
one is less than such a sample old. It leaves the works in manual mode at 0 %.
"""

from __future__ import annotations

import math

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.eurotherm.parameters import ParameterMap
from sim_backends.emulators.eurotherm.pid import Loop, Tuning
from sim_backends.emulators.eurotherm.registers import parameters
from sim_backends.emulators.modbus_rtu import Framer, answer
from sim_backends.emulators.outbox import Outbox
from sim_backends.models.ports import ThermalPort

CHARACTER = 10 / 9600
"""Seconds of one character at 9600 baud, 8N1."""

LATENCY = 5e-3
"""Seconds between the end of a request and the start of its answer."""

SAMPLE = 0.25
"""Seconds between two samples of the input: for so long a value is the newest there is."""

PERIOD, LONGEST_PERIOD = 1.0, 900.0
"""Seconds between control steps: while working, at most while settled."""

GROWTH = 4 / 3
"""Factor from one period to the next while settled."""

RECOVERY = 1.05
"""Factor by which the longest period grows again at each settled step; a deviation halves it, so
that a body too quick for long periods is held with short ones."""

SETTLED = 0.15
"""Deviation in K below which the loop may slow down."""

INPUT = Spec(range=1000.0, gain=2.5e-3, offset=0.1, noise=0.01)
"""Calibration accuracy 0.25 % of reading +-1 digit (3200 series data sheet); 0.01 K of noise."""


class E3216:
    """One 3216 with communications address 1 that controls `port`."""

    def __init__(self, port: ThermalPort, *, serial: str, rng: np.random.Generator) -> None:
        # The instrument holds no serial number that Modbus could read: only the customer
        # identifier (629), which is 0 until its owner writes one.
        self.serial = serial
        self.port = port
        self.loop = Loop(Tuning())
        self.target = [20.0, 20.0]
        self.selected = 0
        self.limits = [-20.0, 200.0]
        self.span = (-200.0, 850.0)
        self.manual = True
        self.manual_output = 0.0
        self.safe_output = 0.0
        self.standby = False
        self.broken = False
        self.decimals = 1
        self.peaks = [math.inf, -math.inf]
        self.t = 0.0
        self._input = Channel([INPUT], rng)
        self._framer = Framer(1)
        self._registers = ParameterMap(parameters(self), lambda: self.decimals)
        self._outbox = Outbox()
        self._stepped = -math.inf
        self._period = PERIOD
        self._longest = LONGEST_PERIOD

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream."""
        self.t = t
        for request in self._framer.feed(data, t):
            reply = answer(request, self._registers)
            if reply:
                busy = LATENCY + CHARACTER * (len(request) + 2 + len(reply))
                self._outbox.put(reply, t + busy)

    def due(self) -> float | None:
        """When the next answer has left or the loop has its next step."""
        reply = self._outbox.due()
        if not self.controls:
            return reply
        step = self._stepped + self._period
        return step if reply is None else min(reply, step)

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        self.t = t
        if self.controls and self._stepped + self._period <= t:
            self.step()
        return self._outbox.take(t)

    def clear(self, t: float) -> None:
        """Half a request and waiting answers are lost; control goes on."""
        self.t = t
        self._framer.clear()
        self._outbox.clear()

    # The instrument

    @property
    def controls(self) -> bool:
        """Whether the PID works: automatic, not in standby."""
        return not self.manual and not self.standby

    @property
    def setpoint_target(self) -> float:
        """The selected target set point in degC."""
        return self.target[self.selected]

    def step(self) -> None:
        """Measure, and where the PID works, control."""
        since = self.t - self._stepped
        if since < SAMPLE:
            return
        dt = min(since, LONGEST_PERIOD) if since < math.inf else 0.0
        self._stepped = self.t
        self._measure(dt)
        if not self.controls:
            return
        self.loop.ramp(self.setpoint_target, dt)
        self._drive(self.safe_output if self.broken else self.loop.control(dt))
        self._pace()

    def process_value(self) -> float:
        """Filtered temperature in degC; the top of the range with a broken sensor."""
        self.step()
        return self.span[1] if self.broken else self.loop.value

    def disturb(self) -> None:
        """Something was set: look again soon."""
        self._period = PERIOD

    def set_target(self, index: int, value: float) -> None:
        """Set point `index` in degC, clamped to the set point limits."""
        self.target[index] = min(max(value, self.limits[0]), self.limits[1])
        self.disturb()
        if not self.controls and self.loop.rate <= 0:
            self.loop.setpoint = self.setpoint_target

    def set_manual(self, manual: bool) -> None:
        """Manual mode begins with the present output, automatic mode without a bump."""
        if manual == self.manual:
            return
        self.step()
        self.manual = manual
        if manual:
            self.manual_output = self.loop.output
        else:
            self._begin_control()

    def set_output(self, output: float) -> None:
        """Manual output in %, within the output limits; it acts in manual mode."""
        self.manual_output = min(max(output, self.loop.low), self.loop.high)
        if self.manual and not self.standby:
            self._drive(self.manual_output)

    def set_standby(self, standby: bool) -> None:
        """Standby: outputs off; back in operation the mode is as before."""
        if standby == self.standby:
            return
        self.step()
        self.standby = standby
        if standby:
            self._drive(0.0)
        elif self.manual:
            self._drive(self.manual_output)
        else:
            self._begin_control()

    def _begin_control(self) -> None:
        if self.loop.rate > 0 and not self.broken:
            self.loop.setpoint = self.loop.value
        else:
            self.loop.setpoint = self.setpoint_target
        self.loop.take_over(self.loop.output)
        self.disturb()

    def _measure(self, dt: float) -> None:
        true = self.port.temperature(self.t)
        self.broken = not math.isfinite(true)
        if self.broken:
            return
        value = self.loop.filtered(self._input.convert(true, 0), dt)
        self.peaks = [min(self.peaks[0], value), max(self.peaks[1], value)]

    def _drive(self, output: float) -> None:
        self.loop.output = output
        self.port.heat(output / 100.0, self.t)

    def _pace(self) -> None:
        deviation = abs(self.loop.value - self.loop.setpoint)
        if self.broken or deviation > SETTLED or self.loop.setpoint != self.setpoint_target:
            if self._period > PERIOD:
                self._longest = max(self._period / 2, PERIOD)
            self._period = PERIOD
        else:
            self._longest = min(self._longest * RECOVERY, LONGEST_PERIOD)
            self._period = min(self._period * GROWTH, self._longest)


EMULATOR = E3216
