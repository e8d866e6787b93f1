"""Parameters of the 3200 series behind Modbus addresses (HA028651 issue 7, section 15.5).

Each parameter stands twice: as a 16-bit integer at its address, scaled by the decimal places of
the display (`analog`) or by ten (`percent`), and, for values that are not plain integers, as an
IEEE single at 0x8000 + 2 x address, high word first.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sim_backends.emulators.modbus_rtu import ILLEGAL_ADDRESS, ILLEGAL_VALUE, ModbusError

NOT_AVAILABLE = 0x8000
IEEE_REGION = 0x8000


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its kind, how to read it, and how to write it where that is allowed."""

    kind: Literal["analog", "percent", "integer"]
    get: Callable[[], float]
    put: Callable[[float], None] | None = None


class ParameterMap:
    """Registers over parameters; fits `modbus_rtu.Registers`."""

    def __init__(self, parameters: Mapping[int, Parameter], decimals: Callable[[], int]) -> None:
        self._parameters = parameters
        self._decimals = decimals

    def read(self, address: int, count: int) -> Sequence[int]:
        """Registers; 0x8000 for an absent one beside others, exception 02 where all are absent."""
        words = [self._word(at) for at in range(address, address + count)]
        if all(word is None for word in words):
            raise ModbusError(ILLEGAL_ADDRESS)
        return [NOT_AVAILABLE if word is None else word for word in words]

    def write(self, address: int, values: Sequence[int]) -> None:
        """Write parameters; exception 02 for an absent or read-only one, before any is changed."""
        if address >= IEEE_REGION:
            self._write_floats(address, values)
            return
        puts = [self._writable(address + offset) for offset in range(len(values))]
        for (put, scale), word in zip(puts, values, strict=True):
            put(_signed(word) / scale)

    def _word(self, address: int) -> int | None:
        if address >= IEEE_REGION:
            return self._half(address)
        parameter = self._parameters.get(address)
        return None if parameter is None else _clipped(parameter.get() * self._scale(parameter))

    def _half(self, address: int) -> int | None:
        parameter = self._parameters.get((address - IEEE_REGION) // 2)
        if parameter is None or parameter.kind == "integer":
            return None
        return struct.unpack(">HH", struct.pack(">f", parameter.get()))[address & 1]

    def _write_floats(self, address: int, values: Sequence[int]) -> None:
        if address & 1 or len(values) % 2:
            raise ModbusError(ILLEGAL_ADDRESS)
        pairs = [values[i : i + 2] for i in range(0, len(values), 2)]
        numbers = [struct.unpack(">f", struct.pack(">HH", *pair))[0] for pair in pairs]
        if not all(math.isfinite(value) for value in numbers):
            raise ModbusError(ILLEGAL_VALUE)
        first = (address - IEEE_REGION) // 2
        puts = [self._writable(first + offset)[0] for offset in range(len(numbers))]
        for put, value in zip(puts, numbers, strict=True):
            put(value)

    def _writable(self, address: int) -> tuple[Callable[[float], None], float]:
        parameter = self._parameters.get(address)
        if parameter is None or parameter.put is None:
            raise ModbusError(ILLEGAL_ADDRESS)
        return parameter.put, self._scale(parameter)

    def _scale(self, parameter: Parameter) -> float:
        if parameter.kind == "analog":
            return 10.0 ** self._decimals()
        return 10.0 if parameter.kind == "percent" else 1.0


def _signed(word: int) -> int:
    return word - 0x10000 if word & 0x8000 else word


def _clipped(value: float) -> int:
    if math.isnan(value):
        return NOT_AVAILABLE
    return min(max(round(value), -32767), 32767) & 0xFFFF
