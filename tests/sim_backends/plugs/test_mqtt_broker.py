from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

import pytest
from aiomqtt import Client, MqttError, ProtocolVersion, Will

from labctl import clock
from labctl.errors import BenchError
from labctl.platform.sockets import listen_locally
from sim_backends.plugs.mqtt_broker import Broker


def client(broker: Broker, name: str, **options: Any) -> Client:
    scheme, _, where = broker.address.partition("://")
    if scheme == "mqtt+unix":
        return Client(where, transport="unix", identifier=name, **options)
    host, _, port = where.partition(":")
    return Client(host, int(port), identifier=name, **options)


def with_broker(
    work: Callable[[Broker], Awaitable[None]], *, virtual: bool = True, local: bool = True
) -> None:
    if local and sys.platform == "win32":
        pytest.skip("no sockets in the file system")

    async def main() -> None:
        broker = Broker("broker", listen_locally) if local else Broker("broker")
        broker.start()
        try:
            await work(broker)
        finally:
            broker.stop()
        await asyncio.sleep(0)
        assert not broker.connections

    clock.run(main(), virtual=virtual)


async def telemetry(broker: Broker) -> None:
    heard: list[tuple[float, str, bytes]] = []

    async def listen() -> None:
        async with client(broker, "listener") as one:
            await one.subscribe("lab/+/ppm", qos=1)
            ready.set()
            async for message in one.messages:
                heard.append((clock.now(), str(message.topic), bytes(message.payload)))

    ready = asyncio.Event()
    listening = asyncio.create_task(listen())
    await ready.wait()
    async with client(broker, "sensor") as sensor:
        for value in range(20):
            await sensor.publish("lab/a/ppm", str(800 + value), qos=value % 2)
            await clock.sleep(0.5 if clock.is_virtual() else 0.01)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    assert [payload for _, _, payload in heard] == [str(800 + v).encode() for v in range(20)]
    gaps = [b[0] - a[0] for a, b in pairwise(heard)]
    if clock.is_virtual():
        assert gaps == pytest.approx([0.5] * 19)


@pytest.mark.parametrize(("virtual", "local"), [(True, True), (False, True), (False, False)])
def test_messages_come_at_their_time(virtual: bool, local: bool) -> None:
    async def work(broker: Broker) -> None:
        await telemetry(broker)

    with_broker(work, virtual=virtual, local=local)


def test_virtual_time_over_tcp_is_refused() -> None:
    async def main() -> None:
        with pytest.raises(BenchError, match="virtual time"):
            Broker("broker").start()

    clock.run(main(), virtual=True)


def test_a_silent_topic_times_out_in_virtual_time() -> None:
    async def work(broker: Broker) -> None:
        async with client(broker, "host") as host:
            await host.subscribe("answer")
            before = clock.now()
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(30.0):
                    async for _ in host.messages:
                        pass
            assert clock.now() - before == pytest.approx(30.0)

    with_broker(work)


@pytest.mark.parametrize("version", [ProtocolVersion.V311, ProtocolVersion.V5])
def test_retained_state_and_last_will(version: ProtocolVersion) -> None:
    async def work(broker: Broker) -> None:
        will = Will("lab/a/status", "offline", qos=1, retain=True)
        gone = client(broker, "a", will=will, protocol=version)
        await gone.__aenter__()
        await gone.publish("lab/a/status", "online", qos=1, retain=True)
        async with client(broker, "host", protocol=version) as host:
            await host.subscribe("lab/#")
            seen = [await anext(host.messages)]
            for connection in tuple(broker.connections):
                if len(seen) == 1 and broker.core.sessions["a"].peer is connection.peer:
                    connection.abort()
            seen.append(await anext(host.messages))
        assert [(bytes(each.payload), each.retain) for each in seen] == [
            (b"online", True),
            (b"offline", False),
        ]
        with pytest.raises(MqttError):
            await anext(gone.messages)

    with_broker(work)


def test_a_large_message_goes_through_in_pieces() -> None:
    async def work(broker: Broker) -> None:
        async with client(broker, "a") as one:
            await one.subscribe("big", qos=1)
            await one.publish("big", b"x" * 500_000, qos=1)
            message = await anext(one.messages)
            assert len(bytes(message.payload)) == 500_000

    with_broker(work)
