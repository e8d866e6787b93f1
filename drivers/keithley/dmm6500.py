"""Keithley DMM6500 multimeter as voltmeter, SCPI (reference manual DMM6500-901-01).

Accuracy by SPEC-DMM6500: 1 year, calibration temperature +-5 degC, integration of 1 power line
cycle or more. The line for 10 V is also printed in the calibration manual DMM6500-905-01 (p. 2-4).
Below 1 cycle the sheet adds noise that is not in the table: take it from repeated readings.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from drivers.accuracy import line_of, range_for
from drivers.generic.scpi import Scpi
from drivers.keithley._identity import identify
from drivers.limits import BenchLimits, refuse_outside
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from labctl import clock
from labctl.errors import Defect
from labctl.evidence import Accuracy, Identity, Reading

SHEET = "Keithley SPEC-DMM6500, DC voltage, 1 year, TCAL +-5 degC"
OVER, OVER_TOP = 1.2, 1.01
TOP = 1000.0
LINE_PERIOD = 1 / 50
"""Longest power line cycle in s."""


def _volts(full: float, gain: float, of_range: float, digit: float) -> Accuracy:
    """A line of the sheet: fractions of reading and of range, and the display's last digit in V."""
    return Accuracy("voltage", full, "V", gain, of_range * full, SHEET, digit)


@dataclass(frozen=True)
class _Setting:
    full_scale: float | None  # None: autorange
    cycles: float


class KeithleyDMM6500:
    """A DMM6500 at the end of `link`; `limits` by the bench: `voltage` in V, the largest range."""

    settings: ClassVar[MessageSettings] = MessageSettings(timeout=2.0)
    limit_units: ClassVar[dict[str, str]] = {"voltage": "V"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (
        _volts(0.1, 30e-6, 35e-6, 100e-9),
        _volts(1.0, 25e-6, 6e-6, 1e-6),
        _volts(10.0, 25e-6, 5e-6, 10e-6),
        _volts(100.0, 40e-6, 6e-6, 100e-6),
        _volts(1000.0, 40e-6, 6e-6, 1e-3),
    )

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        self._scpi = Scpi(link)
        self._limits = dict(limits or {})
        self._identity: Identity | None = None
        self._setting: _Setting | None = None

    @property
    def address(self) -> str:
        """The link's address."""
        return self._scpi.address

    @property
    def identity(self) -> Identity:
        """Who answered to `identify()`; `Defect` before it was called."""
        if self._identity is None:
            raise Defect("the multimeter was not identified", address=self.address)
        return self._identity

    async def identify(self) -> Identity:
        """Ask who it is and clear old errors; `InstrumentError` for another model or language."""
        self._identity = await identify(self._scpi, "DMM6500")
        return self._identity

    async def resync(self) -> None:
        """Line cleared, measuring aborted, errors cleared; settings are sent anew when needed."""
        self._setting = None
        await self._scpi.resync()
        await self._scpi.set(":ABOR")

    async def safe(self) -> None:
        """Abort measuring. The meter drives nothing, so there is no state to read back."""
        await self._scpi.set(":ABOR")

    async def close(self) -> None:
        """Give the line back."""
        await self._scpi.close()

    async def measure_voltage(
        self, *, voltage_range: float | None = None, power_line_cycles: float = 1.0
    ) -> Reading:
        """One reading in V. `voltage_range` in V (default: autorange).

        `InstrumentError` where the voltage is beyond the range, `LimitRefused` for a range or an
        integration time (0.0005..12 cycles) that the meter or the bench does not allow.
        """
        await self._set(self._setting_for(voltage_range, power_line_cycles))
        value = await self._scpi.number(":READ?", self._patience(power_line_cycles))
        t, utc = clock.stamp()
        line = line_of(self.accuracies, "voltage", await self._full_scale())
        return Reading(value, "V", t, utc, self.address, self.identity.serial, line)

    def _setting_for(self, voltage_range: float | None, cycles: float) -> _Setting:
        command = ":SENS:VOLT:NPLC"
        self._check("integration time", cycles, 0.0005, 12.0, "cycles", command)
        if voltage_range is None:
            return _Setting(None, cycles)
        most = min(TOP, self._limits.get("voltage", TOP))
        self._check("range", voltage_range, 0.0, most, "V", ":SENS:VOLT:RANG")
        return _Setting(range_for(self.accuracies, "voltage", voltage_range, 1.0), cycles)

    async def _set(self, setting: _Setting) -> None:
        """What is set already is not sent again."""
        if setting == self._setting:
            return
        self._setting = None
        full = setting.full_scale
        await self._scpi.set(
            ':SENS:FUNC "VOLT:DC"',
            ":SENS:VOLT:RANG:AUTO ON" if full is None else f":SENS:VOLT:RANG {full:.9g}",
            f":SENS:VOLT:NPLC {setting.cycles:g}",
        )
        self._setting = setting

    async def _full_scale(self) -> float:
        """The range in use in V; with autorange the meter is asked."""
        if self._setting is not None and self._setting.full_scale is not None:
            return self._setting.full_scale
        command = ":SENS:VOLT:RANG?"
        full = await self._scpi.number(command)
        if not any(math.isclose(full, line.range, rel_tol=1e-3) for line in self.accuracies):
            raise self._scpi.wrong("this is none of the meter's ranges", command, f"{full:g}")
        return full

    def _patience(self, cycles: float) -> float:
        return self.settings.timeout + cycles * LINE_PERIOD * 3

    def _check(
        self, what: str, value: float, low: float, high: float, unit: str, command: str
    ) -> None:
        refuse_outside(what, value, low, high, unit, address=self.address, command=command)


DRIVER = KeithleyDMM6500
