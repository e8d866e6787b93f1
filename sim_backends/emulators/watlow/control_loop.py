"""One control loop of the F4T: mode, set point with limits and ramp, PID, power.

User's guide 1680-2414, chapter 5 "Control Loop" (printed pages 99 to 116) and, for the manual ramp,
TestEquity's F4T manual, page 46: ramp action off, startup, set point or both, rate in units each
minute or hour.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from sim_backends.emulators.eurotherm.pid import Loop, Tuning
from sim_backends.emulators.modbus_rtu import ILLEGAL_VALUE, ModbusError
from sim_backends.emulators.watlow.codes import Code


@dataclass(slots=True)
class ControlLoop:
    """Values in the loop's unit (degC or %), powers in % (negative: cooling or drying).

    `mode` is what the user asked for, `guided` the set point of a running profile.
    """

    minimum: float
    maximum: float
    set_point: float
    tuning: Tuning
    mode: Code = Code.OFF
    manual_power: float = 0.0
    ramp_action: Code = Code.OFF
    ramp_scale: Code = Code.MINUTES
    ramp_rate: float = 1.0
    guided: float | None = None
    ramping: bool = False
    broken: bool = False
    pid: Loop = field(init=False)

    def __post_init__(self) -> None:
        self.pid = Loop(self.tuning, filter_time=0.5, setpoint=self.set_point)

    @property
    def active_mode(self) -> Code:
        """What it does now: off while its sensor is broken."""
        return Code.OFF if self.broken else self.mode

    @property
    def target(self) -> float:
        """Where the working set point goes."""
        return self.set_point if self.guided is None else self.guided

    @property
    def settles(self) -> bool:
        """Whether nothing of its own changes: no ramp under way."""
        return self.active_mode is not Code.AUTO or self.pid.setpoint == self.target

    def choose(self, mode: Code) -> None:
        """The user's control mode; into auto the power goes on without a bump."""
        if mode is Code.AUTO and self.mode is not Code.AUTO:
            self.ramping = self.ramp_action in (Code.STARTUP, Code.BOTH)
            self.pid.setpoint = self.pid.value if self.ramping else self.target
            self.pid.take_over(self.pid.output)
        elif mode is Code.MANUAL and self.mode is Code.AUTO:
            self.manual_power = self.pid.output
        self.mode = mode

    def aim(self, set_point: float) -> None:
        """The user's set point; exception 03 beyond its limits."""
        if not self.minimum <= set_point <= self.maximum:
            raise ModbusError(ILLEGAL_VALUE)
        self.ramping = self.ramp_action in (Code.SET_POINT, Code.BOTH)
        self.set_point = set_point

    def limit(self, low: float, high: float) -> None:
        """Set point limits; exception 03 where they cross or leave the set point outside."""
        if not low <= self.set_point <= high:
            raise ModbusError(ILLEGAL_VALUE)
        self.minimum, self.maximum = low, high

    def drive(self, power: float) -> None:
        """Manual power in %, -100..100; exception 03 beyond."""
        if not -100.0 <= power <= 100.0:
            raise ModbusError(ILLEGAL_VALUE)
        self.manual_power = power

    def step(self, measured: float, dt: float) -> float:
        """Power in % after `dt` more seconds with the input at `measured` (nan: sensor broken)."""
        self.broken = math.isnan(measured)
        if not self.broken:
            self.pid.filtered(measured, dt)
        if self.active_mode is Code.OFF:
            self.pid.output = 0.0
        elif self.active_mode is Code.MANUAL:
            self.pid.output = self.manual_power
        else:
            self._control(dt)
        return self.pid.output

    def _control(self, dt: float) -> None:
        per_minute = self.ramp_rate if self.ramp_scale is Code.MINUTES else self.ramp_rate / 60.0
        self.pid.rate = per_minute if self.ramping and self.guided is None else 0.0
        self.pid.ramp(self.target, dt)
        self.ramping = self.ramping and self.pid.setpoint != self.target
        if dt > 0:
            self.pid.control(dt)
