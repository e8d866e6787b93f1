"""A device behind Modbus: registers and events of its own, on a serial line or on TCP.

`ModbusDevice` is the emulator on one line. A server that takes many clients gives each a
`session()`: its own framing and answers, over the same registers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sim_backends.emulators import modbus_rtu as rtu
from sim_backends.emulators import modbus_tcp as tcp
from sim_backends.emulators.outbox import Outbox

LATENCY = 5e-3
"""Seconds between the end of a request and the start of its answer."""

_ANY_UNIT = (0, 255)
"""Units by which a device directly on TCP is meant too (implementation guide 1.0b, 4.4.1.2)."""


class NoAnswer(Exception):
    """Raised by a device's `read` or `write`: this request is not answered at all."""


class Wire(Protocol):
    """One way to frame requests and answers."""

    def answers(self, data: bytes, t: float, registers: rtu.Registers) -> list[tuple[bytes, float]]:
        """Answers to the requests complete with `data`, each with its seconds on the wire."""
        ...

    def clear(self) -> None:
        """Forget half a request."""
        ...


class RtuWire:
    """A serial line at `baudrate` with ten bits a character."""

    def __init__(self, unit: int, baudrate: float = 9600.0) -> None:
        self._framer = rtu.Framer(unit)
        self._character = 10.0 / baudrate

    def answers(self, data: bytes, t: float, registers: rtu.Registers) -> list[tuple[bytes, float]]:
        """Answers to this unit; none to a broadcast."""
        timed = []
        for request in self._framer.feed(data, t):
            try:
                reply = rtu.answer(request, registers)
            except NoAnswer:
                continue
            timed.append((reply, self._character * (len(request) + 2 + len(reply))))
        return timed

    def clear(self) -> None:
        """Forget half a request."""
        self._framer.clear()


class TcpWire:
    """A TCP connection."""

    def __init__(self, unit: int) -> None:
        self._framer = tcp.Framer()
        self._unit = unit

    def answers(self, data: bytes, t: float, registers: rtu.Registers) -> list[tuple[bytes, float]]:
        """Answers to this unit, 0 and 255; exception 0B for any other."""
        timed = []
        for request in self._framer.feed(data):
            try:
                reply = self._reply(request, registers)
            except NoAnswer:
                continue
            timed.append((tcp.frame(request, reply), 0.0))
        return timed

    def _reply(self, request: tcp.Request, registers: rtu.Registers) -> bytes:
        if request.unit == self._unit or request.unit in _ANY_UNIT:
            return rtu.respond(request.function, request.content, registers)
        return bytes((request.function | 0x80, tcp.GATEWAY_TARGET))

    def clear(self) -> None:
        """Forget half a request."""
        self._framer.clear()


class ModbusDevice:
    """Base of devices with unit number `unit`: an `Emulator` and `Registers` in one.

    A subclass gives `read`, `write`, `event` and `work`. `t` is the time of
    the call that is being served, `latency` the seconds from a request to its answer. It speaks
    RTU until `speak_tcp`.
    """

    def __init__(self, unit: int = 1) -> None:
        self.unit = unit
        self.t = 0.0
        self.latency = LATENCY
        self._wire: Wire = RtuWire(unit)
        self._outbox = Outbox()

    def speak_tcp(self) -> None:
        """From now on the line is a TCP connection."""
        self._wire = TcpWire(self.unit)

    def session(self) -> ModbusSession:
        """One more TCP client of this device."""
        return ModbusSession(self)

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream."""
        self.advance(t)
        for reply, busy in self._wire.answers(data, t, self):
            if reply:
                self._outbox.put(reply, t + busy + self.latency)

    def due(self) -> float | None:
        """When the next answer has left or the device has something to do."""
        times = (self._outbox.due(), self.event())
        return min((t for t in times if t is not None), default=None)

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        self.advance(t)
        return self._outbox.take(t)

    @property
    def answering(self) -> bool:
        """Whether an answer is on its way: the device's own work is none."""
        return len(self._outbox) > 0

    def clear(self, t: float) -> None:
        """Half a request and waiting answers are lost; the device works on."""
        self.t = max(self.t, t)
        self._wire.clear()
        self._outbox.clear()

    def power_on(self, t: float) -> None:
        """Its controller starts anew; a subclass forgets what it does not store."""
        self.clear(t)

    def advance(self, t: float) -> None:
        """Do the device's own work that is due until `t`, in the order of time."""
        while (event := self.event()) is not None and event <= t:
            self.t = max(self.t, event)
            self.work()
        self.t = max(self.t, t)

    # The device

    def read(self, address: int, count: int) -> Sequence[int]:
        """`count` registers from `address`; `ModbusError` where there are none."""
        raise NotImplementedError

    def write(self, address: int, values: Sequence[int]) -> None:
        """Write from `address` on; `ModbusError` where that is not allowed."""
        raise NotImplementedError

    def event(self) -> float | None:
        """When the device next does something by itself; later than `t` once `work` is done."""
        return None

    def work(self) -> None:
        """Do what is due at `t`."""


class ModbusSession:
    """A further TCP client's connection to `device`; fits `Emulator`."""

    def __init__(self, device: ModbusDevice) -> None:
        self._device = device
        self._wire = TcpWire(device.unit)
        self._outbox = Outbox()

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream."""
        self._device.advance(t)
        for reply, busy in self._wire.answers(data, t, self._device):
            self._outbox.put(reply, t + busy + self._device.latency)

    def due(self) -> float | None:
        """When this client's next answer has left."""
        return self._outbox.due()

    def send(self, t: float) -> bytes:
        """The bytes that have left by `t`."""
        return self._outbox.take(t)

    def clear(self, t: float) -> None:
        """Half a request and waiting answers are lost."""
        self._wire.clear()
        self._outbox.clear()
