"""Talking JSON objects over topics; who is gone is told by its last will."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from drivers.codecs.json_objects import CLIENT, NAME, CorruptMessage, decoded
from drivers.links.link import Message, TopicLink
from drivers.links.text import shown
from drivers.options import Options
from drivers.remedies import LOOK
from labctl.errors import InstrumentError, LabError, LinkError

T = TypeVar("T")

STATE_WAIT = 1.0
"""Seconds to the retained state, which a broker sends at once."""


def names(found: Options, who: str) -> tuple[str, str]:
    """The options `who`, its name (`who` unless given), and `client`, the name under which answers
    come (`labctl`); ValueError for one that cannot stand in a topic."""
    name, client = found.text(who, who), found.text("client", "labctl")
    for option, text, form in ((who, name, NAME), ("client", client, CLIENT)):
        if not form.fullmatch(text):
            raise ValueError(f"{option} is {text!r}, expected {form.pattern}")
    return name, client


class JsonTopics:
    """Who announces itself on `<base>/state` of the broker at `link`; failures name address,
    command, answer."""

    def __init__(self, link: TopicLink, base: str) -> None:
        self.link = link
        self.base = base

    @property
    def address(self) -> str:
        """The link's address."""
        return self.link.address

    async def retained(self, kind: type[T]) -> T | None:
        """The retained state as `kind`; None where the broker has none."""
        topic = f"{self.base}/state"
        async with self.link.messages(topic) as arriving:
            try:
                async with asyncio.timeout(STATE_WAIT):
                    message = await anext(arriving)
            except TimeoutError:
                return None
        return self.decoded(message, kind, topic)

    async def refuse_gone(self) -> None:
        """`InstrumentError` where the last will says that it is gone."""
        raise NotImplementedError

    async def answered(self, topic: str, payload: bytes, answers: str) -> Message:
        """The next fresh message on `answers` to `payload`; `InstrumentError` where it is gone,
        `LinkError` where it is silent."""
        try:
            return await self.link.request(topic, payload, answers)
        except LinkError as silence:
            await self._explain(silence)
            raise

    def decoded(self, message: Message, kind: type[T], command: str) -> T:
        """The message as `kind`; `InstrumentError` where it is none."""
        try:
            return decoded(message.payload, kind)
        except CorruptMessage as error:
            raise self.wrong(str(error), command, shown(message.payload)) from error

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that it answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )

    async def _explain(self, silence: LinkError) -> None:
        """Say that it is gone where its last will says so; else the silence stands."""
        try:
            await self.refuse_gone()
        except InstrumentError as gone:
            raise gone from silence
        except LabError:
            return
