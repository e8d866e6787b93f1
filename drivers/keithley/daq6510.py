"""Keithley DAQ6510 with 7700 multiplexers: temperature logger and scanning multimeter, SCPI
(reference manual DAQ6510-901-01).

Channels are numbered as the meter does, 101 to 120 in slot 1 and 201 to 220 in slot 2. Sensors of
4 wires (Pt100, Pt1000, `resistance_4w`) take channel n and its partner n + 10. Thermocouples use
the junction inside the card, whose own temperature the meter does not tell. Sensors of the meter's
front terminals and of its cards are not read at once: the TERMINALS button chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from drivers.codecs import channels as lists
from drivers.generic.scpi import Scpi
from drivers.keithley import _daq_temperature as temperature_sheet
from drivers.keithley._daq_digitize import digitize
from drivers.keithley._daq_scan import Relays, Scanned
from drivers.keithley._dmm import FUNCTIONS, LINE_PERIOD, READ_ONLY, Dmm
from drivers.keithley._dmm_sheet import CURRENT, RESISTANCE, VOLTAGE
from drivers.keithley._identity import identify
from drivers.limits import BenchLimits
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.roles.digital_multimeter_scanner import ScanChannel
from drivers.roles.temperature_logger import Sensor
from labctl import clock
from labctl.errors import Defect, LimitRefused, UsageError
from labctl.evidence import Accuracy, Identity, Reading

if TYPE_CHECKING:
    from drivers.roles.arrays import ReadingArray

PER_CHANNEL = 3 * LINE_PERIOD + 0.02
"""Seconds that one channel of a scan takes: settling, reading, autozero."""


class KeithleyDAQ6510:
    """A DAQ6510 at the end of `link`; `limits`: `voltage` in V and `current` in A, the largest
    ranges."""

    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=3.0, idempotent=READ_ONLY | {":TRIG:STAT?", ":ROUT:TERM?", ":SENS:FUNC?"}
    )
    limit_units: ClassVar[dict[str, str]] = {"voltage": "V", "current": "A"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (
        *VOLTAGE,
        *CURRENT,
        *RESISTANCE,
        *temperature_sheet.ACCURACIES,
    )

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        self._scpi = Scpi(link)
        self._limits = dict(limits or {})
        self._dmm = Dmm(self._scpi, self.accuracies, self._limits, self.settings.timeout)
        self._relays = Relays(self._scpi)
        self._identity: Identity | None = None
        self._sensors: dict[int, str] = {}

    @property
    def address(self) -> str:
        """The link's address."""
        return self._scpi.address

    @property
    def identity(self) -> Identity:
        """Who answered to `identify()`; `Defect` before it was called."""
        if self._identity is None:
            raise Defect("the scanner was not identified", address=self.address)
        return self._identity

    async def identify(self) -> Identity:
        """Ask who it is and which cards it has; `InstrumentError` for another model or language."""
        found = await identify(self._scpi, "DAQ6510")
        await self._relays.find_cards()
        self._identity = found
        return found

    async def resync(self) -> None:
        """Line cleared, scan aborted, errors cleared; sensors must be configured again."""
        self._dmm.forget()
        self._sensors.clear()
        await self._scpi.resync()
        await self._scpi.set(":ABOR")

    async def safe(self) -> None:
        """Scan aborted, every channel open; read back."""
        self._dmm.forget()
        await self._scpi.set(":ABOR")
        await self._relays.open_all()

    async def close(self) -> None:
        """Give the line back; channels stay as they are."""
        await self._scpi.close()

    async def measure_voltage(
        self, *, voltage_range: float | None = None, power_line_cycles: float = 1.0
    ) -> Reading:
        """One reading in V. `voltage_range` in V (default: autorange)."""
        return await self._measure("voltage", voltage_range, power_line_cycles)

    async def measure_current(
        self, *, current_range: float | None = None, power_line_cycles: float = 1.0
    ) -> Reading:
        """One reading of direct current in A. `current_range` in A (default: autorange)."""
        return await self._measure("current", current_range, power_line_cycles)

    async def measure_resistance(
        self, *, wires: Literal[2, 4], resistance_range: float | None = None
    ) -> Reading:
        """One reading in ohm with 2 or 4 wires. `resistance_range` in ohm (default: autorange)."""
        if wires not in (2, 4):
            raise LimitRefused(f"{wires} wires, expected 2 or 4", address=self.address)
        function = "resistance" if wires == 2 else "resistance_4w"
        return await self._measure(function, resistance_range, 1.0)

    async def digitize_voltage(
        self, *, sample_rate: float, samples: int, voltage_range: float
    ) -> ReadingArray:
        """`samples` values in V, shape (samples,), at `sample_rate` in 1/s, range in V."""
        setting = self._dmm.setting("voltage", voltage_range, 1.0)
        self._dmm.forget()
        line = next(line for line in VOLTAGE if line.range == setting.full_scale)
        return await digitize(self._scpi, sample_rate, samples, line, self.identity.serial)

    async def select(self, channel: int) -> None:
        """The channel alone connected to the meter."""
        self._relays.check([channel], four_wire=False, command=":ROUT:CLOS")
        self._dmm.forget()
        await self._relays.close_only(channel)

    async def open_all(self) -> None:
        """No channel connected to the meter."""
        await self._relays.open_all()

    async def scan(self, channels: Sequence[ScanChannel]) -> tuple[Reading, ...]:
        """One reading of each channel in V or ohm, in the order asked for; all open afterwards.

        The meter finds the ranges; each reading has the line of the range that holds it.
        """
        if not channels:
            return ()
        for one in channels:
            is_pair = one.function == "resistance_4w"
            self._relays.check([one.number], four_wire=is_pair, command=":ROUT:SCAN:CRE")
        self._dmm.forget()
        for one in channels:
            self._sensors.pop(one.number, None)
            what, where = FUNCTIONS[one.function], lists.encode([one.number])
            await self._scpi.set(
                f':SENS:FUNC "{what.scpi}",{where}', f":SENS:{what.header}:RANG:AUTO ON,{where}"
            )
        found = await self._scan([one.number for one in channels])
        functions = [one.function for one in channels]
        return tuple(self._ranged(row, name) for row, name in zip(found, functions, strict=True))

    async def configure(self, channel: int, sensor: Sensor) -> None:
        """`channel` reads a sensor of this type, in degC by its standard."""
        four_wire = temperature_sheet.is_four_wire(sensor)
        self._relays.check([channel], four_wire=four_wire, command=":SENS:TEMP")
        self._sensors.pop(channel, None)
        await self._scpi.set(*temperature_sheet.commands(sensor, lists.encode([channel])))
        self._sensors[channel] = sensor

    async def temperature(self, channel: int) -> Reading:
        """One reading of `channel` in degC; its accuracy is the logger's, without the sensor's."""
        return (await self.temperatures([channel]))[0]

    async def temperatures(self, channels: Sequence[int]) -> tuple[Reading, ...]:
        """One reading of each channel in degC, in the order asked for."""
        if not channels:
            return ()
        return tuple(self._celsius(row) for row in await self._sensed(channels))

    async def cold_junction(self) -> Reading:
        """`UsageError`: the meter does not tell the temperature in degC of its junction."""
        raise UsageError(
            "a DAQ6510 does not tell the temperature of its reference junction",
            address=self.address,
            remedy="read a sensor beside the terminals on a channel of its own",
        )

    async def is_open(self, channel: int) -> bool:
        """Whether the sensor of `channel` is broken or absent."""
        (row,) = await self._sensed([channel])
        return row.value is None

    async def _measure(self, function: str, wanted: float | None, cycles: float) -> Reading:
        value, line = await self._dmm.read(self._dmm.setting(function, wanted, cycles))
        return Reading(value, line.unit, *clock.stamp(), self.address, self.identity.serial, line)

    async def _scan(self, channels: Sequence[int]) -> tuple[Scanned, ...]:
        return await self._relays.scan(channels, PER_CHANNEL * len(channels))

    async def _sensed(self, channels: Sequence[int]) -> tuple[Scanned, ...]:
        """A scan of channels that were told of their sensors, and still know of them after it: a
        meter that has restarted reads their voltage."""
        self._configured(channels)
        rows = await self._scan(channels)
        asked = f":SENS:FUNC? {lists.encode(channels)}"
        answer = await self._scpi.text(asked)
        if [one.strip('"')[:4] for one in answer.split(";")] != ["TEMP"] * len(channels):
            remedy = "see why it restarted; configure its sensors again"
            raise self._scpi.wrong("a channel knows no sensor any more", asked, answer, remedy)
        return rows

    def _configured(self, channels: Sequence[int]) -> None:
        for channel in channels:
            self._relays.check([channel], four_wire=False, command=":ROUT:SCAN:CRE")
            if channel not in self._sensors:
                raise UsageError(
                    f"channel {channel} has no sensor",
                    address=self.address,
                    remedy="configure it first",
                )

    def _celsius(self, row: Scanned) -> Reading:
        line = temperature_sheet.line(self._sensors[row.channel])
        value = self._whole(row, "the sensor is open")
        refuse = "degC beyond what the sensor can have"
        if not -273.15 <= value <= line.range * 1.1:
            raise self._scpi.wrong(f"{value:g} {refuse}", ":TRAC:DATA?", str(row.channel))
        return self._of(row, value, line)

    def _ranged(self, row: Scanned, function: str) -> Reading:
        value = self._whole(row, "the value is beyond every range")
        return self._of(row, value, self._dmm.line_holding(function, value))

    def _whole(self, row: Scanned, what: str) -> float:
        if row.value is None:
            raise self._scpi.wrong(what, ":TRAC:DATA?", f"channel {row.channel}: overflow")
        return row.value

    def _of(self, row: Scanned, value: float, line: Accuracy) -> Reading:
        serial = self.identity.serial
        return Reading(value, line.unit, row.t, row.utc, self.address, serial, line)


DRIVER = KeithleyDAQ6510
