from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

from labctl import clock
from labctl.platform.sockets import listen_locally
from sim_backends.plugs.doors import MqttDoor
from sim_backends.plugs.mqtt_codec import Message


class Clockwork:
    """Publishes the time every 10 s, and stops where it is told to."""

    filters: Sequence[str] = ("clockwork/stop",)
    will = Message("clockwork/status", b"offline", 1, True)

    def __init__(self) -> None:
        self.next: float | None = 10.0

    def receive(self, message: Message, t: float) -> None:
        self.next = None

    def due(self) -> float | None:
        return self.next

    def send(self, t: float) -> list[Message]:
        self.next = t + 10.0
        return [Message("clockwork/time", b"%.0f" % t)]


@pytest.mark.skipif(sys.platform == "win32", reason="no sockets in the file system")
def test_an_instrument_on_topics() -> None:
    heard: list[tuple[float, str, bytes]] = []

    async def main() -> None:
        door = MqttDoor("gateway", Clockwork(), listen_locally)
        door.start()
        assert door.address.startswith("mqtt")
        core = door.broker.core
        core.attach("host", ["#"], lambda m: heard.append((clock.now(), m.topic, bytes(m.payload))))
        await clock.sleep(35.0)
        core.publish(Message("clockwork/stop", b""))
        await clock.sleep(100.0)
        door.stop()
        door.stop()

    clock.run(main(), virtual=True)
    assert [payload for _, topic, payload in heard if topic == "clockwork/time"] == [
        b"10",
        b"20",
        b"30",
    ]
    assert heard[-1] == (135.0, "clockwork/status", b"offline")
