"""Sending to an instrument on topics: its announcement, and random messages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim_backends.plugs.mqtt_codec import Message
from sim_backends.plugs.mqtt_device import TopicDevice
from sim_backends.plugs.mqtt_topics import matches

EVENTS = 50
"""Times that an instrument publishes after a message, at most."""

PAUSES = (0.0, 1e-3, 0.5, 10.0)
"""Seconds between two messages."""

PAYLOADS = (
    b"",
    b"null",
    b"{}",
    b"[]",
    b"1e999",
    b'{"id": 1}',
    b'"\\ud800"',
    b"\xff\xfe",
    b"[" * 99,
)
"""What no instrument expects."""


def announced(device: TopicDevice) -> bytes:
    """Topics and payloads that it publishes in the first second."""
    messages = [each for _ in range(EVENTS) for each in _sent(device, 1.0)]
    return b"\n".join(each.topic.encode("utf-8") + b" " + each.payload for each in messages)


def hammer_topics(
    device: TopicDevice, known: Sequence[Message], count: int, rng: np.random.Generator
) -> float:
    """Send `count` random messages to what it listens to; the run time in s at the end."""
    t = 0.0
    for _ in range(count):
        device.receive(_random(device.filters, known, rng), t)
        t += PAUSES[int(rng.integers(len(PAUSES)))]
        for _ in range(EVENTS):
            if not _sent(device, t):
                break
    return t


def _sent(device: TopicDevice, until: float) -> list[Message]:
    """What it publishes at its next event, where that is due until `until` s."""
    due = device.due()
    return device.send(max(due, 0.0)) if due is not None and due <= until else []


def _random(filters: Sequence[str], known: Sequence[Message], rng: np.random.Generator) -> Message:
    """Noise, what nobody expects, or a known message that was spoilt."""
    fitting = [each for each in known if any(matches(one, each.topic) for one in filters)]
    kind = int(rng.integers(4 if fitting else 2))
    if kind < 2:
        letters = bytes(rng.integers(97, 123, size=int(rng.integers(1, 9)), dtype=np.uint8))
        word = letters.decode("ascii")
        topic = filters[int(rng.integers(len(filters)))].replace("+", word).replace("#", word)
        noise = rng.bytes(int(rng.integers(1, 64)))
        return Message(topic, noise if kind else PAYLOADS[int(rng.integers(len(PAYLOADS)))])
    one = fitting[int(rng.integers(len(fitting)))]
    data = bytearray(one.payload)
    if kind == 2 and data:
        data[int(rng.integers(len(data)))] = int(rng.integers(32, 127))
    return Message(one.topic, bytes(data))
