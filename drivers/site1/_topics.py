"""Asking a SITE1 controller over its topics; one that is gone is told by its last will."""

from __future__ import annotations

from typing import TypeVar

from drivers.codecs import site1
from drivers.codecs.json_objects import Refusal
from drivers.codecs.site1 import MICRO, Ack, Ask, Command, State, Telemetry
from drivers.generic.json_topics import JsonTopics
from drivers.links.link import TopicLink
from drivers.links.text import shown
from labctl import clock
from labctl.errors import InstrumentError

T = TypeVar("T", Ack, Telemetry)

TRIES = 3
"""How often is asked where the answer is to another number: with QoS 1 one may come twice."""


class SiteTopics(JsonTopics):
    """The site `site` at the end of `link`; `client` names the topics of its answers."""

    def __init__(self, link: TopicLink, site: str, client: str) -> None:
        super().__init__(link, f"site1/{site}")
        self._client = client
        self._last = 0

    async def state(self) -> State:
        """The retained state; `InstrumentError` where there is none, or it says `offline`."""
        topic, found = f"{self.base}/state", await self.retained(State)
        if found is None:
            what = "the broker knows no such site"
            raise self.wrong(what, topic, "", "see its name and its broker")
        if found.state == "offline":
            raise self.wrong("the site is gone", topic, "offline", "see its power and network")
        return found

    async def refuse_gone(self) -> None:
        """`InstrumentError` as `state`."""
        await self.state()

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

    def _refuse_refused(self, ack: Ack, command: str) -> None:
        if not ack.taken:
            refusal = ack.error or Refusal("no error", "neither taken nor an error")
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
        return self.decoded(await self.answered(topic, payload, answers), kind, command)

    def _others(self, topic: str) -> InstrumentError:
        remedy = "give each program that talks to the site a name of its own (option client)"
        return self.wrong("answers to other numbers come", topic, "", remedy)
