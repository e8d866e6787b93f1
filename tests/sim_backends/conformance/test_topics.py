"""Random messages at an instrument on topics, and what it says of itself."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim_backends.bench import RoleSpec, SimBench
from sim_backends.conformance.frames import messages_of
from sim_backends.conformance.rules import RULES
from sim_backends.conformance.stand import Stand
from sim_backends.conformance.topics import announced, hammer_topics
from sim_backends.plugs.mqtt_codec import Message
from sim_backends.streams import stream

SPEC = RoleSpec("mqtt.gateway", "rack", "mqtt")


def gateway(seed: int) -> Any:
    return SimBench("reference", {"one": SPEC}, None, seed).build(0.0)[1]["one"]


class Echo:
    """Answers every message, and has a weak spot."""

    filters = ("echo/+/in",)
    will = None

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self._out: list[Message] = []

    def receive(self, message: Message, t: float) -> None:
        self.heard.append(message)
        if message.payload == b"weak!":
            raise ValueError("the weak spot")
        self._out.append(Message("echo/out", message.payload))

    def due(self) -> float | None:
        return 0.0 if self._out else None

    def send(self, t: float) -> list[Message]:
        out, self._out = self._out, []
        return out


def test_random_messages_fit_what_is_listened_to_and_known_ones_are_among_them() -> None:
    echo = Echo()
    known = [Message("echo/a/in", b'{"id": 1}'), Message("other", b"never")]
    ended = hammer_topics(echo, known, 300, stream(1, "echo"))
    assert math.isfinite(ended) and len(echo.heard) == 300
    topics = {message.topic for message in echo.heard}
    assert "other" not in topics and len(topics) > 50
    assert all(topic.startswith("echo/") and topic.endswith("/in") for topic in topics)
    assert known[0] in echo.heard
    assert any(m.topic == "echo/a/in" and m.payload != known[0].payload for m in echo.heard)


def test_what_a_message_raises_is_not_caught() -> None:
    with pytest.raises(ValueError, match="the weak spot"):
        hammer_topics(Echo(), [Message("echo/a/in", b"weak!")], 300, stream(1, "echo"))


def test_a_gateway_announces_itself_and_stands_random_messages() -> None:
    assert b"SIM-" in announced(gateway(1))
    requests = [{"request": "mgw1/gateway/request/info", "payload": '{"id": 1, "client": "a"}'}]
    stand = Stand("mqtt.gateway", "sim:mqtt", gateway, (), messages_of(requests))
    assert not [finding for rule in RULES.values() for finding in rule(stand)]


def test_one_that_does_not_say_that_it_is_simulated_is_found() -> None:
    stand = Stand("acme.echo", "sim:mqtt", lambda _: Echo(), ())
    (finding,) = RULES["listens, and has a simulated serial number"](stand)
    assert "no message of its first second" in finding
