"""What pyvisa-py leaves undone on `TCPIP::host::port::SOCKET`, done at its session's socket.

Waiting for the socket on the event loop, instead of in the library, costs a query no change of
thread: the library is called when there is something to read, and returns at once.
"""

from __future__ import annotations

import asyncio
import select
import socket
from typing import cast

from pyvisa.resources import MessageBasedResource, TCPIPSocket

SMALL = 4096
"""Bytes of a command that a socket with room takes without waiting."""


def socket_of(resource: MessageBasedResource) -> socket.socket | None:
    """The socket under a pyvisa-py `SOCKET` resource; None under anything else."""
    from pyvisa_py.highlevel import PyVisaLibrary

    library = resource.visalib
    if not isinstance(library, PyVisaLibrary) or not is_socket(resource):
        return None
    return cast(socket.socket, library.sessions[resource.session].interface)


def is_socket(resource: MessageBasedResource) -> bool:
    """Whether the resource is a raw TCP socket, whose messages have no end of their own."""
    # By its class: a simulating library may know no resource name.
    return isinstance(resource, TCPIPSocket)


def can_be_awaited() -> bool:
    """Whether the running event loop can watch a socket; that of Windows cannot."""
    return isinstance(asyncio.get_running_loop(), asyncio.SelectorEventLoop)


def has_room(line: socket.socket) -> bool:
    """Whether a small command can be written without waiting."""
    return line.fileno() >= 0 and bool(select.select([], [line], [], 0)[1])


def is_closed(line: socket.socket) -> bool:
    """Whether the far end has hung up; raises `OSError` for a broken connection."""
    if not select.select([line], [], [], 0)[0]:
        return False
    return line.recv(1, socket.MSG_PEEK) == b""


async def readable(line: socket.socket, until: float) -> bool:
    """Wait until `line` can be read, until run time `until` in s at most; whether it can."""
    loop = asyncio.get_running_loop()
    waiter: asyncio.Future[bool] = loop.create_future()
    timer = loop.call_at(until, _tell, waiter, False)
    number = line.fileno()
    loop.add_reader(number, _tell, waiter, True)
    try:
        return await waiter
    finally:
        loop.remove_reader(number)
        timer.cancel()


def _tell(waiter: asyncio.Future[bool], answer: bool) -> None:
    if not waiter.done():
        waiter.set_result(answer)
