"""What a Keithley source meter with SCPI can do: ranges, accuracy, power envelope."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from drivers.accuracy import range_for
from drivers.limits import BenchLimits, refuse_outside, refuse_power
from labctl.evidence import Accuracy

UNITS = {"voltage": "V", "current": "A"}


def warmed(line: Accuracy, per_kelvin: float) -> Accuracy:
    """A line of the sheet whose limits grow by the part `per_kelvin` in each kelvin outside its
    reference temperatures, as the sheet states it."""
    return msgspec.structs.replace(
        line,
        temperature_gain=per_kelvin * line.gain,
        temperature_offset=per_kelvin * line.offset,
    )


@dataclass(frozen=True)
class Ratings:
    """A model's data sheet: lines of measuring accuracy, and the most it sources in V and A.

    Beyond `low_voltage` it sources `low_current` at most. `least` are the smallest compliances.
    Every range is used up to `over` times its name.
    """

    accuracies: tuple[Accuracy, ...]
    voltage: float
    current: float
    low_voltage: float
    low_current: float
    least: Mapping[str, float]
    over: float

    def most(self, function: str) -> float:
        """The most that can be sourced of `function`, in its unit."""
        return self.voltage if function == "voltage" else self.current

    def full_scale(self, function: str, value: float) -> float:
        """The smallest range of `function` that holds `value`, in V or A."""
        return range_for(self.accuracies, function, value, self.over)

    def refuse(
        self, limits: BenchLimits, voltage: float, current: float, *, address: str, command: str
    ) -> None:
        """`LimitRefused` beyond the bench's limits, the ratings or the power envelope (V, A, W)."""
        volts = min(self.voltage, limits.get("voltage", math.inf))
        amps = min(self.current, limits.get("current", math.inf))
        if abs(voltage) > self.low_voltage:
            amps = min(amps, self.low_current)
        refuse_outside("voltage", voltage, -volts, volts, "V", address=address, command=command)
        refuse_outside("current", current, -amps, amps, "A", address=address, command=command)
        refuse_power(limits, voltage, current, address=address, command=command)

    def refuse_compliance(
        self, function: str, compliance: float, *, address: str, command: str
    ) -> None:
        """`LimitRefused` for a compliance of `function` that is too small to be set (V or A)."""
        least, most, unit = self.least[function], self.most(function), UNITS[function]
        refuse_outside(
            "compliance", compliance, least, most, unit, address=address, command=command
        )
