"""Keithley DAQ6510 data acquisition multimeter with a 7700 card in slot 1, SCPI, at the wire.

Written from the reference manual DAQ6510-901-01 on the engine of the DMM6500. Modelled beyond it:
direct current, 4-wire resistance, temperature by thermocouple (K T J S N E, simulated or internal
reference junction) and platinum resistor in two or four wires, settings by channel, closing and
opening, scans with interval and count, open thermocouples (overflow 9.9E37), scan time. Not
modelled: alternating functions, capacitance, diode, thermistor, frequency, several channels closed
at once, current channels 121 and 122, card in slot 2, limits, trigger model beyond INITiate, scan
restart, monitor channel. Assumed: -222 for a channel that does not exist, `;` between the answers
for several channels. The rear terminals are selected when a card is wired, else the front ones.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.keithley import daq6510_specs as specs
from sim_backends.emulators.keithley.buffers import OVERFLOW, Reading
from sim_backends.emulators.keithley.daq6510_commands import build_table
from sim_backends.emulators.keithley.daq6510_setup import FUNCTIONS, Sensor, Setup
from sim_backends.emulators.keithley.dmm6500 import DMM6500
from sim_backends.emulators.keithley.dmm6500_specs import RESISTANCE
from sim_backends.emulators.keithley.k2450_output import Open
from sim_backends.emulators.scpi import ScpiError
from sim_backends.models.ports import ElectricalPort
from sim_backends.models.reference.scanner import WiredScanner
from sim_backends.models.reference.thermocouple import (
    electromotive,
    platinum_temperature,
    temperature,
)

_QUESTIONABLE, _FRONT = 1, 8


@dataclass(slots=True)
class Scan:
    """The scan list: channels in order, number of scans, times in s between scans and channels."""

    channels: list[int] = field(default_factory=list)
    count: int = 1
    interval: float = 0.0
    pause: float = 0.0
    buffer: str = "defbuffer1"


class DAQ6510(DMM6500):
    """One instrument wired as `port` says: a device at the front terminals, or a scanner."""

    TABLE = build_table()
    MODEL: ClassVar[str] = "DAQ6510"
    FIRST: ClassVar[int] = 101
    """Number of the card's first channel."""

    def __init__(
        self, port: ElectricalPort | WiredScanner, *, serial: str, rng: np.random.Generator
    ) -> None:
        wired = port if isinstance(port, WiredScanner) else WiredScanner(port)
        self._front_setup, self._setups = Setup(), dict[int, Setup]()
        self._target: Setup | None = None
        self.closed = 0
        self.scan = Scan()
        self.card = specs.CARDS[self.MODEL]
        self.numbers = range(self.FIRST, self.FIRST + self.card.channels)
        self.wired = wired
        super().__init__(wired.front or Open(), serial=serial, rng=rng)
        self.identity = ("KEITHLEY INSTRUMENTS", f"MODEL {self.MODEL}", serial, "1.7.12b")
        self.meters["CURRent:DC"] = Channel(specs.CURRENT, rng)
        self.meters["FRESistance"] = Channel(RESISTANCE, rng)
        self.meters["TEMPerature"] = self.meters["VOLTage:DC"]
        errors = rng.uniform(-1.0, 1.0, size=3)
        self._thermocouple_error = specs.THERMOCOUPLE_ERROR * float(errors[0])
        self._junction_error = specs.INTERNAL_JUNCTION_ERROR * float(errors[1])
        self._platinum_error = specs.PLATINUM_ERROR * float(errors[2])
        self.terminals = "REAR" if wired.channels else "FRON"

    # Settings of the place that is addressed

    @property
    def active(self) -> Setup:
        """Settings of the addressed or closed channel, else of the terminals."""
        if self._target is not None:
            return self._target
        return self.setup(self.closed) if self.closed else self._front_setup

    @property
    def function(self) -> str:  # type: ignore[override]
        """The measuring function in use."""
        return self.active.function

    @function.setter
    def function(self, name: str) -> None:
        self.active.function = name

    @property
    def measuring(self) -> Any:  # type: ignore[override]
        """The settings by function in use."""
        return self.active.measuring

    @measuring.setter
    def measuring(self, _: object) -> None:
        """`*RST` gives every place new settings; see `reset`."""

    @property
    def sensor(self) -> Sensor:
        """The temperature sensor in use."""
        return self.active.sensor

    def setup(self, number: int) -> Setup:
        """Settings of channel `number`; -222 where there is none."""
        if number not in self.numbers:
            raise ScpiError(-222, f"channel {number}")
        return self._setups.setdefault(number, Setup())

    def addressed(self, setup: Setup, work: Callable[[], Any]) -> Any:
        """Do `work` on `setup` instead of the settings in use."""
        self._target = setup
        try:
            return work()
        finally:
            self._target = None

    @property
    def card_identity(self) -> str:
        """Model, text, firmware and serial number of the card."""
        return f"{self.card.model},{self.card.text},1.0.0a,{self.identity[2]}-1"

    def select_function(self, mnemonic: str) -> None:
        """Measuring function by mnemonic (`VOLTage[:DC]`)."""
        name = mnemonic.replace("[", "").replace("]", "")
        self.function = name

    def close_channel(self, number: int) -> None:
        """Close channel `number` and open the others; 0 opens all. -221 at the front terminals."""
        if number and self.terminals == "FRON":
            raise ScpiError(-221, "the front terminals are selected")
        if number and self.setup(number).four_wire:
            half = self.FIRST + self.card.channels // 2
            if number >= half:
                raise ScpiError(-221, f"channel {number} has no pair")
        self._lead(number)

    def _lead(self, number: int) -> None:
        self.closed = number
        if self.wired.common is not None:
            self.wired.common.route(number, self.t)

    # Measuring

    def ready_at(self) -> float:
        """A reading starts when the channel's delay has passed."""
        return self.t + (self.active.delay if self.closed else 0.0)

    def take(self) -> Reading:
        """The reading that ends now."""
        setup = self.active
        self.port = self._wired_port()
        value = self._measure(setup)
        status = _QUESTIONABLE * (abs(value) == OVERFLOW) + _FRONT * (self.terminals == "FRON")
        unit = setup.sensor.unit if setup.function == "TEMPerature" else FUNCTIONS[setup.function]
        channel = str(self.closed) if self.closed else ""
        return Reading(value, unit.capitalize(), self.t, status=status, channel=channel)

    def initiate(self) -> None:
        """`INITiate`: run the scan, or take `count` readings where there is no scan."""
        self.start(self._run_scan() if self.scan.channels else self._run_count())

    def reset(self) -> None:
        """`*RST`: all channels open, every place as after delivery, no scan."""
        super().reset()
        self._front_setup, self._setups = Setup(), {}
        self.scan = Scan()
        self._lead(0)

    def _run_count(self) -> Generator[float, None, None]:
        yield from self.acquire(self.buffers.find(self.scan.buffer))

    def _run_scan(self) -> Generator[float, None, None]:
        scan, buffer = self.scan, self.buffers.find(self.scan.buffer)
        buffer.readings.clear()
        begun, repeats = self.t, 0
        while scan.count == 0 or repeats < scan.count:
            for number in scan.channels:
                self.close_channel(number)
                planned = self.t + self.card.relay_time + self.active.delay
                yield planned + self.reading_time() + scan.pause
                buffer.readings.append(self.take())
            repeats += 1
            begun = max(begun + scan.interval, self.t)
            if repeats != scan.count:
                yield begun

    def _wired_port(self) -> ElectricalPort:
        if self.terminals == "FRON":
            return self.wired.front or Open()
        return self.wired.channels.get(self.closed, Open())

    def _measure(self, setup: Setup) -> float:
        now = setup.measuring[setup.function]
        if setup.function == "TEMPerature":
            return self._temperature(setup)
        if setup.function == "CURRent:DC":
            return self._converted(self.port.current(0.0, self.t), setup)
        if setup.function == "FRESistance":
            value, index = self._resistance(now, self.meters["FRESistance"])
            now.range_index = index
            return self._converted(value, setup)
        return self._value()

    def _converted(self, value: float, setup: Setup) -> float:
        now, channel = setup.measuring[setup.function], self.meters[setup.function]
        if now.auto_range:
            now.range_index = channel.fit(value)
        if channel.over(value, now.range_index):
            return math.copysign(OVERFLOW, value)
        noise = now.noise / now.averaging.count**0.5 if now.averaging.on else now.noise
        result = channel.convert(value, now.range_index, noise)
        return result - now.relative if now.relative_on else result

    def _temperature(self, setup: Setup) -> float:
        sensor, now = setup.sensor, setup.measuring["TEMPerature"]
        if sensor.transducer == "TCouple":
            celsius = self._thermocouple(sensor, now.noise)
        else:
            channel = self.meters["RESistance" if sensor.transducer == "RTD" else "FRESistance"]
            ohms = self.port.voltage(1e-3, self.t) / 1e-3
            index = min(channel.fit(ohms), 3)
            celsius = platinum_temperature(channel.convert(ohms, index, now.noise))
            celsius += self._platinum_error
        if math.isnan(celsius):
            return OVERFLOW
        value = _in_unit(celsius, sensor.unit)
        return value - now.relative if now.relative_on else value

    def _thermocouple(self, sensor: Sensor, noise: float) -> float:
        # The open detector sends 10 uA through the wires; an open circuit then overloads.
        if sensor.open_detector and abs(self.port.voltage(10e-6, self.t)) > 1.0:
            return math.nan
        junction = sensor.simulated
        if sensor.junction == "INTernal":
            if not self.card.junction:
                raise ScpiError(-221, "the card has no reference junction")
            junction = self.wired.terminal + self._junction_error
        volts = self.meters["VOLTage:DC"].convert(self.port.voltage(0.0, self.t), 0, noise)
        kind = sensor.thermocouple
        found = temperature(kind, volts + electromotive(kind, junction))
        return found + self._thermocouple_error


def _in_unit(celsius: float, unit: str) -> float:
    if unit == "KELVin":
        return celsius + 273.15
    return celsius * 1.8 + 32.0 if unit == "FAHRenheit" else celsius


EMULATOR = DAQ6510
