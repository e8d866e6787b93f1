"""An instrument on topics with faults on what it publishes, at its sensor, in its power supply.

A transaction is a message that the instrument publishes. Faults on bytes act on the payload, with
the topic as the question; a message that a fault leaves empty is not published. A cut line is the
broker's: every connection to it ends, and can be made again at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sim_backends.fault_kinds import Fault, PowersOn, Reboot
from sim_backends.faults import Faulted, Sensor
from sim_backends.plugs.mqtt_codec import Message
from sim_backends.plugs.mqtt_device import TopicDevice


class FaultyTopics(Faulted):
    """`inner` with `faults`; fits `TopicDevice`. `LineLost` from `send` cuts every connection.

    `sensor` and `renew` are as those of `faults.FaultyEmulator`. While it restarts it hears
    nothing, and says first what it says when it is lost.
    """

    def __init__(
        self,
        inner: TopicDevice,
        faults: Sequence[Fault],
        *,
        sensor: Sensor | None = None,
        renew: Callable[[float], TopicDevice] | None = None,
    ) -> None:
        super().__init__(faults, sensor)
        self.inner = inner
        self._renew = renew
        self._held: list[tuple[float, Message]] = []
        self._back_at: float | None = None

    @property
    def filters(self) -> Sequence[str]:
        """What it subscribes to."""
        return self.inner.filters

    @property
    def will(self) -> Message | None:
        """What the broker says when it is lost."""
        return self.inner.will

    def receive(self, message: Message, t: float) -> None:
        """Pass a message on, where the instrument is there to hear it."""
        if self._back_at is None or self._back_at <= t:
            self._come_back(t)
            self.inner.receive(message, t)

    def due(self) -> float | None:
        """When the instrument, a late message or a fault is due."""
        times = [self.inner.due() if self._back_at is None else self._back_at]
        times += [t for t, _ in self._held]
        times += [reboot.after for reboot in self._reboots]
        return min((t for t in times if t is not None), default=None)

    def send(self, t: float) -> list[Message]:
        """What is left of its messages until `t`; `LineLost` where the line is cut."""
        self._come_back(t)
        sent = [message for when, message in self._held if when <= t]
        self._held = [(when, message) for when, message in self._held if when > t]
        for reboot in [each for each in self._reboots if (each.after or 0.0) <= t]:
            self._reboots.remove(reboot)
            sent += self._go_dark(reboot, t)
        if self._back_at is None:
            for message in self.inner.send(t):
                sent += self._spoiled(message, t)
        return sent

    def _spoiled(self, message: Message, t: float) -> list[Message]:
        """What is left of `message` at once; it may come later, or not at all."""
        if self._back_at is not None:
            return []
        self.transactions += 1
        if self._sensor is not None:
            self._sensor.transaction = self.transactions + 1
        payload, late, dark = message.payload, 0.0, list[Message]()
        for fault in self.faults:
            if fault.acts(self.transactions, t):
                late += fault.delay()
                payload = fault.spoil(message.topic.encode("utf-8"), payload)
                if isinstance(fault, Reboot):
                    dark = self._go_dark(fault, t)
        if not payload and message.payload:
            return dark
        left = replace(message, payload=payload)
        if late:
            self._held.append((t + late, left))
            return dark
        return [left, *dark]

    def _go_dark(self, reboot: Reboot, t: float) -> list[Message]:
        self._back_at = t + reboot.seconds
        return [] if self.inner.will is None else [self.inner.will]

    def _come_back(self, t: float) -> None:
        if self._back_at is None or self._back_at > t:
            return
        self._back_at = None
        if isinstance(self.inner, PowersOn):
            self.inner.power_on(t)
        elif self._renew is not None:
            self.inner = self._renew(t)
