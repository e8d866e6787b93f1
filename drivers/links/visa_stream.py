"""`TCPIP::host::port::SOCKET` of pyvisa-py on the event loop: a command costs no change of thread.

The loop watches the session's socket. The session is called when there is something to read or
room to write, so that it returns at once. It is called itself, past pyvisa's front, which would
turn each status into an exception or a warning.
"""

from __future__ import annotations

import asyncio
import contextlib
import select
import socket
from typing import TYPE_CHECKING, cast

import pyvisa
from pyvisa.resources import MessageBasedResource

from drivers.links.received import Received
from drivers.links.visa_socket import BLOCK, Room, is_closed, unread
from labctl import clock

if TYPE_CHECKING:
    from pyvisa_py.tcpip import TCPIPSocketSession

AT_ONCE = 1
"""Time-out in ms of reading what has already come."""

CHUNK = 20 * 1024

LINGER = 0.4e-3
"""Seconds that an answer is waited for in place, on a line whose last answer came within them."""

TURN = 1e-3
"""Seconds after which the event loop gets its turn, however fast the answers come."""


class VisaTransport:
    """Carries bytes between `resource`, on pyvisa-py's `session`, and `received`.

    It watches from its making on, until `abort` or until the line is lost.
    """

    def __init__(
        self, resource: MessageBasedResource, session: TCPIPSocketSession, received: Received
    ) -> None:
        self._resource = resource
        self._session = session
        self._line = cast(socket.socket, session.interface)
        self._number = self._line.fileno()
        self._room = Room(self._line)
        self._received = received
        self._unsent = bytearray()
        self._loop = asyncio.get_running_loop()
        self._prompt = False
        self._asked = self._turned = 0.0
        resource.timeout = AT_ONCE
        received.transport = self
        received.linger = self._linger
        self._loop.add_reader(self._number, self._readable)

    def write(self, data: bytes) -> None:
        """Send `data` through the library, what the socket has no room for as soon as it has."""
        size = len(data)
        if self._number < 0:
            return  # lost, as who waits was told
        if self._unsent or size > BLOCK or not self._room.take(size):
            self._queue(data)
        else:
            self._send(data)

    def abort(self) -> None:
        """Hang up and give the resource back. Doing it twice is no error."""
        if self._number < 0:
            return
        self._loop.remove_reader(self._number)
        self._loop.remove_writer(self._number)
        self._number = -1
        with contextlib.suppress(pyvisa.Error, OSError):  # a lost resource may refuse to be closed
            self._resource.close()

    def _linger(self) -> None:
        """Read an answer that comes at once, where that costs nobody his turn.

        A turn of the event loop takes as long as such an answer itself.
        """
        now = self._asked = clock.now()
        if not self._prompt or now - self._turned > TURN:
            self._turned = now
        elif select.select([self._line], [], [], LINGER)[0]:
            self._read()
        else:
            self._prompt = False

    def _send(self, data: bytes) -> None:
        try:
            status = self._session.write(data)[1]
        except OSError as error:
            self._lose(error)
        else:
            if status < 0:
                self._lose(ConnectionError(str(status)))

    def _queue(self, data: bytes) -> None:
        if not self._unsent:
            self._loop.add_writer(self._number, self._writable)
            self._received.pause_writing()
        self._unsent += data

    def _writable(self) -> None:
        block = bytes(self._unsent[:BLOCK])
        del self._unsent[:BLOCK]
        self._send(block)
        if not self._unsent and self._number >= 0:
            self._loop.remove_writer(self._number)
            self._received.resume_writing()

    def _readable(self) -> None:
        self._prompt = clock.now() - self._asked < LINGER
        self._read()

    def _read(self) -> None:
        """Hand over what has come; where it is nothing after all, the line may be lost."""
        session = self._session
        try:
            data = session.read(CHUNK)[0]
            while rest := unread(session):
                data += session.read(rest)[0]
            if not data and is_closed(self._line):
                raise ConnectionError("the instrument closed the connection")
        except OSError as error:
            self._lose(error)
        else:
            self._received.data_received(data)

    def _lose(self, error: OSError) -> None:
        self.abort()
        self._received.connection_lost(error)
