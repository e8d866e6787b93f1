"""A small emulated instrument on MQTT topics, as another lab might bring it.

It tells its temperature in degC every 10 s on `room/telemetry`, and answers `id` and `value` on
`room/ask` with one message on `room/answer`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim_backends.models.ports import ThermalPort
from sim_backends.plugs.mqtt_codec import Message

EVERY, LATENCY = 10.0, 0.05


class TopicThermometer:
    """One thermometer on `port`; its own error is at most 0.05 K."""

    def __init__(self, port: ThermalPort, *, serial: str, rng: np.random.Generator) -> None:
        self._port, self._serial = port, serial
        self._error = float(rng.uniform(-0.05, 0.05))
        self._next: float = 0.0
        self._answers: list[tuple[float, bytes]] = []

    @property
    def filters(self) -> Sequence[str]:
        return ("room/ask",)

    @property
    def will(self) -> Message | None:
        return Message("room/status", b"offline", 1, True)

    def receive(self, message: Message, t: float) -> None:
        self._answers.append((t + LATENCY, message.payload))

    def due(self) -> float | None:
        return min([self._next, *(when for when, _ in self._answers)])

    def send(self, t: float) -> list[Message]:
        sent: list[Message] = []
        if not self._next:
            sent.append(Message("room/status", b"online", 1, True))
        if self._next <= t:
            self._next = t + EVERY
            sent.append(Message("room/telemetry", self._value(t), 0))
        ready = [asked for when, asked in self._answers if when <= t]
        self._answers = [(when, asked) for when, asked in self._answers if when > t]
        return sent + [Message("room/answer", self._answer(asked, t), 1) for asked in ready]

    def _answer(self, asked: bytes, t: float) -> bytes:
        return self._serial.encode("ascii") if asked == b"id" else self._value(t)

    def _value(self, t: float) -> bytes:
        return b"%.3f" % (self._port.temperature(t) + self._error)


EMULATOR = TopicThermometer
