"""An output stage of a source meter: true levels at the terminals, limits that clamp, settling."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.keithley.k2450_specs import (
    CURRENT_SOURCE,
    LIMIT_ERROR,
    SETTLING,
    VOLTAGE_SOURCE,
)
from sim_backends.models.ports import ElectricalPort


class Point(NamedTuple):
    """What is at the terminals: V, A, and whether the limit holds the source."""

    voltage: float
    current: float
    limited: bool


class Open:
    """Terminals with nothing connected; fits `ElectricalPort`."""

    def current(self, voltage: float, t: float) -> float:
        """0 A flow, whatever the voltage in V."""
        return 0.0

    def voltage(self, current: float, t: float) -> float:
        """Beyond every limit in V when a current in A is driven."""
        return math.copysign(1e9, current) if current else 0.0

    def disconnect(self, t: float) -> None:
        """Nothing to disconnect."""


@dataclass(frozen=True, slots=True)
class StageData:
    """A model's sourcing ranges, relative error of its limits, and settling time constant in s."""

    voltage: Sequence[Spec] = VOLTAGE_SOURCE
    current: Sequence[Spec] = CURRENT_SOURCE
    limit_error: float = LIMIT_ERROR
    settling: float = SETTLING


class OutputStage:
    """Source and clamp of one instrument, with its own true errors; a 2450's by its `data`."""

    def __init__(
        self, port: ElectricalPort, rng: np.random.Generator, data: StageData | None = None
    ) -> None:
        self.port = port
        self._data = data or StageData()
        self.sources = {
            "VOLTage": Channel(self._data.voltage, rng),
            "CURRent": Channel(self._data.current, rng),
        }
        most = self._data.limit_error
        limits = rng.uniform(-most, most, size=2)
        self._limit_gain = {"VOLTage": 1 + float(limits[0]), "CURRent": 1 + float(limits[1])}
        self._level, self._from, self._since = 0.0, 0.0, -math.inf

    def step(self, level: float, t: float) -> None:
        """The set level changes at `t`; the output follows with its settling time."""
        if level != self._level:
            self._from, self._level, self._since = self._settled(t), level, t

    def drive(self, function: str, range_index: int, limit: float, t: float) -> Point:
        """Drive the device with the present level at `t`, held by `limit`."""
        true = self.sources[function].convert(self._settled(t), range_index)
        true_limit = limit * self._limit_gain[function]
        if function == "VOLTage":
            return _drive_voltage(self.port, true, true_limit, t)
        return _drive_current(self.port, true, true_limit, t)

    def rest(self, mode: str, limit: float, t: float) -> Point | None:
        """The off state `mode`: 0 V held by `limit` in A (NORMal, ZERO), 0 A (GUARd), open."""
        self._level, self._from, self._since = 0.0, 0.0, -math.inf
        if mode == "HIMPedance":
            self.port.disconnect(t)
            return None
        if mode == "GUARd":
            return Point(self.port.voltage(0.0, t), 0.0, False)
        return _drive_voltage(self.port, 0.0, limit, t)

    def _settled(self, t: float) -> float:
        age = (t - self._since) / self._data.settling
        left = math.exp(-age) if age < 30 else 0.0
        return self._level + (self._from - self._level) * left


def _drive_voltage(port: ElectricalPort, voltage: float, limit: float, t: float) -> Point:
    current = port.current(voltage, t)
    if abs(current) <= limit:
        return Point(voltage, current, False)
    clamped = math.copysign(limit, current)
    return Point(port.voltage(clamped, t), clamped, True)


def _drive_current(port: ElectricalPort, current: float, limit: float, t: float) -> Point:
    voltage = port.voltage(current, t)
    if abs(voltage) <= limit:
        return Point(voltage, current, False)
    clamped = math.copysign(limit, voltage)
    return Point(clamped, port.current(clamped, t), True)
