"""Keithley 2400 SourceMeter, SCPI of the series, at the wire.

Written from user's manual 2400S-900-01: command tables (18-9 FORMat, OUTPut; 18-21 TRACe), status
word (18-51), measurement events (15-14), errors (B-6, B-7). Remembered: bits 0 to 16 of the status
word, accuracy (k2400_specs), defaults after `*RST`, that voltage is told as set where it is sourced
and not measured. The real instrument speaks over GPIB or RS-232 only; here it stands on any line of
messages.
Not modelled: lead resistance in 2-wire mode (the port is at the device), ranges' and auto zero's
time, limit tests and digital lines, math (CALC1, CALC2), source memory, triggers other than
immediate, bus and timer, contact check, pulse mode, the interlock.
"""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from sim_backends.emulators.accuracy import Channel, noise_factor
from sim_backends.emulators.keithley import k2400_specs as specs
from sim_backends.emulators.keithley.buffers import NOT_MEASURED, OVERFLOW
from sim_backends.emulators.keithley.instrument import LINE_FREQUENCY
from sim_backends.emulators.keithley.k2400_buffer import Storage
from sim_backends.emulators.keithley.k2400_commands import build_table
from sim_backends.emulators.keithley.k2400_errors import own_error
from sim_backends.emulators.keithley.k2400_readings import Reading
from sim_backends.emulators.keithley.k2400_state import SOURCES, defaults
from sim_backends.emulators.keithley.k2450_output import Open, OutputStage, Point
from sim_backends.emulators.keithley.k2450_specs import (
    HIGH_VOLTAGE,
    HIGH_VOLTAGE_CURRENT,
    NOISE_BY_NPLC,
)
from sim_backends.emulators.scpi import ScpiInstrument
from sim_backends.models.ports import ElectricalPort

_SLACK = 1 + 1e-9


class K2400(ScpiInstrument):
    """One 2400 wired to `port` at its front terminals."""

    TABLE = build_table()
    LATENCY = 3e-3

    def __init__(self, port: ElectricalPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(("KEITHLEY INSTRUMENTS INC.", "MODEL 2400", serial, "C33 Mar 31 2015"))
        self.stage = OutputStage(port, rng, specs.STAGE)
        self.meters = {
            "VOLTage": Channel(specs.VOLTAGE_MEASURE, rng),
            "CURRent": Channel(specs.CURRENT_MEASURE, rng),
        }
        self.values = defaults()
        self.storage = Storage()
        self.latest: list[Reading] = []
        self.zero_time = 0.0
        self._front = port
        self._ready = 0.0

    # Source

    @property
    def source(self) -> str:
        """The source function."""
        return self.values["source"]

    @property
    def sensed(self) -> str:
        """The function that compliance limits: the other one."""
        return SOURCES[1 - SOURCES.index(self.source)]

    def check_power(self, voltage: float, current: float) -> None:
        """826 where a voltage in V and a current in A are outside the 20 W boundary."""
        if abs(voltage) > HIGH_VOLTAGE * _SLACK and abs(current) > HIGH_VOLTAGE_CURRENT * _SLACK:
            raise own_error(826)

    def set_level(self, function: str, level: float) -> None:
        """Level in V or A of a source function; with the output on it is driven at once."""
        self.values["level", function] = level
        if self.values["auto", function]:
            self.values["range", function] = self.stage.sources[function].fit(level)
        if function == self.source:
            self.drive()

    def drive(self) -> None:
        """Bring the present settings to the terminals if the output is on."""
        if self.values["output"]:
            top = self.values["top"] if self.source == "VOLTage" else float("inf")
            level = max(-top, min(top, self.values["level", self.source]))
            self.stage.step(level, self.t)
            self._ready = self.t + self.settle_time()
            self.point()

    def switch(self, on: bool) -> None:
        """Output on or off."""
        if on == self.values["output"]:
            return
        self.values["output"] = on
        if on:
            self.drive()
        else:
            self.rest()

    def rest(self) -> None:
        """Bring the output-off state to the terminals if the output is off."""
        if not self.values["output"]:
            limit = self.values["compliance", "VOLTage"]
            self.stage.rest(self.values["off_mode"], limit, self.t)

    def select_source(self, function: str) -> None:
        """Change the source function, which turns the output off."""
        if function != self.source:
            self.switch(False)
            self.values["source"] = function

    def select_terminals(self, terminals: str) -> None:
        """Front or rear; the change turns the output off, and at the rear nothing is wired."""
        if terminals != self.values["terminals"]:
            self.switch(False)
            self.stage.port = self._front if terminals == "FRONt" else Open()
            self.values["terminals"] = terminals

    def limits(self) -> tuple[float, bool]:
        """The limit in force in A or V, and whether a fixed measuring range sets it."""
        limit, sensed = self.values["compliance", self.source], self.sensed
        if self.values["sense_auto", sensed]:
            return limit, False
        channel = self.meters[sensed]
        reach = channel.tops[channel.fit(self.values["sense_range", sensed] / 1.05)]
        return (reach, True) if reach < limit else (limit, False)

    def point(self) -> Point:
        """What is at the terminals now."""
        index = self.values["range", self.source]
        return self.stage.drive(self.source, index, self.limits()[0], self.t)

    def tripped(self, sensed: str) -> bool:
        """Whether the compliance of `sensed` holds the source at this moment."""
        return bool(self.values["output"]) and sensed == self.sensed and self.point().limited

    def settle_time(self) -> float:
        """Source delay in s for the present settings."""
        if not self.values["auto_delay"]:
            return self.values["delay"]
        limit = self.values["level", "CURRent"] if self.source == "CURRent" else self.limits()[0]
        return specs.AUTO_DELAY[self.meters["CURRent"].fit(limit)]

    # Measuring

    def functions(self) -> list[str]:
        """What is measured."""
        return [
            name
            for name in ("VOLTage", "CURRent", "RESistance")
            if name in self.values["functions"]
        ]

    def reading_time(self) -> float:
        """Seconds that one reading takes: each function is integrated in turn."""
        cycles = 0.0
        for name in self.functions():
            both = 2.0 if name == "RESistance" else 1.0
            cycles += both * self.values["nplc", name]
        if self.values["filter"] and self.values["filter_kind"] == "REPeat":
            cycles *= self.values["filter_count"]
        return cycles / LINE_FREQUENCY + specs.READING_OVERHEAD

    def acquire(self) -> Generator[float, None, None]:
        """Wait for the source, then take one reading."""
        ready = max(self.t, self._ready) + self.values["trigger_delay"]
        yield ready + self.reading_time()
        self.keep_reading(self.take())

    def keep_reading(self, reading: Reading) -> None:
        """A reading goes into the sample buffer, and into the store where that is fed."""
        self.latest.append(reading)
        self.storage.offer(reading)

    def take(self) -> Reading:
        """The reading that ends now; 803 while the output is off."""
        if not self.values["output"]:
            raise own_error(803)
        point, chosen = self.point(), self.functions()
        shown = {"VOLTage": NOT_MEASURED, "CURRent": NOT_MEASURED, "RESistance": NOT_MEASURED}
        shown[self.source] = self.values["level", self.source]
        for name in ("VOLTage", "CURRent"):
            if name in chosen:
                shown[name] = self._convert(name, point)
        if "RESistance" in chosen:
            shown["RESistance"] = self._resistance(point)
        status = self._status(point, chosen, OVERFLOW in map(abs, shown.values()))
        time = self.t - self.zero_time
        return Reading(shown["VOLTage"], shown["CURRent"], shown["RESistance"], time, status)

    def _convert(self, function: str, point: Point) -> float:
        channel = self.meters[function]
        value = point.voltage if function == "VOLTage" else point.current
        index = self._range_index(function, value)
        if channel.over(value, index):
            return OVERFLOW if value > 0 else -OVERFLOW
        noise = noise_factor(self.values["nplc", function], NOISE_BY_NPLC)
        if self.values["filter"]:
            noise /= self.values["filter_count"] ** 0.5
        return channel.convert(value, index, noise)

    def _range_index(self, function: str, value: float) -> int:
        channel = self.meters[function]
        if function == self.source:
            return max(self.values["range", function], channel.fit(value))
        if self.values["sense_auto", function]:
            return channel.fit(value)
        return channel.fit(self.values["sense_range", function] / 1.05)

    def _resistance(self, point: Point) -> float:
        current = self._convert("CURRent", point)
        voltage = self._convert("VOLTage", point)
        if not current or OVERFLOW in (abs(current), abs(voltage)):
            return OVERFLOW
        value = voltage / current
        auto = self.values["sense_auto", "RESistance"]
        return (
            value if auto or value <= 1.05 * self.values["sense_range", "RESistance"] else OVERFLOW
        )

    def _status(self, point: Point, chosen: list[str], over: bool) -> int:
        by_range = self.limits()[1]
        bits = specs.OFLO * over + specs.FILTER * bool(self.values["filter"])
        bits += specs.FRONT * (self.values["terminals"] == "FRONt")
        bits += (specs.RANGE_COMPLIANCE if by_range else specs.COMPLIANCE) * point.limited
        bits += specs.V_MEAS * ("VOLTage" in chosen) + specs.I_MEAS * ("CURRent" in chosen)
        bits += specs.OHM_MEAS * ("RESistance" in chosen)
        bits += specs.V_SOURCE if self.source == "VOLTage" else specs.I_SOURCE
        return bits + specs.REMOTE_SENSE * bool(self.values["remote_sense"])

    # Status

    def measurement_event(self) -> int:
        """Measurement event register, page 15-14."""
        latest = self.latest[-1] if self.latest else None
        bits = self.storage.events
        if latest is not None:
            bits |= specs.READING_AVAILABLE | specs.OVERFLOWED * latest.overflowed
            bits |= specs.IN_COMPLIANCE * bool(latest.status & specs.COMPLIANCE)
        return bits

    def reset(self) -> None:
        """`*RST`: output off and all settings as after delivery; the store stays."""
        self.switch(False)
        super().reset()
        self.stage.port = self._front
        self.values = defaults()
        self.latest = []


EMULATOR = K2400
