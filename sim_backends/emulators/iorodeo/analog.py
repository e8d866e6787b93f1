"""The analogue side of a Rodeostat: output, ranges, electrode switches, current input, filter."""

from __future__ import annotations

import math

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.iorodeo import specs
from sim_backends.models.reference.electrochemical_port import ElectrochemicalPort

_MICRO = 1e-6
REFERENCE, COUNTER, WORKING = "ref", "ctr", "wrk"
ELECTRODES = (REFERENCE, COUNTER, WORKING)


def code(value: float, top: float) -> int:
    """Counts of the output for `value` in V on a range of +-`top` V, cut as the firmware does."""
    if not math.isfinite(value):
        return specs.COUNTS if value > 0.0 else 0
    return min(max(int(specs.COUNTS / (2.0 * top) * (top + value)), 0), specs.COUNTS)


def value_of(counts: int, top: float) -> float:
    """What `counts` stand for on a range of +-`top`."""
    return counts / specs.COUNTS * 2.0 * top - top


class Analog:
    """Ranges, switches and true errors of one board with the cell at `port`."""

    def __init__(self, port: ElectrochemicalPort, rng: np.random.Generator) -> None:
        self._port = port
        self._source = Channel(specs.POTENTIAL, rng)
        self._reference = Channel(specs.REFERENCE, rng)
        self._meter = Channel(specs.CURRENT, rng)
        self.volt_range, self.current_range, self.reference_range = "1V", "10uA", "1V"
        self.connected = {REFERENCE: False, COUNTER: False, WORKING: False}
        self._counts = specs.COUNTS // 2

    @property
    def all_connected(self) -> bool:
        """Whether the three electrodes are switched to the board."""
        return all(self.connected.values())

    def connect(self, electrodes: tuple[str, ...], on: bool, t: float) -> None:
        """Switch electrodes; the cell rests while one of them is open."""
        before = self.all_connected
        for electrode in electrodes:
            self.connected[electrode] = on
        if self.all_connected:
            self._port.current(self._applied, t)
        elif before:
            self._port.disconnect(t)

    def set_volt(self, value: float, t: float) -> None:
        """Output in V, between working and reference electrode."""
        self._counts = code(value, specs.VOLT_RANGES[self.volt_range])
        if self.all_connected:
            self._port.current(self._applied, t)

    def volt(self) -> float:
        """The output's setting in V."""
        return value_of(self._counts, specs.VOLT_RANGES[self.volt_range])

    def choose_ranges(self, least: float, most: float) -> None:
        """The smallest output and reference ranges that hold both V; else as they are."""
        for name, top in specs.VOLT_RANGES.items():
            if -top <= least and most <= top:
                self.volt_range = self.reference_range = name
                return

    def current(self, t: float) -> tuple[float, bool]:
        """Current in uA at `t`, and whether the input is at its end."""
        top = specs.CURRENT_RANGES[self.current_range]
        true = self._port.current(self._applied, t) / _MICRO if self.all_connected else 0.0
        index = self._meter.ranges.index(top)
        seen = self._meter.convert(max(min(true, 2.0 * top), -2.0 * top), index)
        counts = min(max(round((seen + top) / (2.0 * top) * specs.COUNTS), 0), specs.COUNTS)
        return value_of(counts, top), counts in (0, specs.COUNTS)

    def reference_volt(self, t: float) -> float:
        """Potential in V of the working against the reference electrode, as the board sees it."""
        top = specs.VOLT_RANGES[self.reference_range]
        true = 0.0
        if self.all_connected:
            true = self._applied
        elif self.connected[REFERENCE] and self.connected[WORKING]:
            true = self._port.voltage(0.0, t)
        seen = self._reference.convert(true, self._reference.ranges.index(top))
        counts = min(max(round((seen + top) / (2.0 * top) * specs.COUNTS), 0), specs.COUNTS)
        return value_of(counts, top)

    @property
    def _applied(self) -> float:
        top = specs.VOLT_RANGES[self.volt_range]
        return self._source.convert(self.volt(), self._source.ranges.index(top))


class LowPass:
    """The firmware's filter: two equal first-order stages, one step a tick (ps_filter.cpp)."""

    def __init__(self) -> None:
        stage = specs.CUTOFF / math.sqrt(2.0 ** (1.0 / specs.ORDER) - 1.0)
        rc, step = 1.0 / (2.0 * math.pi * stage), specs.TICK * 1e-6
        self._share = step / (rc + step)
        self._first = self.value = 0.0

    def update(self, value: float, ticks: int = 1) -> None:
        """Take `value` for `ticks` ticks.

        With b = 1 - share both errors e1, e2 follow e1' = b e1, e2' = b e2 + share b e1, so that
        after n ticks e1 = b^n e1 and e2 = b^n (e2 + n share e1).
        """
        left = (1.0 - self._share) ** ticks
        first, second = self._first - value, self.value - value
        self._first = value + left * first
        self.value = value + left * (second + ticks * self._share * first)
