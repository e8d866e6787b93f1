"""The analogue side of the EmStat Pico: applied potential, ranges, measured values and status."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.palmsens import errors, specs
from sim_backends.emulators.palmsens.errors import ScriptError
from sim_backends.models.reference.electrochemical_port import ElectrochemicalPort

OK, TIMING, OVERLOAD, UNDERLOAD, WARNING = 0, 1, 2, 4, 8
_NO_CURRENT = 0.0


class Measured(NamedTuple):
    """A measured value with its status bits and range index (None: no range is told)."""

    value: float
    status: int = OK
    range: int | None = None


class Potentiostat:
    """Mode, cell switch, ranges and true errors of one instrument at `port`."""

    def __init__(self, port: ElectrochemicalPort, rng: np.random.Generator) -> None:
        self._port = port
        self._source = Channel(specs.POTENTIAL, rng)
        self._meter = Channel(specs.POTENTIAL, rng)
        self._currents: dict[tuple[tuple[int, float], ...], Channel] = {
            ranges: Channel(specs.current_specs(ranges), rng)
            for ranges in (specs.LOW_SPEED_RANGES, specs.HIGH_SPEED_RANGES)
        }
        self.rng = rng
        self.cell_on = False
        self.reset()

    def reset(self) -> None:
        """Settings before a script; the cell switch stays as it is."""
        self.mode = specs.LOW_SPEED
        self.potential = 0.0
        self.window: tuple[float, float] | None = None
        self._index = len(specs.LOW_SPEED_RANGES) - 1
        self._least = self._most = self._index

    # Settings

    @property
    def limits(self) -> specs.Mode:
        """What the mode can apply; `ScriptError` while it is off."""
        if self.mode not in specs.MODES:
            raise ScriptError(errors.UNKNOWN_MODE)
        return specs.MODES[self.mode]

    def set_mode(self, mode: int) -> None:
        """Select a mode; what the Pico has not is refused."""
        if mode != specs.MODE_OFF and mode not in specs.MODES:
            raise ScriptError(errors.UNKNOWN_MODE)
        self.mode = mode
        self._index = self._least = self._most = len(self._ranges) - 1

    def set_window(self, first: float, second: float) -> None:
        """The potentials that will be applied; refused where the mode cannot reach both."""
        self._check(first)
        self._check(second)
        if abs(second - first) > self.limits.window + 1e-9:
            raise ScriptError(errors.INVALID_POTENTIAL)
        self.window = (min(first, second), max(first, second))

    def set_range(self, current: float) -> None:
        """The lowest range for `current` in A, fixed."""
        self._index = self._least = self._most = self._fit(current)

    def set_autoranging(self, least: float, most: float) -> None:
        """Ranges between those for `least` and `most` in A are chosen by the current."""
        self._least, self._most = sorted((self._fit(least), self._fit(most)))
        self._index = max(self._least, min(self._most, self._index))

    def check_sweep(self, *potentials: float) -> None:
        """Refuse potentials that the mode cannot apply in one measurement."""
        for potential in potentials:
            self._check(potential)
        if max(potentials) - min(potentials) > self.limits.window + 1e-9:
            raise ScriptError(errors.INVALID_POTENTIAL)

    # Cell

    def switch(self, on: bool, t: float) -> None:
        """Connect or disconnect the cell."""
        if on and not self.cell_on:
            self.cell_on = True
            self.apply(self.potential, t)
        elif not on:
            self.cell_on = False
            self._port.disconnect(t)

    def apply(self, potential: float, t: float) -> float:
        """Apply `potential` in V from `t` on; what is set, in steps of the source."""
        self._check(potential)
        step = self.limits.resolution
        self.potential = round(potential / step) * step
        if self.cell_on:
            self._port.current(self._applied, t)
        return self.potential

    def current(self, t: float) -> Measured:
        """Current in A at `t`. Autoranging goes up before the point, and down after it."""
        true = self._port.current(self._applied, t) if self.cell_on else _NO_CURRENT
        self._index = max(self._index, min(self._most, self._fit(abs(true) / specs.WARNING)))
        number, top = self._ranges[self._index]
        value = self._channel.convert(max(-top, min(top, true)), self._index)
        status = self._status(true, top)
        self._relax(abs(true))
        return Measured(value, status, number)

    def open_circuit(self, t: float) -> Measured:
        """Potential in V at `t` with the cell off."""
        return self._voltage(self._port.voltage(0.0, t))

    def measured_potential(self, t: float) -> Measured:
        """Potential in V between working and reference electrode at `t`."""
        if not self.cell_on:
            return self.open_circuit(t)
        return self._voltage(self._applied)

    def impedance(self, frequency: float, amplitude: float, t: float) -> tuple[Measured, Measured]:
        """Real and imaginary part in Ohm at `frequency` in Hz with `amplitude` in V."""
        true = self._port.impedance(frequency, self._applied, t)
        current = amplitude / abs(true) if true else math.inf
        self._index = max(self._least, min(self._most, self._fit(current)))
        number, top = self._ranges[self._index]
        status = self._status(current, top)
        ratio = _gain(self._meter, 0) / _gain(self._channel, self._index)
        spread = 5e-5 * top / max(min(current, top), 1e-15) + 2e-5
        noise = complex(*self.rng.standard_normal(2)) * spread
        value = true * ratio * (1.0 + noise) * max(1.0, current / top)
        return Measured(value.real, status, number), Measured(value.imag, status)

    # Inside

    def _voltage(self, true: float) -> Measured:
        """A potential in V as it is measured: cut at the ends of its range, marked as overload."""
        low, high = specs.MEASURED
        status = OK if low <= true <= high else OVERLOAD
        return Measured(self._meter.convert(max(low, min(high, true)), 0), status)

    @property
    def _applied(self) -> float:
        return self._source.convert(self.potential, 0, 0.0)

    @property
    def _ranges(self) -> tuple[tuple[int, float], ...]:
        high_speed = self.mode == specs.HIGH_SPEED
        return specs.HIGH_SPEED_RANGES if high_speed else specs.LOW_SPEED_RANGES

    @property
    def _channel(self) -> Channel:
        return self._currents[self._ranges]

    def _fit(self, current: float) -> int:
        size = abs(current)
        fitting = [i for i, (_, top) in enumerate(self._ranges) if size <= top * (1 + 1e-9)]
        return fitting[0] if fitting else len(self._ranges) - 1

    def _status(self, current: float, top: float) -> int:
        part = abs(current) / top
        if part > 1.0:
            return OVERLOAD
        if part > specs.WARNING:
            return WARNING
        return UNDERLOAD if part < specs.UNDERLOAD and self._index > self._least else OK

    def _relax(self, size: float) -> None:
        if size < 0.8 * self._ranges[max(self._index - 1, 0)][1]:
            self._index = max(self._least, min(self._index, self._fit(size / specs.WARNING)))

    def _check(self, potential: float) -> None:
        limits = self.limits
        if not limits.low - 1e-9 <= potential <= limits.high + 1e-9:
            raise ScriptError(errors.INVALID_POTENTIAL)


def _gain(channel: Channel, index: int) -> float:
    full = channel.ranges[index]
    return (channel.convert(full, index, 0.0) - channel.convert(0.0, index, 0.0)) / full
