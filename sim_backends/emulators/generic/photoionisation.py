"""A photoionisation detector with an open cell as a Modbus TCP transmitter of no maker.

Framing and functions by the Modbus Application Protocol Specification 1.1b3 (functions 03 and 04);
its registers are its own, all big-endian, 32 bits with the high word first:

| register | type | content |
|---|---|---|
| 0 | uint16 | type of the device, 1060 |
| 1 | uint16 | status: bit 0 lamp out |
| 2 | float32 | concentration of the tracer in umol/mol |
| 8 | 16 characters | serial number, filled with zeros |

Others are exception 02. It measures when it is read, with the lag of its cell. What real ones do
and this one does not: warm-up, cleaning of the lamp, response factors, a burnt-out lamp.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from sim_backends.emulators import modbus_rtu as rtu
from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.modbus_device import ModbusDevice
from sim_backends.models.gas import lagged

TYPE = 1060
LENGTH = 16
"""Registers that there are."""

VALUE, SERIAL = 2, 8

ACCURACY = Spec(range=200.0, gain=0.05, offset=0.1, noise=0.03)
"""umol/mol: usual in data sheets; the gain is that of an uncalibrated response factor."""

LAG = (0.004, 0.018)
"""s: time constants of such cells (makers' sheets: below 20 ms)."""


class TracerPort(Protocol):
    """What the detector's cell stands in."""

    def tracer(self, t: float) -> float:
        """umol/mol of the tracer at time `t` in s."""
        ...


class Photoionisation(ModbusDevice):
    """A detector of serial number `serial` at `port`."""

    def __init__(self, port: TracerPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__()
        self.serial = serial
        self._port = port
        self._channel = Channel([ACCURACY], rng)
        self._lag = float(rng.uniform(*LAG))
        self._seen: tuple[float, float, float] | None = None

    def read(self, address: int, count: int) -> Sequence[int]:
        """Registers as they are now."""
        if not 0 <= address <= LENGTH - count:
            raise rtu.ModbusError(rtu.ILLEGAL_ADDRESS)
        value = self._channel.convert(self._measured(), 0)
        raw = bytearray(2 * LENGTH)
        raw[0:2] = struct.pack(">H", TYPE)
        raw[2 * VALUE : 2 * VALUE + 4] = struct.pack(">f", value)
        raw[2 * SERIAL :] = self.serial.encode("ascii")[:16].ljust(16, b"\0")
        return list(struct.unpack(f">{LENGTH}H", raw))[address : address + count]

    def _measured(self) -> float:
        """What the cell shows: a lag behind the gas, which goes straight between two readings."""
        now = self._port.tracer(self.t)
        if self._seen is None:
            shown = now
        else:
            then, before, shown = self._seen
            shown = lagged(shown, before, now, self.t - then, self._lag)
        self._seen = self.t, now, shown
        return shown

    def write(self, address: int, values: Sequence[int]) -> None:
        """Nothing can be written: exception 02."""
        raise rtu.ModbusError(rtu.ILLEGAL_ADDRESS)


EMULATOR = Photoionisation
