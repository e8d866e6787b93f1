"""Raw frames over a serial port (pyserial), for instruments with a binary protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from threading import Event
from typing import Any, TypeVar

import serial

from drivers.links.doors import Doors
from drivers.links.line import Line
from drivers.links.link import Frame
from drivers.links.retry import again
from drivers.links.serial import close_port, full, open_worked, reopened, set_timeout
from drivers.links.settings import NOISE, Backoff, BytesSettings
from drivers.links.text import shown
from drivers.links.worker import Worker
from labctl import clock
from labctl.errors import LinkError

T = TypeVar("T")


class SerialBytesLink:
    """A `BytesLink` on one serial port; make it with `open_serial_bytes`."""

    def __init__(
        self, address: str, port: serial.SerialBase, worker: Worker, settings: BytesSettings
    ) -> None:
        self._address = address
        self._port = port
        self._worker = worker
        self._settings = settings
        self._rest = b""
        self._noisy = False
        self._free_from = 0.0
        self._line = Line(address, self._recover)

    @property
    def address(self) -> str:
        """Where this link goes, `serial://` and the port."""
        return self._address

    async def write(self, data: bytes) -> None:
        """Send `data`."""
        await self._line.transact(lambda: self._paced(lambda: self._send(data)))

    async def exchange(self, data: bytes, expect: Frame, timeout: float | None = None) -> bytes:
        """Send `data`, return the frame that `expect` finds in what comes. `timeout` in seconds."""
        return await self._line.transact(
            lambda: self._paced(lambda: self._ask(data, expect, self._seconds(timeout)))
        )

    async def read_until(self, expect: Frame, timeout: float | None = None) -> bytes:
        """The next frame that the instrument sends by itself. `timeout` in seconds."""
        seconds, left = self._seconds(timeout), Event()

        def cut(running: asyncio.Future[Any]) -> None:
            if not self._worker.leave(running):
                left.set()

        return await self._line.transact(
            lambda: self._worker.run(lambda: self._read("read a frame", expect, seconds, left)), cut
        )

    async def resync(self) -> None:
        """Drop what comes until the line is quiet; open the port again where it is lost."""
        await self._line.resync()

    async def close(self) -> None:
        """Give the port back. Closing twice is no error."""
        await self._line.close(lambda: self._worker.run(lambda: close_port(self._port)))
        self._worker.close()

    def _seconds(self, timeout: float | None) -> float:
        return self._settings.timeout if timeout is None else timeout

    async def _paced(self, work: Callable[[], T]) -> T:
        """Run `work` when the pause after the last frame is over."""
        await clock.sleep_until(self._free_from)
        try:
            return await self._worker.run(work)
        finally:
            self._free_from = clock.now() + self._settings.pause

    def _send(self, data: bytes) -> None:
        try:
            self._port.write(data)
        except (serial.SerialException, OSError) as error:
            raise self._failure(f"cannot send ({error})", data.hex(" "), b"") from error

    def _ask(self, data: bytes, expect: Frame, timeout: float) -> bytes:
        if self._noisy:
            raise self._failure("the line never falls silent", data.hex(" "), b"")
        self._rest = b""
        full(self._port).reset_input_buffer()
        self._send(data)
        return self._read(data.hex(" "), expect, timeout)

    def _read(
        self, command: str, expect: Frame, timeout: float, left: Event | None = None
    ) -> bytes:
        """The frame that `expect` finds; the reading ends early where `left` is set."""
        until = self._worker.seconds() + timeout
        came, self._rest = self._rest, b""
        while (length := self._length(command, came, expect)) is None:
            wait = until - self._worker.seconds()
            part = wait if left is None else self._worker.slice(wait)
            piece = self._piece(command, came, part) if wait > 0 else b""
            if left is not None and left.is_set():
                raise self._failure("nobody waits for it any more", command, came)
            if not piece and part == wait:
                raise self._failure(f"no whole answer within {timeout:g} s", command, came)
            came += piece
        self._rest = came[length:]
        return came[:length]

    def _length(self, command: str, came: bytes, expect: Frame) -> int | None:
        try:
            return expect(came) if came else None
        except ValueError as error:
            raise self._failure(f"broken answer ({error})", command, came) from error

    def _piece(self, command: str, came: bytes, timeout: float) -> bytes:
        try:
            set_timeout(self._port, timeout)
            return self._port.read(max(1, full(self._port).in_waiting))
        except (serial.SerialException, OSError) as error:
            raise self._failure(f"cannot read ({error})", command, came) from error

    async def _recover(self) -> None:
        try:
            await self._worker.run(self._clear)
        except LinkError:
            await again(self._reopen, Backoff())
            await self._worker.run(self._clear)

    async def _reopen(self) -> None:
        await self._worker.run(lambda: reopened(self._address, self._port))

    def _clear(self) -> None:
        self._rest = b""
        self._noisy = False
        end = self._worker.seconds() + NOISE
        while self._piece("", b"", self._settings.quiet):
            if self._worker.seconds() > end:
                self._noisy = True
                return

    def _failure(self, what: str, command: str, came: bytes) -> LinkError:
        return LinkError(
            what,
            address=self._address,
            command=command,
            answer=shown(came) if came.isascii() else came.hex(" "),
            remedy="check the cable, the port, its speed and parity, and that the instrument is on",
        )


async def open_serial_bytes(
    address: str, port: str, options: Mapping[str, str], doors: Doors, settings: BytesSettings
) -> SerialBytesLink:
    """Open `port` (a name or a pyserial URL) with `options`; `LinkError` where it fails."""
    opened, worker = await open_worked(address, port, options, doors, settings.timeout)
    return SerialBytesLink(address, opened, worker, settings)
