"""A connection to an MQTT broker (aiomqtt), on an event loop that it can use.

The client's library watches sockets in a way that the event loop of Windows does not offer. There
it lives on an event loop of its own, in a thread; elsewhere on the running one.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

import aiomqtt

from drivers.links.address import Address
from drivers.links.link import Message
from drivers.links.settings import TopicSettings
from labctl.errors import UsageError

T = TypeVar("T")

ALIVE = 0
"""What a look at the connection answers while it stands (`MQTT_ERR_SUCCESS`)."""

LOOKS = 4.0
"""Looks at the keep-alive in its period: a broker waits for one and a half of them (MQTT 3.1.1,
3.1.2.10)."""


class SeldomLooking(aiomqtt.Client):
    """A client that looks at its keep-alive a few times in its period, not once a second: on a
    bench in virtual time a day would be 86,400 looks."""

    def __init__(self, hostname: str, port: int, *, keepalive: int, **options: Any) -> None:
        super().__init__(hostname, port, keepalive=keepalive, **options)
        self._every = max(keepalive / LOOKS, 1.0)

    async def _misc_loop(self) -> None:
        while self._client.loop_misc() == ALIVE:
            await asyncio.sleep(self._every)


class Home(Protocol):
    """Where a client lives: coroutines are run there, calls are posted back to who made it."""

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`, run at home."""
        ...

    def post(self, call: Callable[..., None], *arguments: Any) -> None:
        """Have `call` made on the event loop that made this home."""
        ...

    def end(self) -> None:
        """Nothing is run any more."""
        ...


class HereHome:
    """The running event loop itself."""

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`."""
        return await work

    def post(self, call: Callable[..., None], *arguments: Any) -> None:
        """Make `call` now."""
        call(*arguments)

    def end(self) -> None:
        """Nothing to end."""


class ThreadHome:
    """An event loop of its own in a thread."""

    def __init__(self) -> None:
        self._outside = asyncio.get_running_loop()
        self._inside = asyncio.SelectorEventLoop()
        self._thread = threading.Thread(target=self._inside.run_forever, name="mqtt", daemon=True)
        self._thread.start()

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`, run in the thread."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._inside))

    def post(self, call: Callable[..., None], *arguments: Any) -> None:
        """Have `call` made on the event loop outside."""
        if not self._outside.is_closed():
            self._outside.call_soon_threadsafe(call, *arguments)

    def end(self) -> None:
        """Stop the loop and its thread."""
        self._inside.call_soon_threadsafe(self._inside.stop)
        self._thread.join()
        self._inside.close()


def home() -> Home:
    """Where a client can live under the running event loop."""
    if isinstance(asyncio.get_running_loop(), asyncio.SelectorEventLoop):
        return HereHome()
    return ThreadHome()


class Broker:
    """One connection; `arrived` and `lost` are called on the event loop that made it."""

    def __init__(
        self,
        parts: Address,
        settings: TopicSettings,
        arrived: Callable[[Message], None],
        lost: Callable[[Exception], None],
        where: Home,
    ) -> None:
        self._parts = parts
        self._settings = settings
        self._arrived = arrived
        self._lost = lost
        self._home = where
        self._client: aiomqtt.Client | None = None
        self._reader: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Connect; raises `MqttError` or `OSError`."""
        await self._home.run(self._connect())

    async def publish(self, topic: str, payload: bytes, qos: int, retain: bool) -> None:
        """Publish, and with `qos` above 0 wait until the broker has taken it."""
        await self._home.run(self._open().publish(topic, payload, qos=qos, retain=retain))

    async def subscribe(self, pattern: str) -> None:
        """Subscribe, and wait until the broker has said yes."""
        granted = await self._home.run(self._open().subscribe(pattern, qos=1))
        if any(str(code) == "128" or code == 128 for code in granted):
            raise aiomqtt.MqttError(f"the broker refuses a subscription to {pattern}")

    async def unsubscribe(self, pattern: str) -> None:
        """Have no more of `pattern`."""
        await self._home.run(self._open().unsubscribe(pattern))

    async def disconnect(self) -> None:
        """Say goodbye, so that the last will is not sent; raises `MqttError`."""
        if self._client is not None:
            await self._home.run(self._disconnect())

    def _open(self) -> aiomqtt.Client:
        if self._client is None:
            raise aiomqtt.MqttError("not connected")
        return self._client

    async def _connect(self) -> None:
        client = client_of(self._parts, self._settings)
        await client.__aenter__()
        self._client = client
        self._reader = asyncio.ensure_future(self._read(client))

    async def _disconnect(self) -> None:
        client, self._client = self._client, None
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.wait([self._reader])
        if client is not None:
            await client.__aexit__(None, None, None)

    async def _read(self, client: aiomqtt.Client) -> None:
        try:
            async for message in client.messages:
                payload = message.payload
                data = payload if isinstance(payload, bytes) else str(payload).encode("utf-8")
                found = Message(message.topic.value, data, bool(message.retain))
                self._home.post(self._arrived, found)
        except (aiomqtt.MqttError, OSError) as error:
            self._home.post(self._lost, error)


def client_of(parts: Address, settings: TopicSettings) -> aiomqtt.Client:
    """A client for the address, not connected yet; `UsageError` names a wrong option."""
    parts.refuse_options("username", "password_env", "client_id")
    will = settings.will
    unix = parts.scheme == "mqtt+unix"
    secure = parts.scheme == "mqtts"
    host, port = (parts.target, 1883) if unix else parts.host_and_port(8883 if secure else 1883)
    return SeldomLooking(
        host,
        port,
        username=parts.options.get("username"),
        password=_password(parts),
        identifier=parts.options.get("client_id"),
        will=will and aiomqtt.Will(will.topic, will.payload, will.qos, will.retain),
        transport="unix" if unix else "tcp",
        timeout=settings.timeout,
        keepalive=settings.keepalive,
        tls_context=ssl.create_default_context() if secure else None,
    )


def _password(parts: Address) -> str | None:
    """The password stands in the environment, never in an address."""
    name = parts.options.get("password_env")
    if name is not None and name not in os.environ:
        raise UsageError(
            f"the environment has no variable {name}",
            address=parts.text,
            remedy=f"set {name} to the password of the broker",
        )
    return None if name is None else os.environ[name]
