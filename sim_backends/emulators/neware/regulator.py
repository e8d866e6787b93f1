"""The power stage of one channel: it regulates, measures and counts charge and energy.

Limits of error 0.05 % of full scale for voltage and current, 5 V and 6 A (data sheet of the
BTS4000-5V6A, as remembered). What it counts is what it measures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.neware.step_file import CONSTANT_CURRENT, Step
from sim_backends.models.battery_cell import CellPort

FULL_VOLTAGE, FULL_CURRENT = 5.0, 6.0
VOLTAGE = Spec(range=FULL_VOLTAGE, gain=0.0, offset=5e-4 * FULL_VOLTAGE, noise=2e-5)
CURRENT = Spec(range=FULL_CURRENT, gain=0.0, offset=5e-4 * FULL_CURRENT, noise=2e-5)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the channel measures: `voltage` V, `current` A (positive in charge)."""

    voltage: float
    current: float


class Regulator:
    """The stage in front of the cell at `port`; nothing flows until `regulate`."""

    def __init__(self, port: CellPort, rng: np.random.Generator) -> None:
        self._port = port
        self._voltage = Channel([VOLTAGE], rng)
        self._current = Channel([CURRENT], rng)
        self._flows = 0.0
        self._since = 0.0
        self._last = Reading(0.0, 0.0)
        self.charge = 0.0
        self.energy = 0.0

    def begin(self, t: float) -> None:
        """Count charge in Ah and energy in Wh from 0."""
        self.charge = self.energy = 0.0
        self._since = t

    def regulate(self, step: Step, t: float) -> Reading:
        """Count what has flowed, set the current that `step` asks for, and measure."""
        self.count(t)
        self._flows = self._wanted(step, t)
        self._port.drive(self._flows, t)
        self._last = self.measure(t)
        return self._last

    def open(self, t: float) -> None:
        """No current from `t` on."""
        self.count(t)
        self._flows = 0.0
        self._port.drive(0.0, t)
        self._last = self.measure(t)

    def measure(self, t: float) -> Reading:
        """Voltage and current at `t`; an open channel reads no current."""
        voltage = self._voltage.convert(self._port.voltage(t), 0)
        current = self._current.convert(self._flows, 0) if self._flows else 0.0
        return Reading(voltage, current)

    def reads(self, voltage: float) -> float:
        """The true voltage in V at which it reads `voltage`."""
        return 2.0 * voltage - self._voltage.convert(voltage, 0)

    def _wanted(self, step: Step, t: float) -> float:
        if step.sign == 0.0:
            return 0.0
        most = min(step.current, FULL_CURRENT)
        if step.kind not in CONSTANT_CURRENT:
            held = step.sign * self._port.current_at(self.reads(step.voltage), t)
            most = min(max(held, 0.0), most)
        # It regulates what it measures, so the true current carries the error of its meter.
        asked = step.sign * most
        return 2.0 * asked - self._current.convert(asked, 0) if asked else 0.0

    def count(self, t: float) -> None:
        """Bring charge and energy up to `t`."""
        hours = (t - self._since) / 3600.0
        self._since = t
        if hours <= 0.0 or not self._flows:
            return
        now = self._voltage.convert(self._port.voltage(t), 0)
        mean = (now + self._last.voltage) / 2.0
        self.charge += abs(self._last.current) * hours
        self.energy += abs(self._last.current) * mean * hours
        self._last = Reading(now, self._last.current)


def is_beyond(step: Step) -> bool:
    """Whether `step` asks for more than the channel has: 5 V, 6 A."""
    currents = [step.current] if math.isfinite(step.current) else []
    voltages = [v for v in (step.voltage, step.stop_voltage) if not math.isnan(v)]
    return any(i > FULL_CURRENT for i in currents) or any(
        not 0.0 <= v <= FULL_VOLTAGE for v in voltages
    )
