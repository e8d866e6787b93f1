"""How a client's bytes become messages for an emulator, and its answers bytes for the client.

Several clients share one instrument, so a message is handed on only when it is whole; a real
instrument parses each connection by itself in the same way.
"""

from __future__ import annotations

import struct
from typing import ClassVar

from sim_backends.emulators.modbus_rtu import crc16, frame

_LONGEST_LINE = 65536
_HEADER = 7
_LONGEST_PDU = 253
_NO_RESPONSE = 0x0B
"""Exception of a gateway: the target device failed to respond."""


class Raw:
    """Bytes as they come: a serial line, whose clients take no turns.

    The base of every framing; each client has one of its own. `straight`: what a client sends
    while its last message is being executed goes on at once, since the instrument queues it.
    """

    straight: ClassVar[bool] = True

    def feed(self, data: bytes) -> list[bytes]:
        """Messages that are whole with `data`."""
        return [data]

    def begun(self, message: bytes) -> bytes:
        """`message` as the emulator gets it, now that it is this client's turn."""
        return message

    def over(self, *, answered: bool, idle: bool) -> bool:
        """Whether the next client's turn has come; `idle`: the emulator has nothing more to say."""
        return True

    def back(self, data: bytes) -> bytes:
        """The emulator's bytes as this client gets them; empty where they are no answer."""
        return data

    def unanswered(self) -> bytes:
        """What the client gets where no answer came in time; empty for nothing."""
        return b""


class Lines(Raw):
    """Messages that end with LF, or with `end`.

    One longer than the instrument's buffer goes on in pieces.
    """

    def __init__(self, end: bytes = b"\n") -> None:
        self._end = end
        self._rest = b""

    def feed(self, data: bytes) -> list[bytes]:
        """Whole messages, with their ends."""
        *lines, self._rest = (self._rest + data).split(self._end)
        whole = [line + self._end for line in lines]
        if len(self._rest) > _LONGEST_LINE:
            whole.append(self._rest)
            self._rest = b""
        return whole

    def over(self, *, answered: bool, idle: bool) -> bool:
        """A line may have several answers or none: it is over when the instrument is idle."""
        return idle


class ModbusTcp(Raw):
    """Modbus TCP (Messaging on TCP/IP 1.0b) for an instrument that speaks it itself."""

    straight = False

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[bytes]:
        """Whole requests, header included; what is no Modbus TCP drops all that has come."""
        self._rest += data
        whole: list[bytes] = []
        while len(self._rest) > _HEADER:
            protocol, length = struct.unpack(">HH", self._rest[2:6])
            if protocol != 0 or not 2 <= length <= _LONGEST_PDU + 1:
                self._rest = b""
            elif len(self._rest) >= 6 + length:
                whole.append(self._rest[: 6 + length])
                self._rest = self._rest[6 + length :]
            else:
                break
        return whole

    def over(self, *, answered: bool, idle: bool) -> bool:
        """One answer a request."""
        return answered


class ModbusGateway(ModbusTcp):
    """Modbus TCP in front of an instrument on a serial line, as a gateway translates it."""

    def __init__(self) -> None:
        super().__init__()
        self._header = bytes(_HEADER)
        self._function = 0

    def begun(self, message: bytes) -> bytes:
        """The request as a serial frame: unit, function, data, check."""
        self._header, self._function = message[:_HEADER], message[_HEADER]
        return frame(message[_HEADER - 1 :])

    def back(self, data: bytes) -> bytes:
        """An answer behind the header of its request; a broken or foreign frame is dropped."""
        if len(data) < 4 or crc16(data[:-2]) != data[-2] | data[-1] << 8:
            return b""
        if data[0] != self._header[6] or data[1] & 0x7F != self._function & 0x7F:
            return b""
        return self._wrapped(data[1:-2])

    def unanswered(self) -> bytes:
        """Exception 0B, target device failed to respond; nothing to a broadcast."""
        if self._header[6] == 0:
            return b""
        return self._wrapped(bytes((self._function | 0x80, _NO_RESPONSE)))

    def _wrapped(self, pdu: bytes) -> bytes:
        return self._header[:4] + struct.pack(">HB", len(pdu) + 1, self._header[6]) + pdu
