"""Servers for the benchmarks of links, each in a process of its own: they answer at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

SCPI = """
import asyncio

class Answering(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        self.rest = b""

    def data_received(self, data):
        *lines, self.rest = (self.rest + data).split(b"\\n")
        for line in lines:
            if line.endswith(b"?"):
                self.transport.write(b"1.234567E-03,5.000000E-01\\n")

async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Answering, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"""

MODBUS = """
import asyncio, struct

class Answering(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        number, _, _, unit, function, _, count = struct.unpack(">HHHBBHH", data)
        header = struct.pack(">HHHBBB", number, 0, 3 + 2 * count, unit, function, 2 * count)
        self.transport.write(header + bytes(2 * count))

async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Answering, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


@contextmanager
def answering(program: str) -> Generator[int]:
    """The TCP port on which `program` answers, inside the `with` block."""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()
