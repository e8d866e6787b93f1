"""Protections of the DL3021 and its questionable status register (programming guide, 1-7)."""

from __future__ import annotations

from sim_backends.emulators.rigol.dl3021_input import Point
from sim_backends.emulators.rigol.dl3021_specs import OVERPOWER

VOLTAGE_FAULT, OVERCURRENT, REMOTE_SENSE, OVERPOWERED = 1, 2, 4, 8
RUNNING, UNREGULATED, REVERSED, OVERVOLTAGE = 128, 1024, 2048, 4096
SHUT_DOWN, SINKING = 8192, 16384


class Questionable:
    """What has switched the input off stays in `latched` until it is cleared."""

    def __init__(self) -> None:
        self.latched = 0
        self.event = 0
        self.enable = 0

    def clear(self) -> None:
        """The input comes on, or `*CLS`: forget what tripped it."""
        self.latched = 0

    def tripped(self, point: Point, thresholds: tuple[float, float], on: bool) -> int:
        """Why the input goes off at `point` (`thresholds` in V and A); 0 for no reason."""
        volts, amps = thresholds
        reason = 0
        if point.voltage > volts:
            reason = OVERVOLTAGE | VOLTAGE_FAULT
        elif point.voltage < 0.0:
            reason = REVERSED | VOLTAGE_FAULT
        elif on and point.current > amps:
            reason = OVERCURRENT | SHUT_DOWN
        elif on and point.voltage * point.current > OVERPOWER:
            reason = OVERPOWERED | SHUT_DOWN
        self.latched |= reason & ~(OVERVOLTAGE | REVERSED)
        self.event |= reason
        return reason

    def register(self, point: Point, volts: float, on: bool) -> int:
        """The condition register at `point` with a threshold of `volts` in V."""
        value = self.latched | REVERSED * (point.voltage < 0.0)
        value |= OVERVOLTAGE * (point.voltage > volts)
        value |= UNREGULATED * (on and not point.regulated)
        self.event |= value
        return value

    def read_event(self) -> int:
        """The event register, which reading clears."""
        value, self.event = self.event, 0
        return value
