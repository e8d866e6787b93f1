"""MQTT link against the in-process broker, in virtual time."""

from __future__ import annotations

import aiomqtt
import paho.mqtt.client
import pytest
from paho.mqtt.enums import MQTTErrorCode

from drivers.links.broker import LOOKS
from drivers.links.link import Message
from drivers.links.opening import open_topic_link
from drivers.links.settings import TopicSettings
from labctl import clock
from labctl.errors import LinkError
from labctl.platform.sockets import listen_locally
from sim_backends.plugs.mqtt_broker import Broker


def skip_without_local_sockets() -> None:
    local = listen_locally()
    if local is None:
        pytest.skip("no socket in the file system: MQTT keeps no virtual time here")
    local.close()


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

    skip_without_local_sockets()
    clock.run(main(), virtual=True)


def test_the_keep_alive_is_looked_at_a_few_times_in_its_period(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The library has no public way to say how often: the override of a private method of it that
    `SeldomLooking` is would be dead, or alone, after a change of its name."""
    assert "_misc_loop" in vars(aiomqtt.Client)
    looked: list[float] = []
    look = paho.mqtt.client.Client.loop_misc

    def counted(client: paho.mqtt.client.Client) -> MQTTErrorCode:
        looked.append(clock.now())
        return look(client)

    monkeypatch.setattr(paho.mqtt.client.Client, "loop_misc", counted)

    async def main() -> None:
        broker = Broker("broker", listen_locally)
        broker.start()
        link = await open_topic_link(broker.address)
        await clock.sleep(3600.0)
        await link.close()
        broker.stop()

    skip_without_local_sockets()
    clock.run(main(), virtual=True)
    periods = 3600.0 / TopicSettings().keepalive
    assert LOOKS * periods <= len(looked) <= LOOKS * periods + 2
