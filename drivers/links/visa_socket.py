"""What pyvisa-py leaves undone on `TCPIP::host::port::SOCKET`, done at its session's socket."""

from __future__ import annotations

import asyncio
import select
import socket
import sys
from typing import TYPE_CHECKING, cast

from pyvisa.constants import StatusCode
from pyvisa.errors import VisaIOError
from pyvisa.resources import MessageBasedResource, TCPIPSocket

if TYPE_CHECKING:
    from pyvisa_py.tcpip import TCPIPSocketSession

NO_WARNING = (StatusCode.success_device_not_present, StatusCode.success_max_count_read)
"""What a read may end with that pyvisa would warn of."""


BLOCK = 4096
"""Bytes that a socket with room takes without waiting."""

OVERHEAD = 4096
"""Bytes that a packet takes of a socket's buffer beside its own, more than any system needs."""


def session_of(resource: MessageBasedResource) -> TCPIPSocketSession | None:
    """pyvisa-py's session under a `SOCKET` resource; None under anything else."""
    from pyvisa_py.highlevel import PyVisaLibrary

    library = resource.visalib
    if not isinstance(library, PyVisaLibrary) or not is_socket(resource):
        return None
    return cast("TCPIPSocketSession", library.sessions[resource.session])


def socket_of(resource: MessageBasedResource) -> socket.socket | None:
    """The socket under a pyvisa-py `SOCKET` resource; None under anything else."""
    session = session_of(resource)
    return None if session is None else cast(socket.socket, session.interface)


def unread(session: TCPIPSocketSession) -> int:
    """Bytes that `session` has taken from its socket and not handed over."""
    return len(session._pending_buffer)


def names_socket(resource_name: str) -> bool:
    """Whether the name is that of a raw TCP socket, `TCPIP::host::port::SOCKET`."""
    parts = resource_name.upper().split("::")
    return parts[0].startswith("TCPIP") and parts[-1] == "SOCKET"


def is_socket(resource: MessageBasedResource) -> bool:
    """Whether the resource is a raw TCP socket, whose messages have no end of their own."""
    # By its class: a simulating library may know no resource name.
    return isinstance(resource, TCPIPSocket)


def can_be_awaited() -> bool:
    """Whether the running event loop can watch a socket; that of Windows cannot."""
    return isinstance(asyncio.get_running_loop(), asyncio.SelectorEventLoop)


class Room:
    """Whether a block can be written to `line` without waiting; it asks the system now and then.

    A socket of Linux that can be written to has a third of its buffer free, so blocks that are
    less than a quarter together need no asking in between. Elsewhere each is asked for.
    """

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        size = line.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
        self._known = size // 4 if sys.platform == "linux" else 0
        self._left = 0

    def take(self, size: int) -> bool:
        """Take room for `size` bytes, at most `BLOCK`; False where there is none now."""
        self._left -= size + OVERHEAD
        if self._left >= 0:
            return True
        self._left = self._known
        return self._line.fileno() >= 0 and bool(select.select([], [self._line], [], 0)[1])


def is_closed(line: socket.socket) -> bool:
    """Whether the far end has hung up; raises `OSError` for a broken connection."""
    if not select.select([line], [], [], 0)[0]:
        return False
    return line.recv(1, socket.MSG_PEEK) == b""


def timed_out(error: Exception) -> bool:
    """Whether `error` says that nothing came in time."""
    return isinstance(error, VisaIOError) and error.error_code == StatusCode.error_timeout
