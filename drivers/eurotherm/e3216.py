"""Eurotherm 3216 temperature controller, Modbus RTU (3200 series user manual HA028651).

Registers hold scaled integers: temperatures with as many decimals as the display has (address 525),
power with one. A parameter's Modbus address is the 0-based address on the wire.

The serial number cannot be read over the line. `identity.serial` is the customer identifier
(address 629) as text where it is not 0, else "": set it on a real unit to the number on its label,
once, with the keys or with the maker's software; without it the run counts as simulated.
"""

from __future__ import annotations

import math
from typing import ClassVar

from drivers.instrument import Identified
from drivers.limits import BenchLimits, refuse_outside
from drivers.links.link import RegisterLink
from drivers.links.settings import RegisterSettings
from drivers.remedies import ANOTHER, LOOK, being
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Accuracy, Identity, Reading

PROCESS_VALUE, TARGET_SETPOINT, MANUAL_OUTPUT = 1, 2, 3
WORKING_OUTPUT, WORKING_SETPOINT = 4, 5
STATUS, VERSION, SETPOINT_HIGH, SETPOINT_LOW = 75, 107, 111, 112
TYPE_CODE, LOOP_MODE, UNITS, DECIMALS, CUSTOMER_ID = 122, 273, 516, 525, 629

AUTOMATIC, MANUAL = 0, 1
CELSIUS = 0
SENSOR_BREAK, OVER_RANGE = 1 << 5, 1 << 10
"""Bits of the instrument status (address 75)."""

TYPE_CODES = (0x3260, 0x3262)
"""Hexadecimal digits: series 3, range 2, size 6 (1/16 DIN), 0 for PID or 2 for valve position.

The 3200 manual names address 122 without its values; this is the scheme that the communications
handbook of the 2000 series (HA026230) gives for the same address.
"""

CYCLE, CYCLES = 0.25, 4
"""The controller works at 4 Hz; its output is given this many cycles of 0.25 s to follow."""

SHEET = "Eurotherm 3200 data sheet, section PV input: 0.25 % of reading +- 1 LSD, 25 degC ambient"
PT100_SPAN = 850.0


def _line(decimals: int) -> Accuracy:
    digit = 10.0**-decimals
    return Accuracy("temperature", PT100_SPAN, "degC", 0.0025, digit, SHEET, digit)


class Eurotherm3216(Identified):
    """A 3216 at the end of `link`.

    `limits` by the bench: `temperature_min` and `temperature_max` in degC. The accuracy is that of
    the controller's input; that of the sensor stands in the bench file. Its line depends on the
    decimals of the display (0, 1 or 2).
    """

    what: ClassVar[str] = "controller"
    settings: ClassVar[RegisterSettings] = RegisterSettings(timeout=1.0)
    limit_units: ClassVar[dict[str, str]] = {"temperature_min": "degC", "temperature_max": "degC"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (_line(0), _line(1), _line(2))

    def __init__(self, link: RegisterLink, limits: BenchLimits | None = None) -> None:
        self._link = link
        super().__init__(self._link, limits)
        self._decimals = 1
        self._low, self._high = -math.inf, math.inf

    async def identify(self) -> Identity:
        """Read type, version, decimals and set point limits; `InstrumentError` for another type."""
        with being("Eurotherm 3216"):
            code = await self._word(TYPE_CODE)
        if code not in TYPE_CODES:
            raise self._wrong(
                "this is no Eurotherm 3216",
                f"read {TYPE_CODE}",
                f"{code} (hexadecimal {code:04X})",
                ANOTHER,
            )
        await self._read_scaling()
        version, customer = await self._word(VERSION), await self._word(CUSTOMER_ID)
        firmware = f"V{version >> 8:X}.{version & 0xFF:02X}"
        self._identity = Identity("Eurotherm", "3216", str(customer) if customer else "", firmware)
        return self._identity

    async def resync(self) -> None:
        """Line in a known state, scaling and limits read again."""
        await self._link.resync()
        await self._read_scaling()

    async def safe(self) -> None:
        """Control off, output 0 %; read back."""
        await self.control(False)

    async def close(self) -> None:
        """Give the line back; the controller goes on as it is."""
        await self._link.close()

    async def set_temperature(self, setpoint: float) -> None:
        """Target set point in degC, read back; `LimitRefused` beyond the limits.

        A set point that the controller has already is not written again: its memory takes
        100,000 writes.
        """
        low = max(self._low, self._limits.get("temperature_min", -math.inf))
        high = min(self._high, self._limits.get("temperature_max", math.inf))
        command = f"write {TARGET_SETPOINT}"
        refuse_outside(
            "set point", setpoint, low, high, "degC", address=self.address, command=command
        )
        scaled = round(setpoint * 10**self._decimals)
        if await self._signed(TARGET_SETPOINT) == scaled:
            return
        await self._link.write_registers(TARGET_SETPOINT, [scaled & 0xFFFF])
        await self._expect(TARGET_SETPOINT, scaled, "the set point was not taken")

    async def temperature(self) -> Reading:
        """Process value in degC; `InstrumentError` on sensor break or beyond the range."""
        status = await self._word(STATUS)
        for bit, what in ((SENSOR_BREAK, "sensor break"), (OVER_RANGE, "input beyond its range")):
            if status & bit:
                raise self._wrong(
                    what, f"read {STATUS}", f"{status:04X}", "check the sensor and its wires"
                )
        return await self._temperature(PROCESS_VALUE, self.accuracies[self._decimals])

    async def working_setpoint(self) -> Reading:
        """Set point the controller works to at this moment, in degC (differs while ramping)."""
        return await self._temperature(WORKING_SETPOINT, None)

    async def output_power(self) -> Reading:
        """Working output in %."""
        value = await self._signed(WORKING_OUTPUT) / 10
        t, utc = clock.stamp()
        return Reading(value, "%", t, utc, self.address, self.identity.serial)

    async def control(self, on: bool) -> None:
        """Automatic control on, or off (manual with output 0 %); read back."""
        mode = AUTOMATIC if on else MANUAL
        await self._link.write_registers(LOOP_MODE, [mode])
        await self._expect(LOOP_MODE, mode, "the mode was not taken")
        if not on:
            await self._link.write_registers(MANUAL_OUTPUT, [0])
            await self._expect(MANUAL_OUTPUT, 0, "the manual output was not taken")
            await self._wait_until_off()

    async def _read_scaling(self) -> None:
        units, decimals = await self._word(UNITS), await self._word(DECIMALS)
        if units != CELSIUS:
            raise self._wrong(
                "the controller does not work in degC",
                f"read {UNITS}",
                str(units),
                "set UNITS to degrees C in the controller's configuration",
            )
        if decimals >= len(self.accuracies):
            raise self._wrong("no such number of decimals", f"read {DECIMALS}", str(decimals))
        self._decimals = decimals
        self._high = await self._signed(SETPOINT_HIGH) / 10**decimals
        self._low = await self._signed(SETPOINT_LOW) / 10**decimals

    async def _temperature(self, register: int, line: Accuracy | None) -> Reading:
        value = await self._signed(register) / 10**self._decimals
        t, utc = clock.stamp()
        return Reading(value, "degC", t, utc, self.address, self.identity.serial, line)

    async def _expect(self, register: int, value: int, otherwise: str) -> None:
        found = await self._signed(register)
        if found != value:
            raise self._wrong(
                otherwise,
                f"read {register}",
                str(found),
                f"expected {value}; check the controller's limits and access level",
            )

    async def _wait_until_off(self) -> None:
        """The working output follows at the next control cycles; after them it must be 0."""
        for _ in range(CYCLES):
            if await self._signed(WORKING_OUTPUT) == 0:
                return
            await clock.sleep(CYCLE)
        await self._expect(WORKING_OUTPUT, 0, "the output is not off")

    async def _word(self, register: int) -> int:
        return (await self._link.read_holding(register))[0]

    async def _signed(self, register: int) -> int:
        word = await self._word(register)
        return word - 0x10000 if word & 0x8000 else word

    def _wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )


DRIVER = Eurotherm3216
