"""Hioki BT4560 battery impedance meter, serial (RS-232C or USB as a COM port), at the wire.

Written from the maker's communication command manual BT4560A987-00 as far as its pages were to be
had (messages and separators, 2 to 5; execution times, 12), the manual of the BT3561A (pages 127
and 159: `*IDN?`, values out of range) and two public clients of the BT4560 (commands and the order
of the values). Remembered: defaults, form of settings in answers, that `:READ?` is refused while
`:INITiate:CONTinuous` is on; assumed: `:SAMPle:RATE?` tells both words.

A message ends with CR, LF or both, an answer with CR LF. There is no error queue: `*ESR?` tells
command errors (32) and execution errors (16). `*IDN?` has 0 in the place of a serial number.
Not modelled: comparator, temperature sensor, panels, statistics, memory, self-calibration, the
event registers 0 and 1, key lock. Slope correction, limiter and zero-cross stop are settings only.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Generator
from typing import Any

import numpy as np

from sim_backends.emulators.hioki import bt4560_specs as specs
from sim_backends.emulators.hioki.bt4560_bridge import Bridge
from sim_backends.emulators.hioki.bt4560_commands import build_table
from sim_backends.emulators.scpi import ScpiError, ScpiInstrument
from sim_backends.models.impedance import LivePort

OVER, FAULT = 1e9, 1e10
"""What is told beyond a range, and where nothing is connected."""

SHORTEST_ALL = 13.0
"""Seconds of a zero adjustment at all frequencies, by the waits of a public client."""

_DEFAULTS: dict[str, Any] = {
    "function": "RV", "frequency": 1000.0, "range": specs.RANGES[0], "averages": 1,
    "delay_mode": "WAVE", "delay_waves": 0.0, "speed_Z": 1, "speed_V": 1, "source": "IMM",
    "continuous": True, "slope": True, "limiter": False, "zero_cross": True, "key_beeper": True,
    "headers": False,
}  # fmt: skip


class BT4560(ScpiInstrument):
    """One BT4560 whose four-terminal leads end at `port`."""

    TABLE = build_table()
    LATENCY = 4e-3
    TERMINATOR = "\r\n"

    def __init__(self, port: LivePort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(("HIOKI", "BT4560", "0", "V1.01"))
        self.serial = serial
        self.bridge = Bridge(port, rng)
        self.values: dict[str, Any] = dict(_DEFAULTS)
        self._result: str | None = None
        self._waits = False

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream; CR ends a message as LF does."""
        super().receive(data.replace(b"\r", b"\n"), t)

    # What commands use

    def put(self, key: str, value: Any) -> None:
        """Set; what was measured before is no longer told."""
        self.values[key] = value
        self._result = None

    def headed(self, header: str, text: str) -> str:
        """An answer to a query of a setting."""
        return f"{header} {text}" if self.values["headers"] else text

    def initiate(self) -> None:
        """One measurement, or waiting for its trigger; refused in continuous measurement."""
        if self.values["continuous"] or not self.idle:
            raise ScpiError(-213)
        if self.values["source"] == "EXT":
            self._waits = True
        else:
            self.start(self._measurement())

    def trigger(self) -> None:
        """`*TRG`: measures where a trigger is waited for, else an execution error."""
        waits = self.values["continuous"] or self._waits
        if self.values["source"] != "EXT" or not waits or not self.idle:
            raise ScpiError(-211)
        self._waits = False
        self.start(self._measurement())

    def fetch(self) -> str | Generator[float | None, None, str]:
        """The last result; a free-running meter's is never older than one measurement."""
        if self.values["continuous"] and self.values["source"] == "IMM":
            return self._reading() if self._result is None else self._fresh()
        if self._result is None:
            raise ScpiError(-230)
        return self._result

    def read(self) -> Generator[float | None, None, str]:
        """One measurement and its result."""
        if self.values["continuous"]:
            raise ScpiError(-213)
        return self._reading()

    def adjust(self, everywhere: bool) -> Generator[float | None, None, str]:
        """Zero adjustment: 0 where it was done, 1 where not."""
        yield self.t + (SHORTEST_ALL if everywhere else self._seconds())
        at = None if everywhere else self.values["frequency"]
        return "0" if self.bridge.adjust(self.values["range"], at, self.t) else "1"

    def reset(self) -> None:
        """`*RST`: settings as delivered; the zero adjustment stays."""
        super().reset()
        self.values = dict(_DEFAULTS)
        self._result, self._waits = None, False

    # Measuring

    def _measurement(self) -> Generator[float, None, None]:
        yield self.t + self._seconds()
        self._result = self._fresh()

    def _reading(self) -> Generator[float | None, None, str]:
        yield self.t + self._seconds()
        self._result = self._fresh()
        return self._result

    def _seconds(self) -> float:
        values, took = self.values, 0.0
        if values["function"] != "V":
            waves = specs.waves(values["frequency"], values["speed_Z"]) * values["averages"]
            took = (waves + values["delay_waves"]) / values["frequency"]
        if "V" in values["function"]:
            took = max(took, specs.VOLTAGE_TIMES[values["speed_V"]] * values["averages"])
        return took

    def _fresh(self) -> str:
        values, function, parts = self.values, self.values["function"], list[str]()
        if function != "V":
            settings = values["range"], values["frequency"], values["speed_Z"], values["averages"]
            parts += self._pair(self.bridge.impedance(*settings, self.t), function[0] == "Z")
        if "V" in function:
            volts = self.bridge.voltage(self.t)
            over = abs(volts) > specs.VOLTAGE_TOP
            parts.append(_told(math.copysign(OVER, volts) if over else volts, specs.VOLTAGE_DIGIT))
        return ",".join(parts)

    def _pair(self, z: complex, polar: bool) -> list[str]:
        range_: specs.Range = self.values["range"]
        if not cmath.isfinite(z):
            return [_told(FAULT, 1.0)] * 2
        if max(abs(z.real), abs(z.imag)) > range_.top:
            return [_told(OVER, 1.0)] * 2
        if polar:
            return [_told(abs(z), range_.digit), _told(math.degrees(cmath.phase(z)), 1e-3)]
        return [_told(z.real, range_.digit), _told(z.imag, range_.digit)]


def _told(value: float, digit: float) -> str:
    return f"{round(value / digit) * digit:+.5E}"


EMULATOR = BT4560
