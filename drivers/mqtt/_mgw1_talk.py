"""Asking an MGW1 gateway and hearing from it; a gateway that is gone is told by its last will."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any, TypeVar

from drivers.codecs import mgw1
from drivers.links.link import Message, TopicLink
from drivers.links.text import shown
from drivers.remedies import LOOK
from labctl.errors import InstrumentError, LabError, LinkError

T = TypeVar("T")

TRIES = 3
"""How often a request is sent whose reply is another's: with QoS 1 a reply may come twice, and
every request of MGW1 says a state that is wanted, so asking twice changes nothing."""

STATE_WAIT = 1.0
"""Seconds to the retained state, which a broker sends at once."""


class Gateway:
    """The gateway `name` at the end of `link`; `client` names the topic of its replies."""

    def __init__(self, link: TopicLink, name: str, client: str) -> None:
        self.link = link
        self.base = f"mgw1/{name}"
        self._client = client
        self._numbers = itertools.count(1)

    @property
    def address(self) -> str:
        """The link's address."""
        return self.link.address

    async def ask(self, method: str, kind: type[T], **arguments: Any) -> T:
        """The result of `method`; `InstrumentError` where it is refused or the gateway is gone."""
        topic, others = f"{self.base}/request/{method}", list[str]()
        for _ in range(TRIES):
            number = next(self._numbers)
            payload = mgw1.request(self._client, number, arguments)
            message = await self._reply(topic, payload)
            command = f"{topic} {shown(payload)}"
            reply = self.decoded(message, mgw1.Reply, command)
            if (reply.id, reply.method) == (number, method):
                return self._result(reply, kind, command)
            others.append(f"{reply.id} {reply.method}")
        raise self.wrong(
            "replies to other requests come",
            topic,
            ", ".join(others),
            "give each program that talks to the gateway a name of its own (option client)",
        )

    async def state(self) -> mgw1.State | None:
        """The retained state; None where the broker has none."""
        topic = f"{self.base}/state"
        async with self.link.messages(topic) as arriving:
            try:
                async with asyncio.timeout(STATE_WAIT):
                    message = await anext(arriving)
            except TimeoutError:
                return None
        return self.decoded(message, mgw1.State, topic)

    def refuse_offline(self, state: mgw1.State | None) -> None:
        """`InstrumentError` where the last will says that the gateway is gone."""
        if state is not None and state.state == "offline":
            raise self.wrong(
                "the gateway is gone",
                f"{self.base}/state",
                "offline",
                "see that it has power and network, and that it finds the broker",
            )

    def decoded(self, message: Message, kind: type[T], command: str) -> T:
        """The message as `kind`; `InstrumentError` where it is none."""
        try:
            return mgw1.decoded(message.payload, kind)
        except mgw1.CorruptMessage as error:
            raise self.wrong(str(error), command, shown(message.payload)) from error

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the gateway answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )

    async def _reply(self, topic: str, payload: bytes) -> Message:
        try:
            return await self.link.request(topic, payload, f"{self.base}/reply/{self._client}")
        except LinkError as silence:
            await self._explain(silence)
            raise

    async def _explain(self, silence: LinkError) -> None:
        """Say that the gateway is gone where its last will says so; else the silence stands."""
        try:
            state = await self.state()
        except LabError:
            return
        try:
            self.refuse_offline(state)
        except InstrumentError as gone:
            raise gone from silence

    def _result(self, reply: mgw1.Reply, kind: type[T], command: str) -> T:
        if not reply.ok:
            refusal = reply.error or mgw1.Refusal("no error", "neither result nor error")
            raise self.wrong(
                f"the gateway refuses: {refusal.text or refusal.code}", command, refusal.code
            )
        try:
            return mgw1.decoded(reply.result, kind)
        except mgw1.CorruptMessage as error:
            raise self.wrong(str(error), command, shown(bytes(reply.result))) from error
