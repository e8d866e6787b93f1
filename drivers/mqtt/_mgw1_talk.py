"""Asking an MGW1 gateway and hearing from it; a gateway that is gone is told by its last will."""

from __future__ import annotations

import itertools
from typing import Any, TypeVar

from drivers.codecs import mgw1
from drivers.codecs.json_objects import CorruptMessage, Refusal, decoded
from drivers.generic.json_topics import JsonTopics
from drivers.links.link import TopicLink
from drivers.links.text import shown
from labctl.errors import LabError

T = TypeVar("T")

TRIES = 3
"""How often a request is sent whose reply is another's: with QoS 1 a reply may come twice, and
every request of MGW1 says a state that is wanted, so asking twice changes nothing."""


class Gateway(JsonTopics):
    """The gateway `name` at the end of `link`; `client` names the topic of its replies."""

    def __init__(self, link: TopicLink, name: str, client: str) -> None:
        super().__init__(link, f"mgw1/{name}")
        self._client = client
        self._numbers = itertools.count(1)

    async def ask(self, method: str, kind: type[T], **arguments: Any) -> T:
        """The result of `method`; `InstrumentError` where it is refused or the gateway is gone."""
        topic, others = f"{self.base}/request/{method}", list[str]()
        for _ in range(TRIES):
            number = next(self._numbers)
            payload = mgw1.request(self._client, number, arguments)
            message = await self.answered(topic, payload, f"{self.base}/reply/{self._client}")
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
        return await self.retained(mgw1.State)

    async def refuse_gone(self) -> None:
        """`InstrumentError` where the last will says that the gateway is gone."""
        try:
            state = await self.state()
        except LabError:
            return
        self.refuse_offline(state)

    def refuse_offline(self, state: mgw1.State | None) -> None:
        """`InstrumentError` where the last will says that the gateway is gone."""
        if state is not None and state.state == "offline":
            raise self.wrong(
                "the gateway is gone",
                f"{self.base}/state",
                "offline",
                "see that it has power and network, and that it finds the broker",
            )

    def _result(self, reply: mgw1.Reply, kind: type[T], command: str) -> T:
        if not reply.ok:
            refusal = reply.error or Refusal("no error", "neither result nor error")
            raise self.wrong(
                f"the gateway refuses: {refusal.text or refusal.code}", command, refusal.code
            )
        try:
            return decoded(reply.result, kind)
        except CorruptMessage as error:
            raise self.wrong(str(error), command, shown(bytes(reply.result))) from error
