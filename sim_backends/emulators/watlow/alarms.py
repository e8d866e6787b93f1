"""The alarms of the F4T (user's guide 1680-2414, printed pages 83 to 89, registers on page 225).

A process alarm compares the process value with its set points, a deviation alarm the process value
less the working set point. Hysteresis ends the condition; a latching alarm then stands until it is
cleared. Blocking, logic and delay are left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim_backends.emulators.watlow.codes import Code


@dataclass(slots=True)
class Alarm:
    """One alarm on loop `loop` (0 or 1); set points and hysteresis in that loop's unit."""

    loop: int = 0
    kind: Code = Code.OFF
    sides: Code = Code.BOTH
    high: float = 148.9
    low: float = 0.0
    hysteresis: float = 0.6
    silencing: Code = Code.OFF
    latching: Code = Code.NON_LATCHING
    state: Code = Code.NONE

    def look(self, value: float, working: float) -> None:
        """Judge the process `value` (nan: sensor broken) at the set point `working`."""
        if self.kind is Code.OFF:
            self.state = Code.NONE
        elif math.isnan(value):
            self.state = Code.ERROR
        else:
            condition = self._condition(value - self._centre(working))
            if condition is not Code.NONE or self.latching is Code.NON_LATCHING:
                self.state = condition

    def clear(self, value: float, working: float) -> None:
        """Take back a latched alarm whose condition has gone."""
        if self.kind is Code.OFF or math.isnan(value):
            return
        self.state = self._condition(value - self._centre(working))

    def _centre(self, working: float) -> float:
        return working if self.kind is Code.DEVIATION_ALARM else 0.0

    def _condition(self, value: float) -> Code:
        band = self.hysteresis
        was_high, was_low = self.state is Code.ALARM_HIGH, self.state is Code.ALARM_LOW
        if self.sides is not Code.LOW and value > self.high - (band if was_high else 0.0):
            return Code.ALARM_HIGH
        if self.sides is not Code.HIGH and value < self.low + (band if was_low else 0.0):
            return Code.ALARM_LOW
        return Code.NONE
