from __future__ import annotations

from typing import Any

import pytest

from drivers.conformance.scripted import Deviation
from drivers.conformance.scripted_topics import ScriptedTopics
from drivers.links.link import TopicLink
from labctl import clock
from labctl.errors import LinkError

ASKED = {"request": "a/ask", "payload": "{}", "reply_on": "a/reply", "reply": '{"x": 1}'}


def done(link: ScriptedTopics, *calls: Any) -> list[Any]:
    async def body() -> list[Any]:
        return [await call for call in calls]

    return clock.run(body(), virtual=True)


def test_requests_and_settings_in_their_order() -> None:
    link = ScriptedTopics([{"publish": "a/set", "payload": "1"}, ASKED])
    wide: TopicLink = link
    found = done(link, wide.publish("a/set", b"1"), wide.request("a/ask", b"{}", "a/reply"))
    assert found[1].payload == b'{"x": 1}' and found[1].topic == "a/reply"
    assert link.is_done()


def test_messages_that_come_by_themselves_end_with_the_connection() -> None:
    link = ScriptedTopics([{"heard": "a/#", "messages": [["a/1", "x"], ["a/2", "y"]]}])

    async def listen() -> list[tuple[str, bytes]]:
        found: list[tuple[str, bytes]] = []
        with pytest.raises(LinkError, match="no whole answer"):
            async with link.messages("a/#") as messages:
                async for message in messages:
                    found.append((message.topic, message.payload))
        return found

    assert done(link, listen()) == [[("a/1", b"x"), ("a/2", b"y")]]


@pytest.mark.parametrize(
    ("topic", "payload", "reply_on"),
    [("a/other", b"{}", "a/reply"), ("a/ask", b"[]", "a/reply"), ("a/ask", b"{}", "a/else")],
)
def test_what_differs_from_the_transcript(topic: str, payload: bytes, reply_on: str) -> None:
    link = ScriptedTopics([ASKED])
    with pytest.raises(Deviation):
        done(link, link.request(topic, payload, reply_on))


def test_a_request_that_nothing_answers() -> None:
    link = ScriptedTopics([{key: text for key, text in ASKED.items() if key != "reply"}])
    with pytest.raises(LinkError) as caught:
        done(link, link.request("a/ask", b"{}", "a/reply"))
    assert caught.value.address == "mqtt://scripted"
