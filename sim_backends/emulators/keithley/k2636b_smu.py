"""One source-measure unit of the 2636B: output stage, limits, ranges, readings."""

from __future__ import annotations

import math
from collections.abc import Generator

import numpy as np

from sim_backends.emulators.accuracy import Channel, noise_factor
from sim_backends.emulators.keithley import k2636b_specs as specs
from sim_backends.emulators.keithley.k2636b_settings import (
    DELAY_AUTO,
    OFF_HIGH_Z,
    OFF_NORMAL,
    Operating,
    Settings,
)
from sim_backends.emulators.keithley.tsp.errors import TspError
from sim_backends.models.ports import ElectricalPort

_OTHER = {"v": "i", "i": "v"}


class Smu:
    """One channel at `port`."""

    def __init__(self, port: ElectricalPort, rng: np.random.Generator) -> None:
        self.port = port
        self.sources = {
            "v": Channel(specs.VOLTAGE_SOURCE, rng),
            "i": Channel(specs.CURRENT_SOURCE, rng),
        }
        self.meters = {
            "v": Channel(specs.VOLTAGE_MEASURE, rng),
            "i": Channel(specs.CURRENT_MEASURE, rng),
        }
        self._limit_gain = {
            quantity: 1.0 + float(rng.uniform(-error, error))
            for quantity, error in specs.LIMIT_ERROR.items()
        }
        self.settings = Settings()
        self.interlock = True
        self.overflowed = False
        self._from, self._level, self._since = 0.0, 0.0, -math.inf
        self._ready = 0.0
        self._swept: tuple[float, int] | None = None

    # Source

    def source_index(self, quantity: str) -> int:
        """Index of the source range in use."""
        settings = self.settings
        if self._swept is not None and quantity == settings.sourced:
            return self._swept[1]
        if settings.source_auto[quantity]:
            return self.sources[quantity].fit(settings.level[quantity])
        return settings.source_range[quantity]

    def set_level(self, quantity: str, value: float, t: float) -> None:
        """A new level at run time `t`; 5005 beyond a fixed range, 5007 beyond what is safe."""
        settings = self.settings
        if not settings.source_auto[quantity] and self.sources[quantity].over(
            value, settings.source_range[quantity]
        ):
            raise TspError(5005)
        self._check(level=(quantity, value))
        settings.level[quantity] = value
        if settings.output == 1 and quantity == settings.sourced:
            self._step(t)

    def sweep_to(self, value: float, widest: float, t: float) -> None:
        """A sweep's level, on the range for its `widest` one; the level that is set stays kept."""
        quantity = self.settings.sourced
        index = self.settings.source_range[quantity]
        if self.settings.source_auto[quantity]:
            index = _range_for(self.sources[quantity], widest)
        self._swept = value, index
        if self.settings.output == 1:
            self._step(t)

    def leave_sweep(self, t: float) -> None:
        """Back to the level that is set."""
        self._swept = None
        if self.settings.output == 1:
            self._step(t)

    def set_limit(self, quantity: str, value: float) -> None:
        """A new limit; 5007 beyond what is safe."""
        self._check(limit=(quantity, value))
        self.settings.limit[quantity] = value

    def set_source_range(self, quantity: str, value: float) -> None:
        """The lowest range that sources `value`; autorange ends. 5005 where the level is above."""
        index = _range_for(self.sources[quantity], value)
        if self.sources[quantity].over(self.settings.level[quantity], index):
            raise TspError(5005)
        self.settings.source_range[quantity] = index
        self.settings.source_auto[quantity] = 0

    def set_source_auto(self, quantity: str, on: int) -> None:
        """Autorange on or off; off keeps the range in use."""
        self.settings.source_range[quantity] = self.source_index(quantity)
        self.settings.source_auto[quantity] = on

    def set_function(self, function: int, t: float) -> None:
        """Source amps or volts; a running output goes on with the other level."""
        self.settings.function = function
        if self.settings.output == 1:
            self._step(t)

    def switch(self, state: int, t: float) -> None:
        """Output off (0), on (1) or off at high impedance (2); 802, 5007 where it may not be on."""
        if state == 1:
            self._check()
            if not self.interlock and self._needs_interlock():
                raise TspError(802)
            was_on = self.settings.output == 1
            self.settings.output = 1
            if not was_on:
                self._from, self._level, self._since = 0.0, 0.0, -math.inf
                self._step(t)
            return
        self.settings.output = state
        self._rest(t)

    def operate(self, t: float) -> Operating:
        """What is at the terminals at run time `t`, by source, limit and device."""
        settings = self.settings
        if settings.output != 1:
            return self._rest(t)
        quantity = settings.sourced
        true = self.sources[quantity].convert(self._settled(t), self.source_index(quantity))
        other = _OTHER[quantity]
        limit = settings.limit[other] * self._limit_gain[other]
        return _drive(self.port, quantity, true, limit, t)

    # Measure

    def acquire(self, t: float) -> Generator[float, None, None]:
        """Wait for the delays and the integration of one reading that starts at `t`."""
        settings = self.settings
        repeats = settings.filter_count if settings.filter_on and settings.filter_type else 1
        conversion = settings.nplc / specs.LINE_FREQUENCY + specs.READING_OVERHEAD
        yield max(t, self._ready) + self._delay() + repeats * conversion

    def read(self, quantity: str, at: Operating) -> float:
        """One reading of `v`, `i`, `r` or `p` at the operating point `at`."""
        if quantity in "vi":
            value = self._convert(quantity, at.of(quantity))
        else:
            volts, amps = self._convert("v", at.voltage), self._convert("i", at.current)
            if specs.OVERFLOW in (abs(volts), abs(amps)) or (quantity == "r" and not amps):
                return specs.OVERFLOW
            value = volts / amps if quantity == "r" else volts * amps
        settings = self.settings
        if settings.relative_on[quantity] and abs(value) != specs.OVERFLOW:
            value -= settings.relative[quantity]
        return value

    def set_measure_range(self, quantity: str, value: float) -> None:
        """The lowest range that measures `value`; autorange ends."""
        self.settings.measure_range[quantity] = _range_for(self.meters[quantity], value)
        self.settings.measure_auto[quantity] = 0

    def measure_index(self, quantity: str, value: float | None = None) -> int:
        """Index of the measuring range in use, for `value` in autorange.

        What is sourced is measured on the source range.
        """
        settings, meter = self.settings, self.meters[quantity]
        if quantity == settings.sourced and value is None:
            return _range_for(meter, self.sources[quantity].ranges[self.source_index(quantity)])
        if quantity != settings.sourced and not settings.measure_auto[quantity]:
            return settings.measure_range[quantity]
        if value is None:
            return settings.measure_range[quantity]
        low = settings.low_range[quantity]
        least = _range_for(meter, low)
        if quantity == settings.sourced:
            least = self.measure_index(quantity)
        index = max(meter.fit(value), least)
        settings.measure_range[quantity] = index
        return index

    def _convert(self, quantity: str, value: float) -> float:
        meter = self.meters[quantity]
        index = self.measure_index(quantity, value)
        self.overflowed = meter.over(value, index)
        if self.overflowed:
            return math.copysign(specs.OVERFLOW, value)
        settings = self.settings
        factor = noise_factor(settings.nplc, specs.NOISE_BY_NPLC)
        if settings.filter_on:
            factor /= math.sqrt(settings.filter_count)
        return meter.convert(value, index, factor)

    def _delay(self) -> float:
        settings = self.settings
        if settings.delay != DELAY_AUTO:
            return settings.delay
        if settings.sourced == "i":
            full = self.sources["i"].ranges[self.source_index("i")]
        else:
            full = self.meters["i"].ranges[settings.measure_range["i"]]
        fitting = [delay for top, delay in specs.AUTO_DELAY if full <= top]
        return settings.delay_factor * (fitting[0] if fitting else 0.0)

    # Inside

    def _step(self, t: float) -> None:
        self._from, self._level, self._since = self._settled(t), self._wanted(), t
        self._ready = t + max(self.settings.source_delay, 0.0)

    def _wanted(self) -> float:
        if self._swept is not None:
            return self._swept[0]
        return self.settings.level[self.settings.sourced]

    def _settled(self, t: float) -> float:
        age = (t - self._since) / specs.SETTLING
        left = math.exp(-age) if age < 40 else 0.0
        return self._level + (self._from - self._level) * left

    def _rest(self, t: float) -> Operating:
        mode = self.settings.off_mode
        if OFF_HIGH_Z in (mode, self.settings.output):
            self.port.disconnect(t)
            return Operating(0.0, 0.0, False)
        limit = self.settings.off_limit if mode == OFF_NORMAL else self.settings.limit["i"]
        return _drive(self.port, "v", 0.0, limit, t)

    def _needs_interlock(self) -> bool:
        if self.settings.sourced == "v":
            return self.source_index("v") == len(self.sources["v"].ranges) - 1
        return self.settings.limit["v"] > self.sources["v"].tops[-2]

    def _check(
        self, level: tuple[str, float] | None = None, limit: tuple[str, float] | None = None
    ) -> None:
        sourced = self.settings.sourced
        values = {sourced: self.settings.level[sourced]}
        values[_OTHER[sourced]] = self.settings.limit[_OTHER[sourced]]
        if level is not None and level[0] == sourced:
            values[sourced] = level[1]
        if limit is not None and limit[0] != sourced:
            values[limit[0]] = limit[1]
        top = specs.HIGH_VOLTAGE * 1.01, specs.HIGH_VOLTAGE_CURRENT * 1.01
        if abs(values["v"]) > top[0] and abs(values["i"]) > top[1]:
            raise TspError(5007)


def _range_for(channel: Channel, value: float) -> int:
    fitting = [i for i, full in enumerate(channel.ranges) if abs(value) <= full * (1 + 1e-9)]
    return fitting[0] if fitting else len(channel.ranges) - 1


def _drive(port: ElectricalPort, quantity: str, value: float, limit: float, t: float) -> Operating:
    if quantity == "v":
        current = port.current(value, t)
        if abs(current) <= limit:
            return Operating(value, current, False)
        current = math.copysign(limit, current)
        return Operating(port.voltage(current, t), current, True)
    voltage = port.voltage(value, t)
    if abs(voltage) <= limit:
        return Operating(voltage, value, False)
    voltage = math.copysign(limit, voltage)
    return Operating(voltage, port.current(voltage, t), True)
