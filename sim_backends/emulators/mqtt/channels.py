"""Channels of the gateway: what they measure or set, and what was published of them.

Ranges and accuracies stand in docs/protocols/mqtt-gateway.md; the noise is assumed.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.models.reference.sensor_rack import RackPort

KEPT = 10000
"""Published values kept of each channel."""

INPUTS = (
    ("room_temperature", "degC", -40.0, 85.0, Spec(range=85.0, gain=0.0, offset=0.2, noise=0.005)),
    ("room_humidity", "%", 0.0, 100.0, Spec(range=100.0, gain=0.0, offset=2.0, noise=0.02)),
    ("room_pressure", "Pa", 3e4, 1.1e5, Spec(range=1.1e5, gain=0.0, offset=100.0, noise=1.0)),
    (
        "plate_temperature", "degC", -40.0, 150.0,
        Spec(range=150.0, gain=2e-3, offset=0.15, noise=0.005),
    ),
)  # fmt: skip
"""Name, unit, lower and upper end of the range, limits of error."""

HEATER = ("plate_heater", "%", 0.0, 100.0)


@dataclass(frozen=True, slots=True)
class Value:
    """One value: `seq` from 1 (0: not published), when in s of run time, `value` None where bad."""

    t: float
    value: float | None
    quality: str
    seq: int = 0


@dataclass(slots=True)
class GatewayChannel:
    """One channel; an output has no `meter` but the value in force.

    `dropped` is when, in s of run time, the newest value was taken that is kept no more.
    """

    name: str
    unit: str
    low: float
    high: float
    meter: Channel | None
    level: float = 0.0
    enabled: bool = True
    published: int = 0
    dropped: float | None = None
    kept: deque[Value] = field(default_factory=lambda: deque[Value](maxlen=KEPT))

    @property
    def is_output(self) -> bool:
        """Whether it can be set."""
        return self.meter is None

    def read(self, port: RackPort, t: float) -> Value:
        """A fresh value at `t`, rounded to six digits as the gateway's firmware does."""
        if self.meter is None:
            return Value(t, self.level, "good")
        true = port.sense(self.name, t)
        if math.isnan(true):
            return Value(t, None, "bad")
        value = self.meter.convert(true, 0)
        if not self.low <= value <= self.high:
            return Value(t, min(max(value, self.low), self.high), "range")
        return Value(t, float(f"{value:.6g}"), "good")

    def publish(self, port: RackPort, t: float) -> Value:
        """A fresh value with the next number, kept for the history."""
        self.published += 1
        fresh = self.read(port, t)
        value = Value(fresh.t, fresh.value, fresh.quality, self.published)
        if len(self.kept) == KEPT:
            self.dropped = self.kept[0].t
        self.kept.append(value)
        return value

    def restart(self) -> None:
        """As it is when the gateway starts: enabled, an output at its lower end, nothing kept."""
        self.level, self.enabled, self.published, self.dropped = self.low, True, 0, None
        self.kept.clear()

    def told(self) -> dict[str, Any]:
        """Its entry in the list of channels."""
        return {
            "name": self.name, "unit": self.unit, "kind": "output" if self.is_output else "input",
            "low": self.low, "high": self.high, "enabled": self.enabled,
        }  # fmt: skip


def channels(rng: np.random.Generator) -> dict[str, GatewayChannel]:
    """All channels of a gateway by name, in their order, with its own errors."""
    made = [
        GatewayChannel(name, unit, low, high, Channel([spec], rng))
        for name, unit, low, high, spec in INPUTS
    ]
    made.append(GatewayChannel(*HEATER, None))
    return {each.name: each for each in made}
