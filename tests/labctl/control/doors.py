"""A door in this process, with a host that keeps what it is told."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from labctl import clock
from labctl.control import place
from labctl.control.messages import Beat, Done, FromViewer, FromWorker, Message
from labctl.control.place import Control
from labctl.control.server import Door, Peer
from labctl.control.tether import BEAT
from labctl.platform.processes import this_process

TOKEN = "known"


class KeepingHost:
    """Keeps who came and what was said; answers each viewer with `Done`."""

    def __init__(self) -> None:
        self.peers: list[Peer] = []
        self.heard: list[Message] = []
        self.lost: list[Peer] = []

    def joined(self, peer: Peer) -> None:
        self.peers.append(peer)

    def from_viewer(self, peer: Peer, message: FromViewer) -> None:
        self.heard.append(message)
        peer.say(Done())

    def from_worker(self, peer: Peer, message: FromWorker) -> None:
        self.heard.append(message)

    def gone(self, peer: Peer) -> None:
        self.lost.append(peer)


@asynccontextmanager
async def opened(folder: Path, host: KeepingHost) -> AsyncGenerator[Control]:
    """A door whose control.json stands in `folder`."""
    door = Door(TOKEN, host)
    control = Control(process=this_process(), port=await door.open(), token=TOKEN)
    place.write(folder, control)
    try:
        yield control
    finally:
        await door.close()


@contextmanager
def in_thread(folder: Path, host: KeepingHost) -> Generator[asyncio.AbstractEventLoop]:
    """A door that beats, on an event loop in a thread of its own."""
    ready, end = threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        async with opened(folder, host):
            loops.append(asyncio.get_running_loop())
            ready.set()
            while not end.is_set():
                for peer in host.peers:
                    peer.say(Beat())
                await clock.sleep(BEAT / 10)

    thread = threading.Thread(target=lambda: clock.run(serve(), virtual=False))
    thread.start()
    assert ready.wait(20.0)
    try:
        yield loops[0]
    finally:
        loops[0].call_soon_threadsafe(end.set)
        thread.join(20.0)
