"""Where neither worker nor guardian is left, an instrument that watches its own line acts."""

from __future__ import annotations

import asyncio

import pytest

from drivers.links.doors import Doors
from drivers.links.opening import open_link
from drivers.llp.sol1 import Sol1
from labctl import clock
from labctl.serving import ServeRequest
from rigs.serving import serve_bench
from tests.system.third_party import sealed

SECONDS = 1.0
GRACE = 10.0


async def asked(port: int, query: str) -> bytes:
    """What another client is told."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sealed(query) + b"\n")
    answer = (await reader.readline()).strip()
    writer.close()
    await writer.wait_closed()
    return answer


@pytest.mark.parametrize("armed", [True, False])
def test_a_lamp_that_hears_nothing_goes_off_by_itself(armed: bool) -> None:
    async def main() -> tuple[float, bytes]:
        served = await serve_bench(ServeRequest("photovoltaic"), lambda role, event, detail: None)
        address = served.roles["lamp"]["endpoints"]["tcp"]
        link = await open_link(address, Doors(), Sol1.settings)
        lamp = Sol1(link)  # type: ignore[arg-type]
        if armed:
            await lamp.arm(SECONDS)
        await lamp.lamp(True)
        await (lamp.feed() if armed else lamp.is_warm())
        await link.close()
        began = clock.now()
        await clock.sleep(1.2 * SECONDS)
        port, answer = int(address.rpartition(":")[2]), b""
        while answer != sealed("= 0") and armed and clock.now() < began + GRACE * SECONDS:
            answer = await asked(port, "LAMP?")
        answer = answer or await asked(port, "LAMP?")
        await served.close()
        return clock.now() - began, answer

    took, answer = clock.run(main(), virtual=False)
    assert answer == sealed("= 0" if armed else "= 1")
    assert took < GRACE * SECONDS
