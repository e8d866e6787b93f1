"""Keithley DMM6500 multimeter, SCPI command set, at the wire.

Written from the reference manual DMM6500-901-01 and the data sheet. Modelled: direct voltage and
2-wire resistance, ranges and autorange, integration time, filter, relative offset, buffers. Not
modelled: the other functions (refused with -224), the input's own resistance, the time of autozero
and of a range change, scanner cards.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim_backends.emulators.accuracy import Channel, noise_factor
from sim_backends.emulators.keithley.buffers import OVERFLOW, Reading
from sim_backends.emulators.keithley.dmm6500_commands import build_table
from sim_backends.emulators.keithley.dmm6500_specs import (
    NOISE_BY_NPLC,
    READING_OVERHEAD,
    RESISTANCE,
    TEST_CURRENT,
    VOLTAGE,
)
from sim_backends.emulators.keithley.instrument import LINE_FREQUENCY, KeithleyInstrument
from sim_backends.emulators.keithley.k2450_output import Open
from sim_backends.emulators.keithley.k2450_state import Averaging
from sim_backends.models.ports import ElectricalPort

UNITS = {"VOLTage:DC": "Volt DC", "RESistance": "Ohm"}
_QUESTIONABLE, _FRONT = 1, 8


@dataclass(slots=True)
class Measuring:
    """Settings of one measuring function; `range_index` counts from its lowest range."""

    range_index: int
    auto_range: bool = True
    nplc: float = 1.0
    auto_zero: bool = True
    relative: float = 0.0
    relative_on: bool = False
    digits: int = 6
    impedance: str = "MOHM10"
    averaging: Averaging = field(default_factory=Averaging)
    noise: float = 1.0

    def integrate(self, nplc: float) -> None:
        """Set the integration time in power line cycles, and with it the noise."""
        self.nplc = nplc
        self.noise = noise_factor(nplc, NOISE_BY_NPLC)


class DMM6500(KeithleyInstrument):
    """One DMM6500 wired to `port` at its front terminals."""

    TABLE = build_table()
    NO_ERROR = '0,"No error;0;0 0"'

    def __init__(self, port: ElectricalPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__("DMM6500", serial, "1.7.12b")
        self.port = port
        self.meters = {
            "VOLTage:DC": Channel(VOLTAGE, rng),
            "RESistance": Channel(RESISTANCE, rng),
        }
        self.function = "VOLTage:DC"
        self.measuring = _defaults()
        self._front = port

    def select_function(self, mnemonic: str) -> None:
        """Measuring function by mnemonic (`VOLTage[:DC]`)."""
        self.function = "VOLTage:DC" if mnemonic.startswith("VOLTage") else "RESistance"

    def select_terminals(self, terminals: str) -> None:
        """Front or rear; at the rear nothing is wired."""
        self.port = self._front if terminals == "FRON" else Open()
        super().select_terminals(terminals)

    def reading_time(self) -> float:
        """Integration times the repeating filter, plus overhead."""
        now = self.measuring[self.function]
        repeats = now.averaging.count if now.averaging.on and now.averaging.kind == "REPeat" else 1
        return repeats * now.nplc / LINE_FREQUENCY + READING_OVERHEAD

    def take(self) -> Reading:
        """The reading that ends now."""
        value = self._value()
        status = _QUESTIONABLE * (abs(value) == OVERFLOW) + _FRONT * (self.terminals == "FRON")
        return Reading(value, UNITS[self.function], self.t, status=status)

    def reset(self) -> None:
        """`*RST`: direct voltage, autorange, 1 power line cycle."""
        super().reset()
        self.function = "VOLTage:DC"
        self.measuring = _defaults()

    def _value(self) -> float:
        now, channel = self.measuring[self.function], self.meters[self.function]
        if self.function == "VOLTage:DC":
            value = self.port.voltage(0.0, self.t)
            index = channel.fit(value) if now.auto_range else now.range_index
        else:
            value, index = self._resistance(now, channel)
        if now.auto_range:
            now.range_index = index
        if channel.over(value, index):
            return OVERFLOW if value > 0 else -OVERFLOW
        noise = now.noise / now.averaging.count**0.5 if now.averaging.on else now.noise
        value = channel.convert(value, index, noise)
        return value - now.relative if now.relative_on else value

    def _resistance(self, now: Measuring, channel: Channel) -> tuple[float, int]:
        """Value and range index: in autorange the lowest range that takes it, from below."""
        indices = range(len(TEST_CURRENT)) if now.auto_range else (now.range_index,)
        value = 0.0
        for index in indices:
            value = self.port.voltage(TEST_CURRENT[index], self.t) / TEST_CURRENT[index]
            if not channel.over(value, index):
                return value, index
        return value, indices[-1]


def _defaults() -> dict[str, Measuring]:
    return {"VOLTage:DC": Measuring(4), "RESistance": Measuring(8)}


EMULATOR = DMM6500
