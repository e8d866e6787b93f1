"""A photo-charging device on the photovoltaic bench, and what its output did.

Lamp, chuck and reference cell are those of the photovoltaic scene, with its true errors; device and
bench go through time together. The steps of the output's load are remembered, for the oscilloscope
asks for what has been.
"""

from __future__ import annotations

from math import inf, log
from typing import NamedTuple

import numpy as np

from sim_backends.models.photostorage import STEP, PhotoStorage, PhotoStorageDevice, lit
from sim_backends.models.signal import FloatArray
from sim_backends.models.solar_cell import Operating
from sim_backends.worlds.photovoltaic_scene import Scene

_KEPT = 64
"""Steps of the load that are remembered."""


class Turn(NamedTuple):
    """At run time `t` in s the output of `load` A went to `output` V, at first short of it by
    `lacking` V."""

    t: float
    load: float
    output: float
    lacking: float


class ChargingScene:
    """`bench` and the device at `work`. Times in s."""

    def __init__(self, device: PhotoStorageDevice, seed: int, t0: float) -> None:
        self.bench = Scene(device.module, seed, t0)
        self.work = PhotoStorage(device, device.start)
        self._t = t0
        self.turns: list[Turn] = [Turn(-inf, 0.0, self.work.output, 0.0)]

    def point(self) -> Operating | None:
        """The module as it stands in the light now."""
        light = self.bench.steady_light()
        return lit(self.work.device, light, self.bench.cell_temperature())

    def advance(self, t: float) -> None:
        """Go on to `t`; an earlier time changes nothing."""
        while self._t < t:
            lamp = self.bench.lamp
            longest = min(STEP, lamp.steady_for(self._t)) if lamp.shutter_open else STEP
            end = min(t, self._t + longest)
            before = self.bench.steady_light()
            self.bench.advance(end)
            mean = (before + self.bench.steady_light()) / 2.0
            celsius = self.bench.cell_temperature()
            self.work.advance(lit(self.work.device, mean, celsius), end - self._t)
            self._t = end
            self._note(end, self.work.load)

    def draw(self, load: float, t: float) -> float:
        """`load` in A at the output from `t` on; the voltage there in V once it has settled."""
        self.advance(t)
        volts = self.work.draw(load, self.point())
        self._note(t, load)
        return volts

    def _note(self, t: float, load: float) -> None:
        """Remember the output's turn at `t`; what a load tried at this instant is forgotten."""
        output = self.work.output
        if self.turns[-1].t == t and len(self.turns) > 1:
            self.turns.pop()
        last = self.turns[-1]
        if load == last.load and (output > 0.0) == (last.output > 0.0):
            return
        converter = self.work.device.converter
        lacking = converter.undershoot * (load - last.load) if output and last.output else 0.0
        self.turns = [*self.turns, Turn(t, load, output, lacking)][-_KEPT:]

    def output(self, t: float) -> float:
        """Voltage in V at the output at `t`, by now or before."""
        self.advance(t)
        return float(self.seen(np.array([t]))[0])

    def seen(self, times: FloatArray) -> FloatArray:
        """Voltage in V at the output at each of `times` in s, ascending."""
        recovery = self.work.device.converter.recovery
        number = max(sum(turn.t <= times[0] for turn in self.turns) - 1, 0)
        out = np.full_like(times, self.turns[number].output)
        for turn in self.turns[number:]:
            late = times >= turn.t
            if turn.lacking and late.any():
                since = times[late] - turn.t
                out[late] = turn.output - turn.lacking * np.exp(-since / recovery)
            elif late.any():
                out[late] = turn.output
        return out

    def passes(self, level: float, rising: bool, after: float) -> float | None:
        """First run time in s from `after` on at which the output passes `level` in V that way."""
        for last, turn in zip(self.turns, self.turns[1:], strict=False):
            if turn.t < after:
                continue
            first = turn.output - turn.lacking
            if _between(last.output, first, level, rising):
                return turn.t
            if _between(first, turn.output, level, rising):
                recovery = self.work.device.converter.recovery
                return turn.t + recovery * log(turn.lacking / (turn.output - level))
        return None

    def before(self) -> float:
        """Voltage in V that the output had before its last turn settled: what a coupling
        capacitor holds."""
        return self.turns[-2].output if len(self.turns) > 1 else self.turns[-1].output


def _between(start: float, end: float, level: float, rising: bool) -> bool:
    return start < level <= end if rising else start > level >= end
