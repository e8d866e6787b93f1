"""Keithley 2450 SourceMeter, SCPI command set, at the wire.

Written from the reference manual 2450-901-01 Rev. B and SPEC-2450 Rev. A. Accuracy, compliance,
ranges, integration time, source delay, sweeps and reading buffers are modelled. Not modelled: lead
resistance in 2-wire mode (the port is at the device), the time of autozero and of a range change,
the interlock, binary data formats, digital lines, and trigger models other than the sweeps and
`SimpleLoop`.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.keithley.buffers import NOT_MEASURED, OVERFLOW, Reading
from sim_backends.emulators.keithley.instrument import LINE_FREQUENCY, KeithleyInstrument
from sim_backends.emulators.keithley.k2450_commands import build_table
from sim_backends.emulators.keithley.k2450_output import Open, OutputStage, Point
from sim_backends.emulators.keithley.k2450_specs import (
    CURRENT_MEASURE,
    HIGH_VOLTAGE,
    HIGH_VOLTAGE_CURRENT,
    READING_OVERHEAD,
    STATUS_LIMITED,
    STATUS_OUTPUT,
    STATUS_READBACK,
    STATUS_SENSE,
    VOLTAGE_MEASURE,
)
from sim_backends.emulators.keithley.k2450_state import Settings
from sim_backends.emulators.keithley.k2450_sweep import Program
from sim_backends.emulators.scpi import ScpiError
from sim_backends.models.ports import ElectricalPort

UNITS = {"VOLTage": "Volt DC", "CURRent": "Amp DC", "RESistance": "Ohm"}
_QUESTIONABLE, _FRONT = 1, 8
_SLACK = 1 + 1e-9


class K2450(KeithleyInstrument):
    """One 2450 wired to `port` at its front terminals."""

    TABLE = build_table()
    NO_ERROR = '0,"No error;0,0,0"'

    def __init__(self, port: ElectricalPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__("2450", serial, "1.7.12b")
        self.settings = Settings()
        self.stage = OutputStage(port, rng)
        self.meters = {
            "VOLTage": Channel(VOLTAGE_MEASURE, rng),
            "CURRent": Channel(CURRENT_MEASURE, rng),
        }
        self.program: Program | None = None
        self._front = port
        self._ready = 0.0

    # Source

    def set_level(self, function: str, level: float) -> None:
        """Set the level of a source function; with the output on it is driven at once."""
        chosen = self.settings.source[function]
        channel = self.stage.sources[function]
        if not chosen.auto_range and channel.over(level, chosen.range_index):
            raise ScpiError(-222, f"{level:g} is beyond the source range")
        chosen.level = level
        if chosen.auto_range:
            chosen.range_index = channel.fit(level)
        if function == self.settings.source_function:
            self.drive()

    def drive(self) -> None:
        """Bring the present settings to the terminals if the output is on."""
        if self.settings.output:
            self.stage.step(self._wanted(), self.t)
            self._ready = self.t + self.settle_time()
            self._point()

    def switch(self, on: bool) -> None:
        """Output on or off."""
        settings = self.settings
        if on and not settings.output:
            settings.output = True
            self.drive()
        elif not on and settings.output:
            settings.output = False
            self.rest()

    def rest(self) -> None:
        """Bring the output-off state to the terminals if the output is off."""
        active = self.settings.active
        if self.settings.output:
            return
        limit = 0.1 * self.meters["CURRent"].ranges[self._current_range(active.limit)]
        if active.off_mode == "ZERO" and self.settings.source_function == "VOLTage":
            limit = active.limit
        self.stage.rest(active.off_mode, limit, self.t)

    def check_power(self, function: str, level: float, limit: float) -> None:
        """-221 where level and limit of a source function would be outside the 20 W boundary."""
        voltage, current = (level, limit) if function == "VOLTage" else (limit, level)
        if abs(voltage) > HIGH_VOLTAGE * _SLACK and abs(current) > HIGH_VOLTAGE_CURRENT * _SLACK:
            raise ScpiError(-221, "more than 105 mA above 21 V")

    def select_source(self, function: str) -> None:
        """Change the source function, which turns the output off."""
        if function != self.settings.source_function:
            self.switch(False)
            self.settings.source_function = function

    def limit_tripped(self, function: str) -> bool:
        """Whether the limit of `function` holds the source at this moment."""
        if not self.settings.output or function != self.settings.source_function:
            return False
        return self._point().limited

    def settle_time(self) -> float:
        """Source delay in s for the present settings."""
        settings = self.settings
        sources_current = settings.source_function == "CURRent"
        if sources_current:
            index = settings.active.range_index
        else:
            index = self._current_range(settings.active.limit)
        return settings.active.settling(index, sources_current)

    def select_terminals(self, terminals: str) -> None:
        """Front or rear; the change turns the output off, and at the rear nothing is wired."""
        if terminals != self.terminals:
            self.switch(False)
            self.stage.port = self._front if terminals == "FRON" else Open()
        super().select_terminals(terminals)

    # Measuring

    def select_function(self, mnemonic: str) -> None:
        """Measuring function by mnemonic (`VOLTage[:DC]`)."""
        self.settings.sense_function = mnemonic.partition("[")[0]

    def ready_at(self) -> float:
        """A reading starts when the source delay has passed."""
        return max(self.t, self._ready)

    def reading_time(self) -> float:
        """Integration, twice with source readback, times the repeating filter, plus overhead."""
        sense = self.settings.measuring
        conversions = 2 if self.settings.active.readback or self._is_resistance else 1
        if sense.averaging.on and sense.averaging.kind == "REPeat":
            conversions *= sense.averaging.count
        return conversions * sense.nplc / LINE_FREQUENCY + READING_OVERHEAD

    def take(self) -> Reading:
        """The reading that ends now; not measured while the output is off."""
        settings = self.settings
        unit, source_unit = UNITS[settings.sense_function], UNITS[settings.source_function]
        if not settings.output:
            self.status.record(ScpiError(-221, "the output is off"), self.t)
            return Reading(NOT_MEASURED, unit, self.t, settings.active.level, source_unit)
        point = self._point()
        value = self._measured(settings.sense_function, point)
        source = self._sourced(point)
        status = _QUESTIONABLE * (value == OVERFLOW) + _FRONT * (self.terminals == "FRON")
        return Reading(value, unit, self.t, source, source_unit, status, self._source_status(point))

    def reset(self) -> None:
        """`*RST`: output off and all settings as after delivery."""
        self.switch(False)
        super().reset()
        self.settings = Settings()
        self.program = None

    @property
    def _is_resistance(self) -> bool:
        return self.settings.sense_function == "RESistance"

    def _wanted(self) -> float:
        level, top = self.settings.active.level, self.settings.protection
        if top is None or self.settings.source_function != "VOLTage":
            return level
        return max(-top, min(top, level))

    def _point(self) -> Point:
        active = self.settings.active
        function = self.settings.source_function
        return self.stage.drive(function, active.range_index, active.limit, self.t)

    def _current_range(self, limit: float) -> int:
        """Index of the current range in use, for delays and the off state."""
        if self.settings.source_function == "CURRent":
            return self.settings.active.range_index
        sense = self.settings.sense["CURRent"]
        return self.meters["CURRent"].fit(limit if sense.auto_range else sense.range_value)

    def _measured(self, function: str, point: Point) -> float:
        if function == "RESistance":
            current = self._convert("CURRent", point.current)
            return self._convert("VOLTage", point.voltage) / current if current else OVERFLOW
        value = self._convert(function, point.voltage if function == "VOLTage" else point.current)
        sense = self.settings.sense[function]
        return value - sense.relative if sense.relative_on and value != OVERFLOW else value

    def _convert(self, function: str, value: float) -> float:
        channel, settings = self.meters[function], self.settings
        if function == settings.source_function:
            index = settings.active.range_index
            if channel.over(value, index):
                index = channel.fit(value)
        elif settings.sense[function].auto_range or self._is_resistance:
            index = channel.fit(value)
        else:
            index = channel.fit(settings.sense[function].range_value)
        if channel.over(value, index):
            return OVERFLOW if value > 0 else -OVERFLOW
        sense = settings.measuring
        noise = sense.noise / sense.averaging.count**0.5 if sense.averaging.on else sense.noise
        return channel.convert(value, index, noise)

    def _sourced(self, point: Point) -> float:
        function = self.settings.source_function
        if not self.settings.active.readback:
            return self.settings.active.level
        return self._convert(function, point.voltage if function == "VOLTage" else point.current)

    def _source_status(self, point: Point) -> int:
        settings = self.settings
        bits = STATUS_OUTPUT + STATUS_LIMITED * point.limited
        bits += STATUS_READBACK * settings.active.readback
        return bits + STATUS_SENSE * settings.measuring.remote_sense


EMULATOR = K2450
