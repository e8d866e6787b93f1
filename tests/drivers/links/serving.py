"""A server on the loopback for tests of links: lines of text, some of them answered oddly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class Served:
    """What came in, connection by connection; `hang_up` ends the open ones."""

    def __init__(self) -> None:
        self.port = 0
        self.lines: list[str] = []
        self.connections = 0
        self._writers: list[asyncio.StreamWriter] = []
        self._server: asyncio.Server | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """`SILENT?` has no answer, `HALF?` half of one, `LATE?` one after 0.2 s, `BYE?` an end."""
        self.connections += 1
        self._writers.append(writer)
        try:
            while line := (await reader.readline()).decode("ascii"):
                await self._answer(line.strip(), writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def _answer(self, line: str, writer: asyncio.StreamWriter) -> None:
        self.lines.append(line)
        if line == "BYE?":
            writer.close()
        elif line == "HALF?":
            writer.write(b"+1.234")
        elif line.endswith("?") and line != "SILENT?":
            await asyncio.sleep(0.2 if line == "LATE?" else 0)
            writer.write(f"{line[:-1]} {len(self.lines)}\n".encode("ascii"))

    def hang_up(self) -> None:
        """End every open connection."""
        for writer in self._writers:
            writer.close()
        self._writers.clear()


@asynccontextmanager
async def serving() -> AsyncGenerator[Served]:
    """A server inside the `async with` block."""
    served = Served()
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0)
    served.port = server.sockets[0].getsockname()[1]
    try:
        yield served
    finally:
        await turns()
        served.hang_up()
        server.close()
        await turns()


async def turns() -> None:
    """Let the event loop accept what is connecting and close what is closing."""
    for _ in range(5):
        await asyncio.sleep(0)


def free_port() -> int:
    """A TCP port of the loopback that nobody listens on."""
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
