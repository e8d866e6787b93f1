"""Asking a SITE1 controller over its topics; one that is gone is told by its last will."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from drivers.codecs import site1
from drivers.codecs.site1 import MICRO, Ack, Ask, Command, State, Telemetry
from drivers.links.link import Message, TopicLink
from drivers.links.text import shown
from drivers.remedies import LOOK
from labctl import clock
from labctl.errors import InstrumentError, LabError, LinkError

K = TypeVar("K")
T = TypeVar("T", Ack, Telemetry)

STATE_WAIT = 1.0
"""Seconds to the retained state, which a broker sends at once."""

TRIES = 3
"""How often is asked where the answer is to another number: with QoS 1 one may come twice."""


class SiteTopics:
    """The site `site` at the end of `link`; `client` names the topics of its answers."""

    def __init__(self, link: TopicLink, site: str, client: str) -> None:
        self.link = link
        self.base = f"site1/{site}"
        self._client = client
        self._last = 0

    async def state(self) -> State:
        """The retained state; `InstrumentError` where there is none, or it says `offline`."""
        topic = f"{self.base}/state"
        async with self.link.messages(topic) as arriving:
            try:
                async with asyncio.timeout(STATE_WAIT):
                    message = await anext(arriving)
            except TimeoutError as silence:
                what = "the broker knows no such site"
                raise self.wrong(what, topic, "", "see its name and its broker") from silence
        found = self._decoded(message, State, topic)
        if found.state == "offline":
            raise self.wrong("the site is gone", topic, "offline", "see its power and network")
        return found

    async def read(self) -> Telemetry:
        """Telemetry, asked for now."""
        answers = f"{self.base}/telemetry/{self._client}"
        for _ in range(TRIES):
            number = self._number()
            payload = site1.encoded(Ask(self._client, number))
            found = await self._request(f"{self.base}/read", payload, answers, Telemetry)
            if found.number == number:
                return found
        raise self._others(answers)

    async def dispatch(self, active: float, reactive: float, valid: float) -> Ack:
        """A command in W and var for `valid` s; `InstrumentError` where it is refused.

        The same number is sent again where another's answer came: it is not taken twice.
        """
        topic, answers = f"{self.base}/dispatch", f"{self.base}/ack/{self._client}"
        now = int(clock.stamp()[1] * MICRO)
        command = Command(self._client, self._number(), now, active, reactive, valid)
        payload = site1.encoded(command)
        for _ in range(TRIES):
            ack = await self._request(topic, payload, answers, Ack)
            if ack.number == command.number:
                self._refuse_refused(ack, f"{topic} {shown(payload)}")
                return ack
        raise self._others(answers)

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the site answered wrongly."""
        return InstrumentError(
            what, address=self.link.address, command=command, answer=answer, remedy=remedy
        )

    def _refuse_refused(self, ack: Ack, command: str) -> None:
        if not ack.taken:
            refusal = ack.error or site1.Refusal("no error", "neither taken nor an error")
            raise self.wrong(
                f"the site refuses: {refusal.text or refusal.code}",
                command,
                refusal.code,
                "let it run with its function dispatch, and acknowledge alarms",
            )

    def _number(self) -> int:
        """Numbers rise over restarts of this program: they are microseconds of its clock."""
        self._last = max(self._last + 1, int(clock.stamp()[1] * MICRO))
        return self._last

    async def _request(self, topic: str, payload: bytes, answers: str, kind: type[T]) -> T:
        command = f"{topic} {shown(payload)}"
        try:
            message = await self.link.request(topic, payload, answers)
        except LinkError as silence:
            await self._explain(silence)
            raise
        return self._decoded(message, kind, command)

    async def _explain(self, silence: LinkError) -> None:
        """Say that the site is gone where its last will says so; else the silence stands."""
        try:
            await self.state()
        except InstrumentError as gone:
            raise gone from silence
        except LabError:
            return

    def _decoded(self, message: Message, kind: type[K], command: str) -> K:
        try:
            return site1.decoded(message.payload, kind)
        except site1.CorruptMessage as error:
            raise self.wrong(str(error), command, shown(message.payload)) from error

    def _others(self, topic: str) -> InstrumentError:
        remedy = "give each program that talks to the site a name of its own (option client)"
        return self.wrong("answers to other numbers come", topic, "", remedy)
