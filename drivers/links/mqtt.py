"""Topic link over MQTT 3.1.1 (aiomqtt): telemetry, retained state, requests and their answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

import aiomqtt

from drivers.links.address import Address
from drivers.links.broker import Broker, Home, home
from drivers.links.line import Line
from drivers.links.link import Message
from drivers.links.retry import again
from drivers.links.settings import TopicSettings
from drivers.links.text import shown
from labctl import clock
from labctl.errors import LinkError

T = TypeVar("T")
Inbox = asyncio.Queue[Message | LinkError]

LOOKS = 5
"""How often the topics of answers are looked at while they have to be silent."""


class MqttLink:
    """A `TopicLink` on one broker; make it with `open_mqtt`."""

    def __init__(self, parts: Address, settings: TopicSettings, where: Home) -> None:
        self._parts = parts
        self._settings = settings
        self._home = where
        self._broker: Broker | None = None
        self._error: Exception | None = None
        self._inboxes: list[tuple[str, Inbox]] = []
        self._answers: dict[str, Inbox] = {}
        self._line = Line(parts.text, self._recover)

    @property
    def address(self) -> str:
        """Where this link goes, `mqtt://` and the broker."""
        return self._parts.text

    async def publish(
        self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False
    ) -> None:
        """Publish `payload`; with `qos` 1 or 2 it returns when the broker has taken it."""
        await self._transact(
            f"publish {topic} = {shown(payload)}",
            lambda broker: broker.publish(topic, payload, qos, retain),
        )

    @asynccontextmanager
    async def messages(self, pattern: str) -> AsyncGenerator[AsyncIterator[Message]]:
        """Messages whose topic fits `pattern`, subscribed inside the `async with` block."""
        entry: tuple[str, Inbox] = (pattern, asyncio.Queue())
        self._inboxes.append(entry)  # before subscribing: retained messages come at once
        try:
            await self._transact(f"subscribe {pattern}", lambda broker: broker.subscribe(pattern))
            yield _arriving(entry[1])
        finally:
            self._inboxes = [other for other in self._inboxes if other is not entry]
            if self._error is None and not self._is_wanted(pattern):
                with suppress(LinkError):  # a broker that is gone sends nothing more
                    await self._transact(
                        f"unsubscribe {pattern}", lambda broker: broker.unsubscribe(pattern)
                    )

    async def request(
        self, topic: str, payload: bytes, answer_topic: str, timeout: float | None = None
    ) -> Message:
        """Publish `payload`, return the next fresh message on `answer_topic`; `timeout` in s."""
        seconds = self._settings.timeout if timeout is None else timeout

        async def work(broker: Broker) -> Message:
            inbox = await self._answer_inbox(broker, answer_topic)
            while not inbox.empty():
                inbox.get_nowait()
            await broker.publish(topic, payload, 1, False)
            async with asyncio.timeout(seconds):
                return await _fresh(inbox)

        return await self._transact(f"request {topic} = {shown(payload)}", work, seconds)

    async def resync(self) -> None:
        """Connect again where the connection is lost; wait until late answers have passed."""
        await self._line.resync()

    async def close(self) -> None:
        """Say goodbye to the broker. Closing twice is no error."""
        await self._line.close(self._end)

    async def connect(self) -> None:
        """Connect and subscribe to the topics of answers; `LinkError` where nobody is there."""

        def lost(error: Exception) -> None:
            if self._broker is broker:  # an earlier connection is no concern any more
                self._lost(error)

        broker = Broker(self._parts, self._settings, self._arrived, lost, self._home)
        try:
            await broker.connect()
            self._broker, self._error = broker, None
            for topic in self._answers:
                await broker.subscribe(topic)
        except (aiomqtt.MqttError, OSError, TimeoutError) as error:
            self._error = error
            raise LinkError(
                f"cannot be opened ({error})",
                address=self.address,
                remedy="check host and port, user name and password, and that the broker runs",
            ) from error

    async def _transact(
        self, command: str, work: Callable[[Broker], Awaitable[T]], timeout: float | None = None
    ) -> T:
        return await self._line.transact(lambda: self._exchange(command, work, timeout))

    async def _exchange(
        self, command: str, work: Callable[[Broker], Awaitable[T]], timeout: float | None
    ) -> T:
        broker = await self._connected()
        try:
            return await work(broker)
        except LinkError as error:
            error.command = error.command or command
            raise
        except TimeoutError as error:
            seconds = self._settings.timeout if timeout is None else timeout
            raise self._failure(f"no answer within {seconds:g} s", command) from error
        except (aiomqtt.MqttError, OSError) as error:
            raise self._failure(f"failed ({error})", command) from error

    async def _connected(self) -> Broker:
        """The broker; connected anew where it was lost, which is safe: nothing was sent yet."""
        if self._broker is None or self._error is not None:
            await again(self.connect, self._settings.backoff)
        assert self._broker is not None
        return self._broker

    async def _recover(self) -> None:
        await self._connected()
        # Silence is counted in looks, not by the clock: a machine that stood still for a while has
        # heard nothing either.
        silent = 0
        while silent < LOOKS:
            await clock.sleep(self._settings.quiet / LOOKS)
            silent = 0 if self._dropped() else silent + 1

    def _dropped(self) -> bool:
        """Drop the answers that came; whether there were any."""
        waiting = [inbox for inbox in self._answers.values() if not inbox.empty()]
        for inbox in waiting:
            while not inbox.empty():
                inbox.get_nowait()
        return bool(waiting)

    async def _end(self) -> None:
        if self._broker is not None:
            with suppress(aiomqtt.MqttError, OSError, TimeoutError):  # it is gone either way
                await self._broker.disconnect()
        self._tell(LinkError("the line is closed", address=self.address))
        self._home.end()

    async def _answer_inbox(self, broker: Broker, topic: str) -> Inbox:
        if topic not in self._answers:
            await broker.subscribe(topic)
            self._answers[topic] = asyncio.Queue()
        return self._answers[topic]

    def _is_wanted(self, pattern: str) -> bool:
        return pattern in self._answers or any(pattern == other for other, _ in self._inboxes)

    def _arrived(self, message: Message) -> None:
        topic = aiomqtt.Topic(message.topic)
        for pattern, inbox in (*self._inboxes, *self._answers.items()):
            if topic.matches(pattern):
                inbox.put_nowait(message)

    def _lost(self, error: Exception) -> None:
        self._error = error
        self._tell(self._failure(f"the connection is lost ({error})", ""))

    def _tell(self, error: LinkError) -> None:
        for _, inbox in (*self._inboxes, *self._answers.items()):
            inbox.put_nowait(error)

    def _failure(self, what: str, command: str) -> LinkError:
        return LinkError(
            what,
            address=self.address,
            command=command,
            remedy="check that the broker runs and the device is connected to it",
        )


async def _next(inbox: Inbox) -> Message:
    message = await inbox.get()
    if isinstance(message, LinkError):
        raise message
    return message


async def _arriving(inbox: Inbox) -> AsyncIterator[Message]:
    while True:
        yield await _next(inbox)


async def _fresh(inbox: Inbox) -> Message:
    while (message := await _next(inbox)).retained:
        pass
    return message


async def open_mqtt(parts: Address, settings: TopicSettings) -> MqttLink:
    """Connect to the broker that `parts` names; `LinkError` where nobody is there."""
    link = MqttLink(parts, settings, home())
    try:
        await link.connect()
    except BaseException:
        await link.close()
        raise
    return link
