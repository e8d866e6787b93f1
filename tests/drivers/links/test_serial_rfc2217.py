"""`rfc2217://`: a serial port behind a network, by pyserial's own other side of the protocol."""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Any, cast

import pytest
import serial
from serial.rfc2217 import PortManager

from drivers.links.opening import open_bytes_link, open_message_link
from drivers.links.settings import BytesSettings, MessageSettings
from labctl import clock
from labctl.errors import LinkError
from tests.drivers.links.serving import free_port

pytestmark = pytest.mark.filterwarnings(
    "ignore:set(Daemon|Name).. is deprecated:DeprecationWarning:serial"  # pyserial's own
)
SETTINGS = MessageSettings(timeout=2.0, quiet=0.05)


class Gateway:
    """Serves one connection after the other, each with `loop://` behind it: an echo.

    `port` is its TCP port. It drops the bytes of a command in `silent`; `ports` are the serial
    ports it has opened, with what their clients set.
    """

    def __init__(self, server: socket.socket) -> None:
        self.port: int = server.getsockname()[1]
        self.silent = b"SILENT?"
        self.ports: list[serial.SerialBase] = []
        self._server = server
        self._client: socket.socket | None = None
        self._ended = False

    def serve(self) -> None:
        """Until `end`."""
        while not self._ended:
            self._client, _ = self._server.accept()
            with self._client:
                if self._ended:
                    return
                self._talk(self._client)

    def hang_up(self) -> None:
        """End the connection that is open."""
        if self._client is not None:
            with suppress(OSError):  # the other end was first
                self._client.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """Serve nobody any more; a last connection wakes the thread that waits for one."""
        self._ended = True
        self.hang_up()
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port)).close()

    def _talk(self, client: socket.socket) -> None:
        port = serial.serial_for_url("loop://", timeout=0)
        self.ports.append(port)
        try:
            manager = PortManager(cast(Any, port), cast(Any, Writer(client)))
            while data := client.recv(4096):
                plain = b"".join(manager.filter(data))
                if plain and self.silent not in plain:
                    client.sendall(b"".join(manager.escape(plain)))
        except OSError:
            pass  # the client is gone


class Writer:
    """What a `PortManager` writes its side of the negotiation to."""

    def __init__(self, client: socket.socket) -> None:
        self._client = client

    def write(self, data: bytes) -> None:
        """Send `data`."""
        self._client.sendall(data)


@contextmanager
def gateway() -> Generator[Gateway]:
    """A gateway on the loopback inside the `with` block."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        serving = Gateway(server)
        thread = threading.Thread(target=serving.serve)
        thread.start()
        try:
            yield serving
        finally:
            serving.end()
            thread.join()


def run(body: Any) -> Any:
    return clock.run(body, virtual=False)


def test_a_line_of_text_with_the_ports_own_settings() -> None:
    with gateway() as served:

        async def main() -> list[str]:
            address = f"rfc2217://127.0.0.1:{served.port}?baudrate=19200&parity=E&stopbits=2"
            link = await open_message_link(address, None, SETTINGS)
            try:
                return [await link.query(f"Q{i}?") for i in range(3)]
            finally:
                await link.close()

        assert run(main()) == ["Q0?", "Q1?", "Q2?"]
        (port,) = served.ports
        assert (port.baudrate, port.parity, port.stopbits) == (19200, "E", 2)


def test_every_byte_passes() -> None:
    every = bytes(range(256)) + b"\xff\xff"
    with gateway() as served:

        async def main() -> bytes:
            address = f"rfc2217://127.0.0.1:{served.port}"
            link = await open_bytes_link(address, None, BytesSettings(quiet=0.05))
            try:
                return await link.exchange(every, lambda data: 258 if len(data) >= 258 else None)
            finally:
                await link.close()

        assert run(main()) == every


def test_silence_and_a_dropped_connection() -> None:
    with gateway() as served:

        async def main() -> str:
            address = f"rfc2217://127.0.0.1:{served.port}"
            link = await open_message_link(address, None, SETTINGS)
            try:
                with pytest.raises(LinkError, match=r"within 0\.1 s") as caught:
                    await link.query("SILENT?", 0.1)
                assert (caught.value.address, caught.value.command) == (address, "SILENT?")
                assert await link.query("NEXT?") == "NEXT?"
                served.hang_up()
                with pytest.raises(LinkError):
                    await link.query("LOST?", 0.5)
                return await link.query("AGAIN?")
            finally:
                await link.close()

        assert run(main()) == "AGAIN?"
        assert len(served.ports) == 2


def test_nobody_there() -> None:
    with pytest.raises(LinkError, match="cannot be opened") as caught:
        run(open_message_link(f"rfc2217://127.0.0.1:{free_port()}"))
    assert caught.value.remedy
