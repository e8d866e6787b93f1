"""Keller PA-33X pressure transmitter on RS-485: Keller bus and Modbus RTU on the same line.

Written from "Description of the communication protocol for Series 30 and Series 40", version 3.0
(2011, the edition that Xylem's Expert 7060/7070 guide reprints), pages 8, 13 to 18 and 21 to 28.
Functions 30, 31, 32, 33, 48, 66, 69, 73, 74, 95 and 100; Modbus 3, 6, 8 and 16. A message with a
wrong check or to another address is not answered, nor is one to all (address 0). After power-on
every function but 48 is answered with exception 32 on the Keller bus; Modbus has no such state.

Remembered, not read: the sealed reference of 1 bar, ranges of overflow, times, the exceptions where
something may not be written, registers 0x020D and 0x020E, NaN on channels that are not active (only
P1 and TOB1 are).

What the real transmitter does and this one does not: function 101, channels 10 and 11, the
registers from 0x0100 on, the analogue output, the calculated channel, its adaptive filter, a new
baud rate. Its serial number is 0: see `bus.FACTORY_NUMBER`.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators import modbus_rtu as rtu
from sim_backends.emulators.keller.bus import TRANSPARENT, Bus, Refusal
from sim_backends.emulators.keller.frames import Framer, Request, frame
from sim_backends.emulators.keller.registers import ModbusMap
from sim_backends.emulators.keller.transmitter import Transmitter
from sim_backends.emulators.outbox import Outbox
from sim_backends.models.pressure_vessel import VesselPort

CHARACTER = 10 / 9600
"""Seconds of one character at 9600 baud, 8N1, as delivered."""

LATENCY = 5e-3
"""Seconds between the end of a request and the start of its answer (remembered)."""

BROADCAST = 0


class Pa33x:
    """One transmitter at `port` with the device address `address`, just switched on.

    `echo`: the converter on the line sends back what the host sends, as a K-102 does.
    """

    def __init__(
        self,
        port: VesselPort,
        *,
        serial: str,
        rng: np.random.Generator,
        address: int = 1,
        echo: bool = False,
    ) -> None:
        self.serial = serial
        self._transmitter = Transmitter(port, rng)
        self._bus = Bus(self._transmitter, address)
        self._map = ModbusMap(self._transmitter, self._bus)
        self._echo = echo
        self._framer = Framer()
        self._outbox = Outbox()

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream."""
        if self._echo:
            self._outbox.put(data, t + CHARACTER * len(data))
        for request in self._framer.feed(data, t):
            answer = self._answer(request, t)
            if answer:
                busy = CHARACTER * (len(request.data) + 2 + len(answer))
                self._outbox.put(answer, t + busy + LATENCY)

    def due(self) -> float | None:
        """When the next answer has left."""
        return self._outbox.due()

    def send(self, t: float) -> bytes:
        """The bytes that have left by `t`."""
        return self._outbox.take(t)

    def clear(self, t: float) -> None:
        """Half a request and waiting answers are lost."""
        self._framer.clear()
        self._outbox.clear()

    def power_on(self, t: float) -> None:
        """Power comes back at `t`: function 48 is asked for again; what is stored stays."""
        self.clear(t)
        self._bus.initialised = False

    def _answer(self, request: Request, t: float) -> bytes:
        if request.address not in (BROADCAST, TRANSPARENT, self._bus.address):
            return b""
        if request.modbus:
            self._map.t = t
            return rtu.answer(request.data, self._map)
        head = bytes((request.address, request.function))
        try:
            reply = head + self._bus.execute(request.function, request.content, t)
        except Refusal as refusal:
            reply = bytes((request.address, request.function | 0x80, refusal.code))
        return b"" if request.address == BROADCAST else frame(reply)


EMULATOR = Pa33x
