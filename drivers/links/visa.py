"""Message link over VISA (pyvisa): TCP sockets, VXI-11, HiSLIP, USB, GPIB, or a simulated line.

A resource of the default pyvisa-py library is read so that what came before a time-out can be
named, and its sockets send each command at once (TCP_NODELAY).
"""

from __future__ import annotations

import contextlib
import socket
from typing import cast

import pyvisa
from pyvisa.constants import ResourceAttribute, StatusCode
from pyvisa.errors import VisaIOError
from pyvisa.resources import MessageBasedResource

from drivers.links.doors import Doors
from drivers.links.line import Line
from drivers.links.settings import MessageSettings
from drivers.links.text import shown
from drivers.links.worker import Worker
from labctl.errors import LinkError

OPEN_TIMEOUT = 5.0
"""Seconds to wait for a connection."""

CHUNK = 20 * 1024
NO_WARNING = (StatusCode.success_device_not_present, StatusCode.success_max_count_read)


class VisaLink:
    """A `MessageLink` on one VISA resource; make it with `open_visa`."""

    def __init__(
        self,
        address: str,
        resource: MessageBasedResource,
        worker: Worker,
        settings: MessageSettings,
    ) -> None:
        self._address = address
        self._resource = resource
        self._worker = worker
        self._settings = settings
        self._timeout = 0.0
        self._line = Line(address, lambda: worker.run(self._clear))

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
        await self._line.close(lambda: self._worker.run(self._resource.close))
        self._worker.close()

    def _send(self, command: str) -> None:
        data = (command + self._settings.write_terminator).encode("ascii")
        try:
            self._resource.write_raw(data)
        except (pyvisa.Error, OSError) as error:
            raise self._failure("cannot send", command, b"", error) from error

    def _ask(self, command: str, timeout: float) -> str:
        self._set_timeout(timeout)
        self._send(command)
        terminator = self._settings.read_terminator.encode("ascii")
        answer = b""
        while not answer.endswith(terminator):
            try:
                piece, status = self._piece()
            except (pyvisa.Error, OSError) as error:
                what = f"no answer within {timeout:g} s" if _timed_out(error) else "cannot read"
                raise self._failure(what, command, answer, error) from error
            answer += piece
            if status == StatusCode.success and not _is_socket(self._resource):
                break  # the message end is a flag of the line (USB, GPIB, HiSLIP)
        return answer.removesuffix(terminator).decode("ascii", "backslashreplace")

    def _clear(self) -> None:
        try:
            with contextlib.suppress(VisaIOError):  # a raw socket of some libraries has no clear
                self._resource.clear()
            self._drain()
        except (pyvisa.Error, OSError) as error:
            raise self._failure("cannot be brought to a known state", "", b"", error) from error

    def _drain(self) -> None:
        self._set_timeout(self._settings.quiet)
        while True:
            try:
                self._piece()
            except VisaIOError as error:
                if _timed_out(error):
                    return
                raise

    def _piece(self) -> tuple[bytes, StatusCode]:
        with self._resource.ignore_warning(*NO_WARNING):
            return self._resource.visalib.read(self._resource.session, CHUNK)

    def _set_timeout(self, seconds: float) -> None:
        if self._timeout != seconds:
            self._resource.timeout = max(1, round(seconds * 1000))
            self._timeout = seconds

    def _failure(self, what: str, command: str, answer: bytes, error: Exception) -> LinkError:
        return LinkError(
            f"{what} ({error})",
            address=self._address,
            command=command,
            answer=shown(answer),
            remedy="check that the instrument is on, connected, and used by nobody else",
        )


async def open_visa(
    address: str, resource_name: str, doors: Doors, settings: MessageSettings
) -> VisaLink:
    """Open `resource_name` behind `doors`; `LinkError` where there is nobody."""
    worker = Worker(address, simulated=doors.simulated)
    try:
        resource = await worker.run(lambda: _open(address, resource_name, doors, settings))
    except BaseException:
        worker.close()
        raise
    return VisaLink(address, resource, worker, settings)


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
    if not doors.simulated and _is_socket(resource):
        _tune_socket(address, resource)
    return resource


def _tune_socket(address: str, resource: MessageBasedResource) -> None:
    """What pyvisa-py leaves undone on `TCPIP::host::port::SOCKET`; other libraries do it."""
    from pyvisa_py.highlevel import PyVisaLibrary

    if not isinstance(resource.visalib, PyVisaLibrary):
        with contextlib.suppress(VisaIOError):
            resource.set_visa_attribute(ResourceAttribute.tcpip_nodelay, True)
        return
    line = cast(socket.socket, resource.visalib.sessions[resource.session].interface)
    # Its connect takes a refused connection for an open one.
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
        remedy="check the address, the cable and that the instrument is on",
    )


def _is_socket(resource: MessageBasedResource) -> bool:
    return resource.resource_name.upper().endswith("::SOCKET")


def _timed_out(error: Exception) -> bool:
    return isinstance(error, VisaIOError) and error.error_code == StatusCode.error_timeout
