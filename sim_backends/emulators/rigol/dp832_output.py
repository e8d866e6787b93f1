"""One output of a DP832: constant voltage held by a current limit, protections, readback."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.keithley.k2450_output import OutputStage, Point
from sim_backends.emulators.rigol.dp832_specs import RESOLUTION, OutputData
from sim_backends.models.ports import ElectricalPort

VOLTAGE, CURRENT = "VOLTage", "CURRent"


@dataclass(slots=True)
class Protection:
    """Over-voltage or over-current protection: level in V or A, and whether it has tripped."""

    level: float
    on: bool = False
    tripped: bool = False


class Output:
    """One output with its own true errors, wired to `port`."""

    def __init__(self, data: OutputData, port: ElectricalPort, rng: np.random.Generator) -> None:
        self.data = data
        self._port = port
        self._stage = OutputStage(port, rng, data.stage)
        self._meters = {name: Channel(specs, rng) for name, specs in data.readback.items()}
        self.on = False
        self.defaults()

    def defaults(self) -> None:
        """Settings as after delivery; the output must be off."""
        self.levels = {name: limits.default for name, limits in self.data.levels.items()}
        self.protections = {
            name: Protection(limits.default) for name, limits in self.data.protections.items()
        }

    def set_level(self, name: str, value: float, t: float) -> None:
        """Set the voltage in V or the current limit in A, rounded to the resolution."""
        step = RESOLUTION[name]
        self.levels[name] = round(value / step) * step
        self._drive(t)

    def switch(self, on: bool, t: float) -> None:
        """Output on or off; off, the terminals are open."""
        if on == self.on:
            return
        self.on = on
        if on:
            self._drive(t)
        else:
            self._stage.rest("HIMPedance", 0.0, t)

    def _drive(self, t: float) -> None:
        if self.on:
            self._stage.step(self.levels[VOLTAGE], t)

    def point(self, t: float) -> tuple[Point, str]:
        """What is at the terminals in V and A, and what holds it: CV, CC or UR."""
        if not self.on:
            return Point(self._port.voltage(0.0, t), 0.0, False), "UR"
        limit = self._stage.sources[CURRENT].convert(self.levels[CURRENT], 0)
        point = self._stage.drive(VOLTAGE, 0, max(limit, 0.0), t)
        if point.current < 0.0:
            # It cannot take current: a device that is above the set voltage keeps its own.
            return Point(self._port.voltage(0.0, t), 0.0, False), "UR"
        return point, "CC" if point.limited else "CV"

    def check(self, t: float) -> None:
        """Let the protections look; what trips turns the output off."""
        if not self.on or not any(p.on for p in self.protections.values()):
            return
        point, _ = self.point(t)
        for name, value in ((VOLTAGE, point.voltage), (CURRENT, point.current)):
            protection = self.protections[name]
            if protection.on and value > protection.level:
                protection.tripped = True
        if self.tripped:
            self.switch(False, t)

    @property
    def tripped(self) -> bool:
        """Whether a protection has tripped and was not cleared."""
        return any(p.tripped for p in self.protections.values())

    def read(self, t: float) -> tuple[float, float, float]:
        """Voltage in V, current in A and power in W as the output's own meter shows them."""
        point, _ = self.point(t)
        if not self.on:
            # The meter is at the output stage, which is at rest.
            point = Point(0.0, 0.0, False)
        volts = self._shown(VOLTAGE, point.voltage)
        amps = self._shown(CURRENT, point.current)
        return volts, amps, volts * amps

    def _shown(self, name: str, value: float) -> float:
        step = RESOLUTION[name]
        # A value below one step is shown as zero: offsets are nulled at an open output.
        if abs(value) < step:
            return 0.0
        return max(round(self._meters[name].convert(value, 0) / step) * step, 0.0)
