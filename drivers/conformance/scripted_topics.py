"""A link of topics that follows a transcript, as golden files hold it.

An exchange has `publish` (a topic) and `payload`; or `request` (a topic), `payload`, `reply_on` (a
topic) and `reply`, which is missing where nothing answers; or `heard` (a pattern) and `messages`,
each a topic and a payload. Payloads are text in UTF-8.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from drivers.conformance.scripted import DELAY, Deviation
from drivers.conformance.scripted_bytes import KeyedScript
from drivers.links.link import Message
from labctl import clock


class ScriptedTopics(KeyedScript):
    """A `TopicLink`; messages end with the loss of the connection."""

    address = "mqtt://scripted"

    async def publish(
        self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False
    ) -> None:
        """What the transcript publishes next."""
        self._same(payload, self.next("publish", topic)["payload"])

    async def request(
        self, topic: str, payload: bytes, answer_topic: str, timeout: float | None = None
    ) -> Message:
        """The reply of the transcript. `timeout` in s is not waited for."""
        exchange = self.next("request", topic)
        self._same(payload, exchange["payload"])
        if exchange["reply_on"] != answer_topic:
            raise Deviation(f"{answer_topic} is listened to, the reply is on {exchange}")
        await clock.sleep(exchange.get("after", DELAY))
        if "reply" not in exchange:
            raise self.silence(f"{topic} {payload.decode('utf-8')}")
        return Message(answer_topic, exchange["reply"].encode("utf-8"))

    @asynccontextmanager
    async def messages(self, pattern: str) -> AsyncIterator[AsyncIterator[Message]]:
        """The messages that the transcript has, then the loss of the connection."""
        yield self._heard(pattern, self.next("heard", pattern)["messages"])

    async def _heard(self, pattern: str, rows: Sequence[Sequence[str]]) -> AsyncIterator[Message]:
        for topic, payload in rows:
            await clock.sleep(DELAY)
            yield Message(topic, payload.encode("utf-8"))
        raise self.silence(f"messages on {pattern}")

    def _same(self, payload: bytes, wanted: str) -> None:
        if payload != wanted.encode("utf-8"):
            raise Deviation(f"{payload!r} was published, the transcript has {wanted!r}")
