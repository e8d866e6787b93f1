"""Message link over VISA (pyvisa): TCP sockets, VXI-11, HiSLIP, USB, GPIB, or a simulated line.

A resource of the default pyvisa-py library is read so that what came before a time-out can be
named, and its sockets send each command at once (TCP_NODELAY).
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable

import pyvisa
from pyvisa.constants import ResourceAttribute, StatusCode
from pyvisa.errors import VisaIOError
from pyvisa.resources import MessageBasedResource

from drivers.links.answers import Answers
from drivers.links.doors import Doors
from drivers.links.line import Line
from drivers.links.link import MessageLink
from drivers.links.received import Finder, Received
from drivers.links.retry import again
from drivers.links.settings import NOISE, MessageSettings
from drivers.links.tcp import open_lines
from drivers.links.text import shown
from drivers.links.visa_socket import (
    NO_WARNING,
    can_be_awaited,
    is_closed,
    is_socket,
    names_socket,
    session_of,
    socket_of,
    timed_out,
)
from drivers.links.visa_stream import CHUNK, VisaTransport
from drivers.links.worker import Worker
from labctl.errors import Defect, LinkError

OPEN_TIMEOUT = 5.0
"""Seconds to wait for a connection."""


class VisaLink:
    """A `MessageLink` on one VISA resource; make it with `open_visa`.

    `reopen` opens the resource again after the line was lost; without it a lost line stays lost.
    """

    def __init__(
        self,
        address: str,
        resource: MessageBasedResource,
        worker: Worker,
        settings: MessageSettings,
        reopen: Callable[[], MessageBasedResource] | None = None,
    ) -> None:
        self._address = address
        self._resource = resource
        self._reopen = reopen
        self._worker = worker
        self._settings = settings
        self._answers = Answers(settings)
        self._timeout = -1.0
        self._noisy = False
        self._line = Line(address, self._recover)

    @property
    def address(self) -> str:
        """Where this link goes, `visa://` and the resource name."""
        return self._address

    async def write(self, command: str) -> None:
        """Send `command` with the line's terminator."""
        await self._line.transact(lambda: self._worker.run(lambda: self._send(command)))

    async def query(self, command: str, timeout: float | None = None) -> str:
        """Send `command`, return the answer without its terminator. `timeout` in seconds."""
        seconds = self._settings.timeout if timeout is None else timeout
        return await self._line.transact(
            lambda: self._worker.run(lambda: self._ask(command, seconds))
        )

    async def resync(self) -> None:
        """Device clear, then late answers are dropped until the line is quiet."""
        await self._line.resync()

    async def close(self) -> None:
        """Give the resource back. Closing twice is no error."""
        await self._line.close(lambda: self._worker.run(lambda: self._resource.close()))
        self._worker.close()

    async def _recover(self) -> None:
        try:
            await self._worker.run(self._clear)
        except LinkError:
            if self._reopen is None:
                raise
            await again(lambda: self._worker.run(self._open_again), self._settings.backoff)
            await self._worker.run(self._clear)

    def _open_again(self) -> None:
        if self._reopen is None:
            return
        with contextlib.suppress(pyvisa.Error, OSError):  # a lost resource may refuse to be closed
            self._resource.close()
        self._resource = self._reopen()
        self._timeout = -1.0

    def _send(self, command: str) -> None:
        data = (command + self._settings.write_terminator).encode("ascii")
        try:
            self._resource.write_raw(data)
        except (pyvisa.Error, OSError) as error:
            raise self._failure("cannot send", command, b"", error) from error

    def _ask(self, command: str, timeout: float) -> str:
        if self._noisy:
            raise self._failure("the line never falls silent", command, b"", None)
        self._set_timeout(timeout)
        self._send(command)
        answer = bytearray()
        try:
            self._gather(answer, self._answers.finder(command))
        except ValueError as error:
            raise self._failure("broken answer", command, bytes(answer), error) from error
        except (pyvisa.Error, OSError) as error:
            what = f"no answer within {timeout:g} s" if timed_out(error) else "cannot read"
            came = bytes(answer) + self._left_over()
            raise self._failure(what, command, came, error) from error
        return self._answers.text(command, answer)

    def _gather(self, answer: bytearray, find: Finder) -> None:
        """Take what comes into `answer` until `find` finds its end."""
        while find(answer) is None:
            piece, status = self._piece()
            answer += piece
            if status == StatusCode.success and not is_socket(self._resource):
                return  # the message end is a flag of the line (USB, GPIB, HiSLIP)

    def _left_over(self) -> bytes:
        """What came of an answer that has no end: the library keeps it until it is asked anew."""
        if not is_socket(self._resource):
            return b""
        end, self._resource.read_termination = self._resource.read_termination, None
        self._set_timeout(0.0)
        try:
            return self._piece()[0]
        except (pyvisa.Error, OSError):
            return b""  # there was nothing: the first failure says all
        finally:
            self._resource.read_termination = end

    def _clear(self) -> None:
        line = socket_of(self._resource)
        try:
            if line is None:  # the clear of pyvisa-py's socket never ends where the far end is gone
                with contextlib.suppress(VisaIOError):  # that of some libraries there is none
                    self._resource.clear()
            self._drain()
            if line is not None and is_closed(line):
                raise ConnectionError("the instrument closed the connection")
        except (pyvisa.Error, OSError) as error:
            raise self._failure("cannot be brought to a known state", "", b"", error) from error

    def _drain(self) -> None:
        self._set_timeout(self._settings.quiet)
        end = self._worker.seconds() + NOISE
        self._noisy = False
        while not self._noisy:
            try:
                self._piece()
            except VisaIOError as error:
                if timed_out(error):
                    return
                raise
            self._noisy = self._worker.seconds() > end

    def _piece(self) -> tuple[bytes, StatusCode]:
        with self._resource.ignore_warning(*NO_WARNING):
            data, status = self._resource.visalib.read(self._resource.session, CHUNK)
        if status < 0:  # some libraries return what others raise
            raise VisaIOError(status)
        return data, status

    def _set_timeout(self, seconds: float) -> None:
        if self._timeout != seconds:
            self._resource.timeout = round(seconds * 1000)
            self._timeout = seconds

    def _failure(
        self, what: str, command: str, answer: bytes, error: Exception | None
    ) -> LinkError:
        return LinkError(
            f"{what} ({error})" if error else what,
            address=self._address,
            command=command,
            answer=shown(answer),
            remedy="check that the instrument is on, connected, and used by nobody else",
        )


async def open_visa(
    address: str, resource_name: str, doors: Doors, settings: MessageSettings
) -> MessageLink:
    """Open `resource_name` behind `doors`; `LinkError` where there is nobody."""

    def open_resource() -> MessageBasedResource:
        return _open(address, resource_name, doors, settings)

    bare = not doors.simulated and doors.vendor_library == "@py" and names_socket(resource_name)
    if bare and can_be_awaited():
        return await open_lines(address, lambda: _connect(open_resource), settings)
    worker = Worker(address, simulated=doors.simulated)
    try:
        resource = await worker.run(open_resource)
    except BaseException:
        worker.close()
        raise
    return VisaLink(address, resource, worker, settings, open_resource)


async def _connect(open_resource: Callable[[], MessageBasedResource]) -> Received:
    """A `SOCKET` of pyvisa-py, watched by the event loop; opening it alone needs a thread.

    Its own: one that waits for a host which does not answer keeps no other from being opened.
    """
    worker = Worker("opening", simulated=False)
    try:
        resource = await worker.run(open_resource)
    finally:
        worker.close()
    session = session_of(resource)
    if session is None:
        raise Defect("pyvisa-py has opened no socket", address=resource.resource_name)
    received = Received()
    VisaTransport(resource, session, received)
    return received


def _open(address: str, name: str, doors: Doors, settings: MessageSettings) -> MessageBasedResource:
    try:
        manager = pyvisa.ResourceManager(doors.visa_library or doors.vendor_library)
        resource = manager.open_resource(name, open_timeout=round(OPEN_TIMEOUT * 1000))
    # pyvisa-py raises a bare Exception for a host that does not answer.
    except Exception as error:
        raise _no_connection(address, error) from error
    if not isinstance(resource, MessageBasedResource):
        resource.close()
        raise _no_connection(address, "the resource takes no messages")
    resource.read_termination = settings.read_terminator[-1]
    if not doors.simulated and is_socket(resource):
        _tune_socket(address, resource)
    return resource


def _tune_socket(address: str, resource: MessageBasedResource) -> None:
    """Commands leave at once, and a refused connection is told as one."""
    line = socket_of(resource)
    if line is None:
        with contextlib.suppress(VisaIOError):
            resource.set_visa_attribute(ResourceAttribute.tcpip_nodelay, True)
        return
    # The connect of pyvisa-py takes a refused connection for an open one.
    if (refused := line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)) != 0:
        resource.close()
        raise _no_connection(address, OSError(refused, "connection refused"))
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # Off: half a line is handed over when it pauses, so that a time-out can name it.
    resource.set_visa_attribute(ResourceAttribute.suppress_end_enabled, False)


def _no_connection(address: str, why: object) -> LinkError:
    return LinkError(
        f"cannot be opened ({why})",
        address=address,
        remedy=_missing(str(why)) or "check the address, the cable and that the instrument is on",
    )


def _missing(why: str) -> str:
    """What has to be installed, where pyvisa-py says that it lacks a library; else ""."""
    if "PyUSB" in why:
        return "install pyusb or a maker's VISA library"
    return "install linux-gpib or a maker's VISA library" if "gpib" in why else ""
