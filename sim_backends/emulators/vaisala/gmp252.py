"""Vaisala GMP252 CO2 probe on Modbus RTU: RS-485, 19200 baud 8N2, address 240 as delivered.

Written from the user guide: M211897EN-D (register tables 52 to 55, the printed example of section
A.3, start-up) and, where it differs, M211897EN-E (range of pressure compensation, error code
register 0803, device identification). Functions 03, 16 and 43/14 as the sister guide M211799EN-E
lists them; others are exception 01. Integers of a value that is not there are 0 (same guide).

What the real probe does and this one does not: the service line (Vaisala Industrial Protocol),
analogue output, adjustment by the user, the limit of 30000 writes of its memory. New line settings
(0300 to 0303) are stored and act from the next power-on, which the guide does not say. Above
30000 ppm the reading is taken to be missing, with error 1000; the guide names only the error. It
measures when it is asked, every 2 s at most (remembered).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from labctl.errors import BenchError
from sim_backends.emulators import modbus_rtu as rtu
from sim_backends.emulators.modbus_device import ModbusDevice
from sim_backends.emulators.vaisala.cuvette import STARTUP, WARM_UP, Cuvette, response
from sim_backends.emulators.vaisala.fields import Fields
from sim_backends.emulators.vaisala.gmp252_registers import fields, objects
from sim_backends.emulators.vaisala.identification import FUNCTION, identify
from sim_backends.models.gas import GasPort

UNIT = 240
CHARACTER = 11 / 19200
"""Seconds of one character: start bit, eight data bits, two stop bits."""

CYCLE = 2.0
"""Seconds between two measurements."""

HIGHEST = 30000.0
"""ppm that the probe can measure."""

ERROR, OUT_OF_RANGE = 2, 0x1000
NOT_RELIABLE, NOT_READY = 2, 256
_FUNCTIONS = (rtu.READ_HOLDING, rtu.WRITE_MANY)


class ProbeWire:
    """The probe's serial line; fits `modbus_device.Wire`."""

    def __init__(self, unit: int, identity: dict[int, str]) -> None:
        self._framer = rtu.Framer(unit)
        self._identity = identity

    def answers(self, data: bytes, t: float, registers: rtu.Registers) -> list[tuple[bytes, float]]:
        """Answers to this unit, each with its seconds on the wire; none to a broadcast."""
        timed = []
        for request in self._framer.feed(data, t):
            reply = rtu.frame(request[:1] + self._reply(request[1], request[2:], registers))
            if request[0]:
                timed.append((reply, CHARACTER * (len(request) + 2 + len(reply))))
        return timed

    def clear(self) -> None:
        """Forget half a request."""
        self._framer.clear()

    def _reply(self, function: int, content: bytes, registers: rtu.Registers) -> bytes:
        if function in _FUNCTIONS:
            return rtu.respond(function, content, registers)
        try:
            if function != FUNCTION:
                raise rtu.ModbusError(rtu.ILLEGAL_FUNCTION)
            return bytes((function,)) + identify(content, self._identity)
        except rtu.ModbusError as error:
            return bytes((function | 0x80, error.code))


@dataclass(slots=True)
class Compensation:
    """Set points: pressure in hPa, temperature in degC, humidity and oxygen in %."""

    pressure: float = 1013.25
    temperature: float = 25.0
    humidity: float = 0.0
    oxygen: float = 0.0


@dataclass(slots=True)
class Settings:
    """What the probe stores: line settings by register, modes, filtering factor in %."""

    line: list[int] = field(default_factory=lambda: [UNIT, 2, 0, 2])
    pressure_mode: int = 1
    temperature_mode: int = 2
    humidity_mode: int = 0
    oxygen_mode: int = 0
    filtering: int = 100


class Gmp252(ModbusDevice):
    """One probe of serial number `serial` that breathes at `port`.

    It has been running for long when it is first asked; `power_on` starts it anew.
    """

    def __init__(self, port: GasPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(unit=UNIT)
        self.serial = serial
        self.settings = Settings()
        self.stored = Compensation()
        self.given = Compensation()
        self.measured_temperature = math.nan
        self.carbon_dioxide = math.nan
        self.errors = 0
        self._cuvette = Cuvette(port, rng)
        self._measured: float | None = None
        self._identity = objects(serial)
        self._fields = Fields(fields(self))
        self._wire = ProbeWire(UNIT, self._identity)

    def speak_tcp(self) -> None:
        """`BenchError`: the probe has a serial line only."""
        raise BenchError("a GMP252 has no Modbus TCP", remedy="use the door sim:modbus-rtu")

    def power_on(self, t: float) -> None:
        """It starts at `t`: cold, with the stored set points and line settings."""
        self.clear(t)
        stored = self.stored
        self.given = Compensation(
            stored.pressure, stored.temperature, stored.humidity, stored.oxygen
        )
        self.unit = self.settings.line[0]
        self._wire = ProbeWire(self.unit, self._identity)
        self._cuvette.power_on(t)
        self.carbon_dioxide = self.measured_temperature = math.nan
        self._measured = None

    def read(self, address: int, count: int) -> Sequence[int]:
        """Registers as they are now."""
        self._refresh()
        return self._fields.read(address, count)

    def write(self, address: int, values: Sequence[int]) -> None:
        """Write settings; they act from the next measurement on."""
        self._refresh()
        self._fields.write(address, values)

    # State

    def device_status(self) -> int:
        """Register 0800: the sum of critical error 1, error 2 and warning 4."""
        return ERROR if self.errors else 0

    def gas_status(self) -> int:
        """Register 0801: not reliable and not ready while it starts."""
        since = self._cuvette.since_power_on(self.t)
        if since < STARTUP:
            return NOT_RELIABLE + NOT_READY
        return NOT_RELIABLE if since < WARM_UP else 0

    def compensating_temperature(self) -> float:
        """Temperature in degC that the probe compensates with: 25 where compensation is off."""
        measured = self.measured_temperature
        return (25.0, self.given.temperature, measured)[self.settings.temperature_mode]

    # Measuring

    def _refresh(self) -> None:
        if self._cuvette.since_power_on(self.t) < STARTUP:
            return
        if self._measured is None or self.t - self._measured >= CYCLE:
            self._measure()

    def _measure(self) -> None:
        cuvette, t = self._cuvette, self.t
        self.measured_temperature = cuvette.temperature(t)
        reading = max(cuvette.raw(t) / self._compensation(), 0.0)
        self.errors = OUT_OF_RANGE if reading > HIGHEST else 0
        if self.errors:
            self.carbon_dioxide = math.nan
        elif self._measured is None or math.isnan(self.carbon_dioxide):
            self.carbon_dioxide = reading
        else:
            kept = (1.0 - self.settings.filtering / 100.0) ** ((t - self._measured) / CYCLE)
            self.carbon_dioxide = reading + (self.carbon_dioxide - reading) * kept
        self._measured = t

    def _compensation(self) -> float:
        settings, given = self.settings, self.given
        return response(
            given.pressure if settings.pressure_mode else 1013.0,
            self.compensating_temperature(),
            given.humidity if settings.humidity_mode else 0.0,
            given.oxygen if settings.oxygen_mode else 0.0,
        )


EMULATOR = Gmp252
