"""A simulated instrument on MQTT topics: what it is, and how it gets onto a broker.

Sans-IO like every emulator, but whole messages instead of bytes. It needs no socket: the broker
runs in the same process.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

from labctl import clock
from sim_backends.plugs.mqtt_codec import Message
from sim_backends.plugs.mqtt_core import Core


class TopicDevice(Protocol):
    """An instrument that publishes and listens. Times are run time in s and never go back."""

    @property
    def filters(self) -> Sequence[str]:
        """What it subscribes to."""
        ...

    @property
    def will(self) -> Message | None:
        """What the broker says when it is lost."""
        ...

    def receive(self, message: Message, t: float) -> None:
        """A message that it is subscribed to."""
        ...

    def due(self) -> float | None:
        """When it next publishes; None while it only listens."""
        ...

    def send(self, t: float) -> list[Message]:
        """What it publishes until `t`."""
        ...


class OnTopics:
    """`device` as the client `name` of the broker `core`, on the running event loop."""

    def __init__(self, name: str, device: TopicDevice, core: Core) -> None:
        self._name = name
        self._device = device
        self._core = core
        self._timer: asyncio.TimerHandle | None = None
        self._running = False

    def start(self) -> None:
        """Subscribe and begin to publish."""
        self._running = True
        self._core.attach(self._name, list(self._device.filters), self._hear)
        self._arm()

    def stop(self) -> None:
        """The device is lost: its will is published. Stopping twice is no error."""
        if not self._running:
            return
        self._running = False
        if self._timer is not None:
            self._timer.cancel()
        self._core.detach(self._name)
        if self._device.will is not None:
            self._core.publish(self._device.will)

    def _hear(self, message: Message) -> None:
        self._device.receive(message, clock.now())
        self._arm()

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due = self._device.due()
        if due is not None and self._running:
            self._timer = asyncio.get_running_loop().call_at(due, self._act)

    def _act(self) -> None:
        self._timer = None
        for message in self._device.send(clock.now()):
            self._core.publish(message)
        self._arm()
