"""MQTT link against the in-process broker, in virtual time."""

from __future__ import annotations

import pytest

from drivers.links.link import Message
from drivers.links.opening import open_topic_link
from labctl import clock
from labctl.errors import LinkError
from labctl.platform.sockets import listen_locally
from sim_backends.plugs.mqtt_broker import Broker


def test_an_hour_of_telemetry_and_a_silent_device() -> None:
    async def main() -> None:
        broker = Broker("broker", listen_locally)
        broker.start()
        link = await open_topic_link(broker.address)
        async with link.messages("lab/#") as arriving:
            await link.publish("lab/t", b"first")
            assert await anext(arriving) == Message("lab/t", b"first")
            await clock.sleep(3600.0)
            await link.publish("lab/t", b"second")
            assert await anext(arriving) == Message("lab/t", b"second")
        assert clock.now() == 3600.0
        with pytest.raises(LinkError, match="within 2 s"):
            await link.request("device/in", b"", "device/out", 2.0)
        assert clock.now() == 3602.0
        await link.close()
        broker.stop()

    local = listen_locally()
    if local is None:
        pytest.skip("no socket in the file system: MQTT keeps no virtual time here")
    local.close()
    clock.run(main(), virtual=True)
