"""Keithley DMM6500 multimeter as voltmeter, SCPI (reference manual DMM6500-901-01).

Accuracy by SPEC-DMM6500: 1 year, calibration temperature +-5 degC, integration of 1 power line
cycle or more. The line for 10 V is also printed in the calibration manual DMM6500-905-01 (p. 2-4).
Below 1 cycle the sheet adds noise that is not in the table: take it from repeated readings.
"""

from __future__ import annotations

from typing import ClassVar

from drivers.generic.scpi import Scpi
from drivers.keithley._dmm import READ_ONLY, Dmm
from drivers.keithley._dmm_sheet import VOLTAGE
from drivers.keithley._identity import identify
from drivers.limits import BenchLimits
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from labctl import clock
from labctl.errors import Defect
from labctl.evidence import Accuracy, Identity, Reading


class KeithleyDMM6500:
    """A DMM6500 at the end of `link`; `limits` by the bench: `voltage` in V, the largest range."""

    settings: ClassVar[MessageSettings] = MessageSettings(timeout=2.0, idempotent=READ_ONLY)
    limit_units: ClassVar[dict[str, str]] = {"voltage": "V"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = VOLTAGE

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        self._scpi = Scpi(link)
        self._dmm = Dmm(self._scpi, VOLTAGE, limits or {}, self.settings.timeout)
        self._identity: Identity | None = None

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
        self._dmm.forget()
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
        setting = self._dmm.setting("voltage", voltage_range, power_line_cycles)
        value, line = await self._dmm.read(setting)
        t, utc = clock.stamp()
        return Reading(value, "V", t, utc, self.address, self.identity.serial, line)


DRIVER = KeithleyDMM6500
