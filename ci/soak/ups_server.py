"""Emulated UPS units on TCP ports of this machine, in a process of their own.

`python -m ci.soak.ups_server COUNT` prints the ports as one line of JSON and serves until it is
ended. Each unit has its own mains, battery and load, and answers 5 ms after a
request, as its emulator does anywhere.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import cast

from labctl import clock
from sim_backends.emulators.apc.smart_ups import SmartUps
from sim_backends.models.mains import Mains
from sim_backends.models.ups_plant import BatteryParameters, LeadAcidBattery, UpsPlant
from sim_backends.streams import stream


class Served(asyncio.Protocol):
    """The one client of `ups`."""

    def __init__(self, ups: SmartUps) -> None:
        self._ups = ups
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has come."""
        self._transport = cast("asyncio.Transport", transport)
        self._ups.clear(clock.now())

    def connection_lost(self, exc: Exception | None) -> None:
        """It has gone."""
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Bytes of a request."""
        self._ups.receive(data, clock.now())
        self._act()

    def _act(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        answer = self._ups.send(clock.now())
        if answer and self._transport is not None:
            self._transport.write(answer)
        due = self._ups.due()
        if due is not None and self._transport is not None:
            self._timer = asyncio.get_running_loop().call_at(due, self._act)


def unit(number: int) -> SmartUps:
    """A UPS on line with a load of its own, speaking TCP."""
    battery = LeadAcidBattery(BatteryParameters(), charge=0.9)
    plant = UpsPlant(Mains(230.0, 50.0), battery, watts=300.0 + number)
    ups = SmartUps(plant, serial=f"SIM-{number:08d}", rng=stream(number, "ups"))
    ups.speak_tcp()
    return ups


async def serve(count: int) -> None:
    """Serve `count` units until the process is ended."""
    loop = asyncio.get_running_loop()
    ports: list[int] = []
    for number in range(count):
        ups = unit(number)
        server = await loop.create_server(lambda ups=ups: Served(ups), "127.0.0.1", 0)
        ports.append(server.sockets[0].getsockname()[1])
    print(json.dumps(ports), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    clock.run(serve(int(sys.argv[1])), virtual=False)
