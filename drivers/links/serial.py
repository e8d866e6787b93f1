"""Message link over a serial port (pyserial): a port's name or any pyserial URL."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import serial
from serial.rfc2217 import Serial as NetworkPort
from serial.urlhandler.protocol_socket import Serial as SocketPort

from drivers.links.answers import Answers
from drivers.links.doors import Doors
from drivers.links.line import Line
from drivers.links.retry import again
from drivers.links.settings import NOISE, MessageSettings
from drivers.links.text import shown
from drivers.links.worker import Worker
from labctl.errors import LinkError, UsageError

USB = "usb:"
"""Begins a target that names a port by the serial number of its USB adapter."""


@dataclass(frozen=True)
class PortSettings:
    """Speed and frame of a serial port."""

    baudrate: int = 9600
    bytesize: int = 8
    parity: str = "N"
    stopbits: float = 1


class SerialLink:
    """A `MessageLink` on one serial port; make it with `open_serial`."""

    def __init__(
        self, address: str, port: serial.SerialBase, worker: Worker, settings: MessageSettings
    ) -> None:
        self._address = address
        self._port = port
        self._worker = worker
        self._settings = settings
        self._answers = Answers(settings)
        self._noisy = False
        self._line = Line(address, self._recover)

    @property
    def address(self) -> str:
        """Where this link goes, `serial://` and the port."""
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
        """End half a command with a terminator, drop answers until the line is quiet."""
        await self._line.resync()

    async def close(self) -> None:
        """Give the port back. Closing twice is no error."""
        await self._line.close(lambda: self._worker.run(lambda: close_port(self._port)))
        self._worker.close()

    async def _recover(self) -> None:
        try:
            await self._worker.run(self._clear)
        except LinkError:
            await again(self._reopen, self._settings.backoff)
            await self._worker.run(self._clear)

    async def _reopen(self) -> None:
        await self._worker.run(lambda: reopened(self._address, self._port))

    def _send(self, command: str) -> None:
        try:
            self._port.write((command + self._settings.write_terminator).encode("ascii"))
        except (serial.SerialException, OSError) as error:
            raise self._failure(f"cannot send ({error})", command) from error

    def _ask(self, command: str, timeout: float) -> str:
        if self._noisy:
            raise self._failure("the line never falls silent", command)
        self._set_timeout(timeout)
        self._send(command)
        answer, find = bytearray(), self._answers.finder(command)
        try:
            while find(answer) is None:
                self._gather(command, answer, timeout)
        except ValueError as error:
            raise self._failure(f"broken answer ({error})", command, bytes(answer)) from error
        return self._answers.text(command, answer)

    def _gather(self, command: str, answer: bytearray, timeout: float) -> None:
        """Take the next line into `answer`; a block of bytes may have several."""
        terminator = self._settings.read_terminator.encode("ascii")
        line = self._read_line(command, terminator)
        answer += line
        if not line.endswith(terminator):
            raise self._failure(f"no whole answer within {timeout:g} s", command, bytes(answer))

    def _read_line(self, command: str, terminator: bytes) -> bytes:
        try:
            return self._port.read_until(terminator)
        except (serial.SerialException, OSError) as error:
            raise self._failure(f"cannot read ({error})", command) from error

    def _clear(self) -> None:
        self._set_timeout(self._settings.quiet)
        self._send("")
        terminator = self._settings.read_terminator.encode("ascii")
        end = self._worker.seconds() + NOISE
        self._noisy = False
        while self._read_line("", terminator):
            if self._worker.seconds() > end:
                self._noisy = True
                return

    def _set_timeout(self, seconds: float) -> None:
        try:
            set_timeout(self._port, seconds)
        except (serial.SerialException, OSError) as error:
            raise self._failure(f"cannot be set up ({error})", "") from error

    def _failure(self, what: str, command: str, answer: bytes = b"") -> LinkError:
        return LinkError(
            what,
            address=self._address,
            command=command,
            answer=shown(answer),
            remedy="check the cable, the port, its speed and parity, and that the instrument is on",
        )


async def open_serial(
    address: str, port: str, options: Mapping[str, str], doors: Doors, settings: MessageSettings
) -> SerialLink:
    """Open `port` (a name or a pyserial URL) with `options`; `LinkError` where it fails."""
    opened, worker = await open_worked(address, port, options, doors, settings.timeout)
    return SerialLink(address, opened, worker, settings)


async def open_worked(
    address: str, port: str, options: Mapping[str, str], doors: Doors, timeout: float
) -> tuple[serial.SerialBase, Worker]:
    """An open port with `timeout` in s, and the worker that its blocking calls run in."""
    frame = port_settings(address, options)
    worker = Worker(address, simulated=doors.simulated)
    try:
        return await worker.run(lambda: open_port(address, port, frame, timeout)), worker
    except BaseException:
        worker.close()
        raise


def port_settings(address: str, options: Mapping[str, str]) -> PortSettings:
    """Speed and frame from an address' options; `UsageError` names the one that is wrong."""
    try:
        frame = PortSettings(
            baudrate=int(options.get("baudrate", "9600")),
            bytesize=int(options.get("bytesize", "8")),
            parity=options.get("parity", "N").upper(),
            stopbits=float(options.get("stopbits", "1")),
        )
    except ValueError as error:
        raise UsageError(f"serial options must be numbers: {error}", address=address) from error
    if frame.parity not in serial.PARITY_NAMES or frame.stopbits not in (1, 1.5, 2):
        raise UsageError(
            f"no such serial frame: parity {frame.parity}, stopbits {frame.stopbits:g}",
            address=address,
            remedy="parity is one of N E O M S, stopbits one of 1 1.5 2",
        )
    return frame


def open_port(address: str, port: str, frame: PortSettings, timeout: float) -> serial.SerialBase:
    """Open `port`, blocking; `timeout` in s is that of reading. `LinkError` where it fails."""
    try:
        return serial.serial_for_url(
            port_by_usb(address, port.removeprefix(USB)) if port.startswith(USB) else port,
            baudrate=frame.baudrate,
            bytesize=frame.bytesize,
            parity=frame.parity,
            stopbits=frame.stopbits,
            timeout=timeout,
        )
    except (serial.SerialException, OSError, ValueError) as error:
        raise not_opened(address, error) from error


def set_timeout(port: serial.SerialBase, seconds: float) -> None:
    """Set the time-out of reading in s; raises what pyserial raises of a port that is gone."""
    if isinstance(port, NetworkPort):
        # Its property would negotiate speed and frame with the far end anew, 0.1 s at least.
        port._timeout = seconds  # type: ignore[attr-defined]
    elif port.timeout != seconds:
        port.timeout = seconds


def full(port: serial.SerialBase) -> serial.Serial:
    """`port` with the methods that every port of pyserial has and the stub of its base has not."""
    return cast(serial.Serial, port)


def reopened(address: str, port: serial.SerialBase) -> None:
    """Close `port` and open it again, blocking; `LinkError` where it fails."""
    try:
        close_port(port)
        full(port).open()
    except (serial.SerialException, OSError, ValueError) as error:
        raise not_opened(address, error) from error


def close_port(port: serial.SerialBase) -> None:
    """Close `port`, with the socket that pyserial leaves open where the far end has gone."""
    line: socket.socket | None = None
    if isinstance(port, SocketPort | NetworkPort):
        line = port._socket  # type: ignore[attr-defined]
    full(port).close()
    if line is not None:
        line.close()


def port_by_usb(address: str, number: str) -> str:
    """The port whose USB adapter has the serial number `number`, whatever its name is today."""
    from serial.tools.list_ports import comports

    found = {port.serial_number: port.device for port in comports() if port.serial_number}
    if number in found:
        return found[number]
    raise LinkError(
        f"no USB serial adapter with the serial number {number!r} is plugged in",
        address=address,
        remedy="plug it in, or use one of "
        + (", ".join(f"{name} ({port})" for name, port in sorted(found.items())) or "none found"),
    )


def not_opened(address: str, error: Exception) -> LinkError:
    """What to do about a port that cannot be opened, by what the system says of it."""
    text = str(error).lower()
    remedy = "check the port's name and that no other program has it open"
    if "permission denied" in text:
        remedy = "ask for the right to use serial ports (on Linux: the group dialout)"
    if "access is denied" in text or "busy" in text or "exclusively lock" in text:
        remedy = "end the other program that has the port open"
    return LinkError(f"cannot be opened ({error})", address=address, remedy=remedy)
