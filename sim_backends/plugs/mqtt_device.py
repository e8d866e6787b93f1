"""A simulated instrument on MQTT topics: what it is, and how it gets onto a broker.

Sans-IO like every emulator, but whole messages instead of bytes: a class that fits `TopicDevice`,
made as `EMULATOR(port, serial=..., rng=...)` like any other, on the door `sim:mqtt` of a bench.
It needs no socket: the broker runs in the same process, one for each instrument. Nothing sleeps:
messages and time come in, `due` says when there is something to publish. A message for the
instrument arrives at the moment at which a client's bytes reach the broker; an answer is published
when `due` says so, which is how an instrument takes its time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from labctl import clock
from sim_backends.fault_kinds import LineLost
from sim_backends.plugs.mqtt_codec import Message
from sim_backends.plugs.mqtt_core import Core


class TopicDevice(Protocol):
    """An instrument that publishes and listens. Times are run time in s and never go back.

    A message has a topic, a payload in bytes, a QoS of 0 or 1, and says whether it is retained:
    what the broker keeps and gives to whoever subscribes later. The state that an instrument
    announces at its start (`online`, retained) is its first message, due at the start.
    """

    @property
    def filters(self) -> Sequence[str]:
        """Topics, with the wildcards + and #, that it subscribes to at its start, with QoS 1."""
        ...

    @property
    def will(self) -> Message | None:
        """What the broker publishes when the instrument is lost (`offline`, retained)."""
        ...

    def receive(self, message: Message, t: float) -> None:
        """A message that it is subscribed to. Anything may come, also what is no request; its
        own messages come too where its filters match them."""
        ...

    def due(self) -> float | None:
        """When it next publishes; None while it only listens."""
        ...

    def send(self, t: float) -> list[Message]:
        """Do all that is due until `t` and return what it publishes by then. Called at `due`."""
        ...


class OnTopics:
    """`device` as the client `name` of the broker `core`, on the running event loop.

    `cut` ends every connection to the broker; it is called when the line is lost by a fault.
    """

    def __init__(self, name: str, device: TopicDevice, core: Core, cut: Callable[[], None]) -> None:
        self._name = name
        self._device = device
        self._core = core
        self._cut = cut
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

    def look_again(self) -> None:
        """The device was changed from outside: it may be due earlier."""
        self._arm()

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
        try:
            for message in self._device.send(clock.now()):
                self._core.publish(message)
        except LineLost:
            self._cut()
        self._arm()
