"""Modbus registers of a Series 30 transmitter (protocol version 3.0, section 4.9 and 4.10).

Values as float at 0x0000 and as integers at 0x0010, configuration at 0x0200, coefficients at
0x0300 + 2 x number, zero point at 0xFF00. Floats and integers have their high word first.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence

from sim_backends.emulators.keller.bus import FACTORY_NUMBER, FIRMWARE, Bus
from sim_backends.emulators.keller.transmitter import (
    CFG_CH0,
    CHANNELS,
    CNT_T,
    COEFFICIENTS,
    FILTER,
    FILTER_ORG,
    LP_FILTER,
    UART,
    WRITABLE_COEFFICIENTS,
    Transmitter,
)
from sim_backends.emulators.modbus_rtu import ILLEGAL_ADDRESS, ILLEGAL_VALUE, ModbusError

FLOATS, INTEGERS, DEVICE, COEFFICIENT, OPERATION = 0x0000, 0x0010, 0x0200, 0x0300, 0xFF00
SET_ZERO, RESET_ZERO = OPERATION, OPERATION + 2
OVERFLOW, UNDERFLOW = 2**31 - 1, -(2**31)

_WRITABLE = {0x0200: UART, 0x0206: CFG_CH0, 0x0207: CNT_T, 0x0208: LP_FILTER, 0x020A: FILTER}
_READABLE = _WRITABLE | {0x0201: FILTER_ORG, 0x0204: 0, 0x0205: 1}


class ModbusMap:
    """Fits `Registers`; `t` is the time of the request that is being served."""

    def __init__(self, transmitter: Transmitter, bus: Bus) -> None:
        self.t = 0.0
        self._transmitter = transmitter
        self._bus = bus

    def read(self, address: int, count: int) -> Sequence[int]:
        """`count` registers; 32-bit values are read whole."""
        if DEVICE <= address < DEVICE + 0x10:
            return [self._device(each) for each in range(address, address + count)]
        if address % 2 or count % 2:
            raise ModbusError(ILLEGAL_ADDRESS)
        words: list[int] = []
        for each in range(address, address + count, 2):
            words += struct.unpack(">HH", self._pair(each))
        return words

    def write(self, address: int, values: Sequence[int]) -> None:
        """A configuration, or a 32-bit value by function 16."""
        if address in _WRITABLE and len(values) == 1:
            if values[0] > 0xFF:
                raise ModbusError(ILLEGAL_VALUE)
            self._transmitter.configurations[_WRITABLE[address]] = values[0]
        elif len(values) == 2:
            self._write_float(address, struct.unpack(">f", struct.pack(">HH", *values))[0])
        else:
            raise ModbusError(ILLEGAL_ADDRESS)

    def _write_float(self, address: int, value: float) -> None:
        if not math.isfinite(value):
            raise ModbusError(ILLEGAL_VALUE)
        number, odd = divmod(address - COEFFICIENT, 2)
        if address == SET_ZERO:
            self._transmitter.set_zero(value, self.t)
        elif address == RESET_ZERO:
            self._transmitter.reset_zero()
        elif number in WRITABLE_COEFFICIENTS and not odd:
            self._transmitter.coefficients[number] = value
        else:
            raise ModbusError(ILLEGAL_ADDRESS)

    def _device(self, address: int) -> int:
        fixed = {
            0x0202: FACTORY_NUMBER >> 16,
            0x0203: FACTORY_NUMBER & 0xFFFF,
            0x0209: 0,
            0x020D: self._bus.address,
            0x020E: FIRMWARE[0] << 8 | FIRMWARE[1],
            0x020F: FIRMWARE[2] << 8 | FIRMWARE[3],
        }
        if address in _READABLE:
            return self._transmitter.configurations[_READABLE[address]]
        if address not in fixed:
            raise ModbusError(ILLEGAL_ADDRESS)
        return fixed[address]

    def _pair(self, address: int) -> bytes:
        if address // 2 in CHANNELS:
            return struct.pack(">f", self._transmitter.value(address // 2, self.t))
        if (address - INTEGERS) // 2 in CHANNELS:
            return struct.pack(">i", self._integer((address - INTEGERS) // 2))
        number = (address - COEFFICIENT) // 2
        if 0 <= number < COEFFICIENTS:
            return struct.pack(">f", self._transmitter.coefficients[number])
        raise ModbusError(ILLEGAL_ADDRESS)

    def _integer(self, channel: int) -> int:
        """0.01 mbar or 0.01 degC."""
        value = self._transmitter.value(channel, self.t)
        if math.isnan(value):
            return UNDERFLOW
        if math.isinf(value):
            return OVERFLOW if value > 0 else UNDERFLOW
        return round(value * (1e5 if channel in (1, 2) else 100.0))
