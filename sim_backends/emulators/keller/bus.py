"""Functions of the Keller bus (protocol description of Series 30, version 3.0, section 5).

Each takes the content of a request and gives that of its answer, or raises `Refusal`.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable

from sim_backends.emulators.keller.transmitter import (
    CHANNELS,
    COEFFICIENTS,
    CONFIGURATIONS,
    P1,
    WRITABLE_COEFFICIENTS,
    WRITABLE_CONFIGURATIONS,
    Transmitter,
)

NOT_IMPLEMENTED, WRONG_PARAMETER, WRONG_LENGTH, NO_VALUE, NOT_INITIALISED = 1, 2, 3, 4, 32

FIRMWARE = (5, 20, 12, 28)
"""Class, group, year and week: Series 30 from 2002 on."""

BUFFER = 10
"""Length of the receive buffer that function 48 tells."""

TRANSPARENT = 250
HIGHEST_ADDRESS = 249
FACTORY_NUMBER = 0
"""Serial number: a simulated transmitter has none, so that nobody takes it for a real one."""


class Refusal(Exception):
    """An exception answer with its code (section 3.3.2.2)."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Bus:
    """The functions of one transmitter with the device address `address`."""

    def __init__(self, transmitter: Transmitter, address: int) -> None:
        self.address = address
        self.initialised = False
        self._transmitter = transmitter
        self._functions: dict[int, tuple[tuple[int, ...], Callable[[bytes, float], bytes]]] = {
            30: ((1,), self._read_coefficient),
            31: ((5,), self._write_coefficient),
            32: ((1,), self._read_configuration),
            33: ((2,), self._write_configuration),
            48: ((0,), self._initialise),
            66: ((1,), self._set_address),
            69: ((0,), self._serial_number),
            73: ((1,), self._read_float),
            74: ((1,), self._read_integer),
            95: ((1, 5), self._zero),
            100: ((1,), self._read_parameters),
        }

    def execute(self, function: int, content: bytes, t: float) -> bytes:
        """Content of the answer; `Refusal` where there is none."""
        if function not in self._functions:
            raise Refusal(NOT_IMPLEMENTED)
        if function != 48 and not self.initialised:
            raise Refusal(NOT_INITIALISED)
        lengths, action = self._functions[function]
        if len(content) not in lengths:
            raise Refusal(WRONG_LENGTH)
        return action(content, t)

    def _initialise(self, content: bytes, t: float) -> bytes:
        again, self.initialised = self.initialised, True
        return bytes((*FIRMWARE, BUFFER, int(again)))

    def _read_coefficient(self, content: bytes, t: float) -> bytes:
        if content[0] >= COEFFICIENTS:
            raise Refusal(WRONG_PARAMETER)
        return struct.pack(">f", self._transmitter.coefficients[content[0]])

    def _write_coefficient(self, content: bytes, t: float) -> bytes:
        value = struct.unpack(">f", content[1:])[0]
        if content[0] not in WRITABLE_COEFFICIENTS or not math.isfinite(value):
            raise Refusal(WRONG_PARAMETER)
        self._transmitter.coefficients[content[0]] = value
        return b"\x00"

    def _read_configuration(self, content: bytes, t: float) -> bytes:
        if content[0] >= CONFIGURATIONS:
            raise Refusal(WRONG_PARAMETER)
        return bytes((self._transmitter.configurations[content[0]],))

    def _write_configuration(self, content: bytes, t: float) -> bytes:
        if content[0] not in WRITABLE_CONFIGURATIONS:
            raise Refusal(WRONG_PARAMETER)
        self._transmitter.configurations[content[0]] = content[1]
        return b"\x00"

    def _read_parameters(self, content: bytes, t: float) -> bytes:
        """Function 100: five at once; 2 are the channels, 0 and 3 the line and the filter."""
        stored = self._transmitter.configurations
        rows = {
            0: (0, stored[10], stored[11], 0, 0),
            2: (stored[0], stored[1], stored[2], stored[3], stored[4]),
            3: (0, 0, stored[7], 0, stored[9]),
        }
        if content[0] > 8:
            raise Refusal(WRONG_PARAMETER)
        return bytes(rows.get(content[0], (0,) * 5))

    def _set_address(self, content: bytes, t: float) -> bytes:
        """0 asks for the address and changes nothing."""
        if content[0] > HIGHEST_ADDRESS:
            raise Refusal(WRONG_PARAMETER)
        self.address = content[0] or self.address
        return bytes((self.address,))

    def _serial_number(self, content: bytes, t: float) -> bytes:
        return struct.pack(">I", FACTORY_NUMBER)

    def _read_float(self, content: bytes, t: float) -> bytes:
        value = self._value(content[0], t)
        return struct.pack(">fB", value, self._transmitter.status(t))

    def _read_integer(self, content: bytes, t: float) -> bytes:
        """Pa or 0.01 degC."""
        value = self._value(content[0], t)
        if not math.isfinite(value):
            raise Refusal(NO_VALUE)
        scale = 1e5 if content[0] == P1 else 100.0
        return struct.pack(">iB", round(value * scale), self._transmitter.status(t))

    def _value(self, channel: int, t: float) -> float:
        if channel not in CHANNELS:
            raise Refusal(WRONG_PARAMETER)
        return self._transmitter.value(channel, t)

    def _zero(self, content: bytes, t: float) -> bytes:
        setpoint = struct.unpack(">f", content[1:])[0] if len(content) > 1 else 0.0
        if content[0] == 0 and math.isfinite(setpoint):
            self._transmitter.set_zero(setpoint, t)
        elif content[0] == 1 and len(content) == 1:
            self._transmitter.reset_zero()
        else:
            raise Refusal(WRONG_PARAMETER)
        return b"\x00"
